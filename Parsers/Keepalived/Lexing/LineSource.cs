using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>
/// The statements of a file and of what it includes, in order: comments off, conditions decided, parameters substituted, sequences and lists
/// repeated, cut at braces (keepalived.conf(5), "ADVANCED CONFIGURATION").
/// </summary>
internal sealed class LineSource
{
    /// <summary>What definitions of themselves may make of a file: as many long lines as it may have lines.</summary>
    private const int LongLine = 200;

    private readonly FindingSink _sink;
    private readonly string _configId;
    private readonly Definitions _definitions;
    private readonly IncludeReader _includes;
    private readonly Stack<Func<string?>> _pending = [];
    private readonly Queue<(string Text, bool Brace)> _pieces = [];
    private ConfigLine? _again;
    private int _depth;
    private readonly int _mostLines;
    private int _lines;
    private long _characters;

    public LineSource(string path, SourceFiles files, FindingSink sink, KeepalivedLoadOptions options, int randomSeed)
    {
        _sink = sink;
        _mostLines = options.MostLines;
        _configId = options.ConfigId ?? options.Facts.HostName.Split('.')[0];
        _definitions = new Definitions(_configId, randomSeed);
        _includes = new IncludeReader(files, sink, options.IncludeChecks);
        _includes.Open(path);
    }

    /// <summary>Which missing files are errors from here on.</summary>
    public IncludeChecks IncludeChecks
    {
        get => _includes.Checks;
        set => _includes.Checks = value;
    }

    /// <summary>Random numbers begin anew.</summary>
    public void Reseed(int seed) => _definitions.Reseed(seed);

    /// <summary>Where the reading stands.</summary>
    public SourceSpan At => _includes.At;

    /// <summary>The next statement; null at the end.</summary>
    public ConfigLine? Next()
    {
        if (_again is { } again)
        {
            _again = null;
            return again;
        }

        while (true)
        {
            if (_pieces.TryDequeue(out var piece))
            {
                return Statement(piece.Text, piece.Brace);
            }

            if (NextText() is not { } text)
            {
                return null;
            }

            CutAtBraces(text);
        }
    }

    /// <summary>Gives a statement back: it is the next one again.</summary>
    public void PutBack(ConfigLine line) => _again = line;

