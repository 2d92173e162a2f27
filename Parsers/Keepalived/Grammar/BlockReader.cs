using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>One reading of the file: finds the keyword of each statement and lets it read; blocks that belong to other readings are passed over.</summary>
internal sealed class BlockReader(LineSource lines, Document document, KeywordTable root, ReadingPass pass)
{
    private const int MostDepth = 64;
    private static readonly DiagnosticDescriptor s_unknown = FindingKind.Warning("unknown-keyword", "Unknown keyword '{0}'");
    private static readonly DiagnosticDescriptor s_brace = FindingKind.Warning("unexpected-brace", "Unexpected '{{' - ignoring");
    private static readonly DiagnosticDescriptor s_missing = FindingKind.Warning("missing-brace", "Missing '{{' at beginning of configuration block");

    /// <summary>Reads everything.</summary>
    public void Read()
    {
        ReadBlock(root, 0);
        if (!document.Sink.Stopped)
        {
            lines.CheckBraces();
        }
    }

    /// <summary>
    /// Reads the lines of a list up to its closing brace. Its opening brace may be missing; one inside of it is an entry of its own.
    /// </summary>
    public void ReadList(Action<Statement> each)
    {
        EnterBlock(own: false);
        while (Next() is { } line)
        {
            if (line.Closes)
            {
                return;
            }

            var opens = RemoveBrace(line);
            if (line.Words.Count > 0)
            {
                each(new Statement(line, document, this));
            }

            if (opens && !document.Sink.Stopped)
            {
                each(new Statement(new ConfigLine("{", ["{"], line.At, line.Included), document, this));
            }
        }
    }

    /// <summary>Whether a list or block begins here; if not, the line stays where it is.</summary>
    public bool Begins()
    {
        var begins = EnterBlock(own: false);
        _opened = begins;
        return begins;
    }

    /// <summary>Passes over one line.</summary>
    public void SkipLine() => Next();

    // The brace of the block at hand stood on its keyword's line.
    private bool _opened;

    private ConfigLine? Next() => document.Sink.Stopped ? null : lines.Next();

    private void ReadBlock(KeywordTable table, int depth)
    {
        while (Next() is { } line)
        {
            if (line.Words.Count == 0)
            {
                continue;
            }

            if (line.Closes && depth > 0)
            {
                return;
            }

            if (line.IsOpeningBrace)
            {
                Report(s_brace, line);
                continue;
            }

            ReadStatement(table, line, depth);
            if (document.SkipRest)
            {
                SkipToEnd();
                return;
            }
        }
    }

    private void ReadStatement(KeywordTable table, ConfigLine line, int depth)
    {
        var opens = RemoveBrace(line);
        var keyword = table.Find(line.Words[0]);
        if (keyword is null)
        {
            Report(s_unknown, line, line.Words[0]);
            ReportBrace(opens, line);
            return;
        }

        _opened = opens;
        if (depth == 0 && !keyword.Passes.HasFlag((Passes)(1 << (int)pass)))
        {
            if (keyword.Entry.Form != KeywordForm.Value)
            {
                SkipBlock();
            }
            else if (opens)
            {
                // Whatever it is, it is not ours.
                SkipToEnd();
            }

            return;
        }

        var statement = new Statement(line, document, this);
        if (keyword.Entry.Status == KeywordStatus.Refused && pass != ReadingPass.Bfd)
        {
            document.Refuse(keyword.Entry, line.At);
        }

        keyword.Reader(statement);
        if (document.Sink.Stopped || keyword.Entry.Form == KeywordForm.List)
        {
            return;
        }

        if (keyword.Entry.Form == KeywordForm.Value)
        {
            ReportBrace(_opened && opens, line);
            return;
        }

        _opened = opens;
        if (statement.SkipBlock || depth >= MostDepth)
        {
            if (!_opened && !Begins() && keyword.Block is { } unread && EnterBlock(own: true))
            {
                PassOver(unread);
                return;
            }

            SkipBlock();
            return;
        }

        document.SkipRest = false;
        if (EnterBlock(own: true) && keyword.Block is { } inside)
        {
            ReadBlock(inside, depth + 1);
        }

        if (document.SkipRest)
        {
            document.SkipRest = false;
        }
        else if (!document.Sink.Stopped)
        {
            keyword.Close?.Invoke(document);
        }
    }

    // The brace of a block stands on the keyword's line or begins the next.
    private bool EnterBlock(bool own)
    {
        if (_opened)
        {
            _opened = false;
            return true;
        }

        ConfigLine? line;
        do
        {
            line = Next();
        }
        while (line is { Words.Count: 0 });

        if (line is null)
        {
            return false;
        }

        if (line.IsOpeningBrace)
        {
            return true;
        }

        if (own)
        {
            Report(s_missing, line);
        }

        lines.PutBack(line);
        return own;
    }

    // A block that is not ours and has no brace: only what is no keyword of it is spoken of.
    private void PassOver(KeywordTable table)
    {
        while (Next() is { Closes: false } line)
        {
            if (line.Words.Count == 0)
            {
                continue;
            }

            _opened = RemoveBrace(line);
            if (table.Find(line.Words[0]) is not { } keyword)
            {
                Report(s_unknown, line, line.Words[0]);
                ReportBrace(_opened, line);
            }
            else if (keyword.Entry.Form != KeywordForm.Value)
            {
                SkipBlock();
            }
        }
    }

    private void SkipBlock()
    {
        if (!EnterBlock(own: false))
        {
            return;
        }

        SkipToEnd();
    }

    private void SkipToEnd()
    {
        var depth = 1;
        while (depth > 0 && Next() is { } line)
        {
            depth += line.Closes ? -1 : line.Opens ? 1 : 0;
        }
    }

    private static bool RemoveBrace(ConfigLine line)
    {
        if (line.Words.Count < 2 || !line.Opens)
        {
            return false;
        }

        line.Words.RemoveAt(line.Words.Count - 1);
        return true;
    }

    private void ReportBrace(bool opens, ConfigLine line)
    {
        if (opens)
        {
            Report(s_brace, line);
        }
    }

    private void Report(DiagnosticDescriptor descriptor, ConfigLine line, params string[] arguments) =>
        document.Sink.Add(descriptor, line.At, line.Included, arguments);
}
