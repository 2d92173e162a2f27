using System.Globalization;
using Dropin.Parsers.Text;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>Keeps the nesting of <c>.if</c> blocks of one file and obeys the directives that begin with a dot.</summary>
internal sealed class ConditionalBlocks(DiagnosticSink sink, ConditionEvaluator conditions)
{
    private const int MostOpen = 100;

    private readonly Stack<Block> _open = new();

    private enum Block
    {
        /// <summary>This branch is read.</summary>
        Taken,

        /// <summary>A branch before this one was read.</summary>
        Done,

        /// <summary>No branch was read so far.</summary>
        Skipped,

        /// <summary>The whole block lies in a branch that is not read.</summary>
        Outside,

        /// <summary>The <c>.else</c> branch, read.</summary>
        ElseTaken,

        /// <summary>The <c>.else</c> branch, not read.</summary>
        ElseDone,
    }

    /// <summary>Lines are to be read (no branch around them was declined).</summary>
    public bool Reading => _open.Count == 0 || _open.Peek() is Block.Taken or Block.ElseTaken;

    /// <summary>Some <c>.if</c> still waits for its <c>.endif</c>.</summary>
    public bool Unfinished => _open.Count > 0;

    /// <summary>Obeys a directive; false when the word is no directive.</summary>
    public bool Obey(ReadOnlySpan<Word> words)
    {
        var name = words[0].Text;
        switch (name)
        {
            case ".if":
                if (_open.Count == MostOpen - 1)
                {
                    sink.Add(LexingTexts.TooDeep, words[0].At, MostOpen.ToString(CultureInfo.InvariantCulture));
                    return true;
                }

                _open.Push(!Reading ? Block.Outside : Decide(words) ? Block.Taken : Block.Skipped);
                return true;
            case ".elif":
                Turn(words, isElse: false);
                return true;
            case ".else":
                Turn(words, isElse: true);
                return true;
            case ".endif":
                if (_open.Count == 0)
                {
                    sink.Add(LexingTexts.LoneDirective, words[0].At, name);
                    return true;
                }

                _open.Pop();
                return true;
            default:
                if (Reading && name.StartsWith('.'))
                {
                    Say(words);
                    return true;
                }

                return !Reading;
        }
    }

    private void Turn(ReadOnlySpan<Word> words, bool isElse)
    {
        if (_open.Count == 0)
        {
            sink.Add(LexingTexts.LoneDirective, words[0].At, words[0].Text);
            return;
        }

        var before = _open.Pop();
        if (before is Block.ElseTaken or Block.ElseDone)
        {
            sink.Add(LexingTexts.AfterElse, words[0].At, words[0].Text);
        }

        _open.Push(before switch
        {
            Block.Taken or Block.Done => isElse ? Block.ElseDone : Block.Done,
            Block.Skipped => isElse ? Block.ElseTaken : Decide(words) ? Block.Taken : Block.Skipped,
            _ => before,
        });
    }

    private bool Decide(ReadOnlySpan<Word> words)
    {
        var joined = string.Join(' ', Texts(words));
        var start = Math.Min(words[0].Text.Length + 1, joined.Length);
        var value = conditions.Evaluate(joined[start..], out var error, out var at);
        if (value is not null)
        {
            return value.Value;
        }

        var (text, caret) = PrintableLine.Around(joined, start + at);
        sink.Add(LexingTexts.BadCondition, words[0].At, error, words[0].Text, (at + 1).ToString(CultureInfo.InvariantCulture), text,
            new string(' ', caret));
        return false;
    }

    private void Say(ReadOnlySpan<Word> words)
    {
        var kind = words[0].Text switch
        {
            ".alert" => LexingTexts.SaidAlert,
            ".warning" => LexingTexts.SaidWarning,
            ".notice" => LexingTexts.SaidNotice,
            ".diag" => LexingTexts.SaidDiag,
            _ => null,
        };
        if (kind is null)
        {
            sink.Add(LexingTexts.UnknownDirective, words[0].At, words[0].Text);
        }
        else if (words.Length > 2)
        {
            sink.Add(LexingTexts.UnexpectedMessageArgument, words[2].At, words[2].Text, words[0].Text);
        }
        else
        {
            sink.Add(kind, words[0].At, words.Length > 1 ? words[1].Text : "");
        }
    }

    private static string[] Texts(ReadOnlySpan<Word> words)
    {
        var texts = new string[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            texts[i] = words[i].Text;
        }

        return texts;
    }
}
