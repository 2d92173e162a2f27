using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Parsers.Text;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Reads files line by line and hands each line to the section it belongs to.</summary>
internal sealed class ConfigurationReader
{
    private const int MostFailures = 50;

    /// <summary>What the original reads of a line at once: behind a NUL character so much is another line to it.</summary>
    private const int OneRead = 2047;

    private readonly ConfigSyntax _document;
    private readonly DiagnosticSink _sink;
    private readonly LineScanner _scanner;
    private readonly ConfigLine _line;
    private readonly EngineIdentity _engine;
    private readonly Dictionary<string, ISectionReader> _sections;
    private ISectionReader? _section;
    private string _sectionKeyword = "";

    public ConfigurationReader(ConfigSyntax document, DiagnosticSink sink, EngineIdentity engine)
    {
        (_document, _sink, _engine) = (document, sink, engine);
        _scanner = new LineScanner(document.Environment, sink);
        _line = new ConfigLine(document, sink);
        _sections = Sections.All();
    }

    /// <summary>Reads one file; what is wrong goes to the sink.</summary>
    public void Read(string file, ReadOnlySpan<byte> content)
    {
        var blocks = new ConditionalBlocks(_sink, new ConditionEvaluator(_document.Environment, _engine));
        var number = 0;
        var bad = 0;
        (_section, _sectionKeyword, _scanner.Section) = (null, "", "");
        while (!content.IsEmpty && !_sink.Stopped)
        {
            number++;
            if (bad >= MostFailures)
            {
                _sink.Add(LexingTexts.TooManyErrors, new SourceSpan(file, number, 0, 0), Number(MostFailures));
                break;
            }

            var failures = _sink.FailureCount;
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            // A line that is cut off is read as far as it goes, and then nobody trusts the rest.
            var nul = line.IndexOf((byte)0);
            var hasMore = !content.IsEmpty || line.Length >= OneRead;
            line = nul < 0 ? line : line[..nul];
            if (_scanner.Scan(file, number, line) && _scanner.Words.Length > 0)
            {
                Dispatch(blocks);
            }

            if ((end < 0 || nul >= 0) && !_sink.Stopped)
            {
                var text = nul >= 0 && hasMore ? LexingTexts.StrayNul : LexingTexts.MissingFinalNewline;
                _sink.Add(text, new SourceSpan(file, number, line.Length + 1, 1), Number(line.Length + 1));
                break;
            }

            bad += _sink.FailureCount > failures ? 1 : 0;
        }

        if (blocks.Unfinished && !_sink.Stopped)
        {
            _sink.Add(LexingTexts.NonTerminatedIf, new SourceSpan(file, number, 0, 0));
        }

        if (!_sink.Stopped)
        {
            EndSection();
        }
    }

    private void Dispatch(ConditionalBlocks blocks)
    {
        var words = _scanner.Words;
        if (words[0].Text.StartsWith('.') || !blocks.Reading)
        {
            blocks.Obey(words);
            return;
        }

        var keyword = words[0].Text;
        if (_sections.TryGetValue(keyword, out var section))
        {
            EndSection();
            (_section, _sectionKeyword) = (section, keyword);
            _line.Set(_scanner.Memory, LinePrefix.None, keyword);
            _scanner.Section = section.Begin(_line);
            return;
        }

        // "[name]" opens a scope in some other dialects and is skipped as the original skips it.
        if (keyword.StartsWith('[') && Scope(words[0]))
        {
            return;
        }

        var memory = _scanner.Memory;
        var prefix = LinePrefix.None;
        if (keyword == "no" || (keyword == "default" && words.Length > 1))
        {
            prefix = keyword == "no" ? LinePrefix.No : LinePrefix.Default;
            if (words.Length > 1)
            {
                memory = memory[1..];
            }
            else
            {
                memory = new[] { new Word("", words[0].At) };
            }
        }

        _line.Set(memory, prefix, _sectionKeyword);
        var negated = prefix != LinePrefix.None || keyword == "default";
        if (negated && (prefix == LinePrefix.None || _line[0] is not ("option" or "log" or "busy-polling" or "set-dumpable" or "strict-limits"
            or "insecure-fork-wanted" or "numa-cpu-mapping")))
        {
            _line.ErrorTight("no-negation",
                $"negation/default currently supported only for options, log, busy-polling, set-dumpable, strict-limits, insecure-fork-wanted and numa-cpu-mapping.");
        }

        if (_section is null)
        {
            if (!negated)
            {
                _line.ErrorTight("no-section", $"unknown keyword '{_line[0]}' out of section.");
            }

            return;
        }

        _section.Read(_line);
        ExpressionServices.Experimental = _document.Global.Experimental;
    }

    private bool Scope(Word word)
    {
        var text = word.Text;
        if (!text.EndsWith(']'))
        {
            return false;
        }

        foreach (var c in text.AsSpan(1, text.Length - 2))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or ':'))
            {
                _line.Set(_scanner.Memory, LinePrefix.None, _sectionKeyword);
                _line.Error("bad-name", $"character '{c}' is not permitted in a scope name.");
                return true;
            }
        }

        return true;
    }

    private void EndSection()
    {
        _section?.End(_document);
        _section = null;
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