    /// <summary>To be called at the end of a reading.</summary>
    public void CheckBraces()
    {
        if (_depth > 0)
        {
            _sink.Add(LexingTexts.MissingBraces, _depth.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private ConfigLine Statement(string text, bool brace)
    {
        if (text == "}" && brace)
        {
            if (--_depth < 0)
            {
                _sink.Add(LexingTexts.ExtraBrace, At, _includes.Included);
                _depth = 0;
            }

            return new ConfigLine(text, ["}"], At, _includes.Included);
        }

        var words = WordSplitter.Split(text, out var unmatched);
        if (unmatched)
        {
            _sink.Add(LexingTexts.UnmatchedQuote, At, _includes.Included, text);
        }

        if (brace)
        {
            _depth++;
            words.Add("{");
        }

        return new ConfigLine(text, words, At, _includes.Included, brace);
    }

    // The next line with everything substituted; null at the end.
    private string? NextText()
    {
        while (!_sink.Stopped)
        {
            if (++_lines > _mostLines || _characters + _definitions.Written > (long)_mostLines * LongLine)
            {
                _sink.Add(LexingTexts.TooLong, At, _includes.Included, _mostLines.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return null;
            }

            var text = Pending() ?? Physical();
            if (text is null)
            {
                return null;
            }

            _characters += text.Length;
            if (Processed(text) is { } done)
            {
                return done;
            }
        }

        return null;
    }

    private string? Pending()
    {
        // What was begun last ends first: a body inside of a repetition, a repetition inside of a body.
        while (_pending.TryPeek(out var source))
        {
            if (source() is { } text)
            {
                return text;
            }

            _pending.Pop();
        }

        return null;
    }

    private string? Physical() => _includes.NextLine() is { } line ? Uncommented(line) : null;

    private string Uncommented(string line)
    {
        var text = CommentStripper.Strip(line, out var unterminated);
        if (unterminated)
        {
            _sink.Add(LexingTexts.UnterminatedQuote, At, _includes.Included, text);
        }

        return text;
    }

    // A line after conditions, definitions, includes and repetitions; null where nothing is left of it.
    private string? Processed(string text)
    {
        if (text.Length == 0 || _includes.TryInclude(text))
        {
            return null;
        }

        if (text[0] == '@')
        {
            text = Condition.Apply(text, _configId);
            if (text.Length == 0 || _includes.TryInclude(text))
            {
                return null;
            }
        }

        if (Definitions.Head(text) is var (name, value))
        {
            Define(name, text[value..]);
            return null;
        }

        if (text[0] == '~' && Repeat(text))
        {
            return null;
        }

        var substituted = _definitions.Substitute(text, _includes.Folder, out var more);
        if (more is not null)
        {
            Begin(new Queue<string>(more).TryDequeue);
        }

        if (ReferenceEquals(substituted, text))
        {
            return text;
        }

        // ${_HASH} and ${_BANG} begin comments as soon as they are outside of quotes.
        substituted = CommentStripper.Strip(substituted, out _);
        return substituted.Length == 0 ? null : (substituted[0] is '@' or '~' || Definitions.Head(substituted) is not null) ? Processed(substituted) : substituted;
    }

    private delegate bool Dequeue([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string line);

    private void Begin(Dequeue next) => _pending.Push(() => next(out var line) ? line : null);

    private bool Repeat(string text)
    {
        var complaints = new List<string>();
        if (Repetition.Read(text, _definitions, complaints) is { } repetition)
        {
            _pending.Push(repetition.Next);
            return true;
        }

        foreach (var complaint in complaints)
        {
            _sink.Add(LexingTexts.Repetition, At, _includes.Included, complaint, text);
        }

        return complaints.Count > 0;
    }

    // Lines of a body end with a backslash, all but the last.
    private void Define(string name, string value)
    {
        value = value.TrimStart();
        var lines = new List<string>();
        while (value.EndsWith('\\') && ++_lines <= _mostLines)
        {
            AddLine(value[..^1].Trim());
            if (Pending() is { } body)
            {
                value = body;
                continue;
            }

            if (_includes.NextLine() is not { } next)
            {
                break;
            }

            value = Uncommented(next);

            // The first reading passes over comments in a body; for the others a comment has become an empty line, which ends the body.
            // A comment that ends with a backslash goes on in any case.
            while (value.Length == 0 && (_sink.Pass == ReadingPass.Parent || next.AsSpan().TrimEnd().EndsWith("\\")) && next.AsSpan().Trim().Length > 0 &&
                _includes.NextLine() is { } after)
            {
                next = after;
                value = Uncommented(after);
            }
        }

        if (value.Length > 0 && !value.EndsWith('\\'))
        {
            AddLine(value);
        }

        _definitions.Set(name, lines.Count == 0 ? [""] : [.. lines]);

        void AddLine(string line)
        {
            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }
    }

    // Up to the first brace; behind it a line begins anew, with all that may stand at the beginning of one.
    private void CutAtBraces(string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            quoted ^= c == '"';
            if (quoted || c is not ('{' or '}'))
            {
                continue;
            }

            var before = text[..i].Trim();
            if (c == '{')
            {
                _pieces.Enqueue((before, true));
            }
            else
            {
                Enqueue(before);
                _pieces.Enqueue(("}", true));
            }

            if (text[(i + 1)..].Trim() is { Length: > 0 } rest)
            {
                Begin(new Queue<string>([rest]).TryDequeue);
            }

            return;
        }

        Enqueue(text);

        void Enqueue(string piece)
        {
            if (piece.Length > 0)
            {
                _pieces.Enqueue((piece, false));
            }
        }
    }
}
