using System.Buffers;
using System.Globalization;
using System.Text;
using Dropin.Parsers.Text;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>
/// Cuts one physical line into words: quotes, backslash escapes, comments and variables (configuration manual, chapters 2.2 and 2.3). Written by
/// hand: this is where each byte of the file is touched.
/// </summary>
/// <remarks>Variables are expanded only inside double quotes. There is no continuation of a line: a final backslash is a backslash.</remarks>
internal sealed class LineScanner(EnvironmentTable environment, DiagnosticSink sink)
{
    /// <summary>Most words of a line, the keyword included.</summary>
    public const int MaxWords = 63;

    // Blank, quotes, escape and comment: whatever ends the run of bytes that stand for themselves.
    private static readonly SearchValues<byte> Special = SearchValues.Create(" \t\n\v\f\r\"'\\#"u8);

    private readonly WordCache _cache = new();
    private readonly Word[] _words = new Word[MaxWords + 1];
    private int _count;
    private byte[] _text = new byte[256];
    private int _length;
    private int _wordStart;

    // Where the line ends for messages: the original cuts it behind a default value.
    private int _cutAt;
    private string _file = "";
    private int _line;

    /// <summary>Name of the section being read, for <c>"${.SECTION}"</c>.</summary>
    public string Section { get; set; } = "";

    /// <summary>Words of the last line that was scanned.</summary>
    public ReadOnlySpan<Word> Words => _words.AsSpan(0, _count);

    /// <summary>Words of the last line, as memory.</summary>
    public ReadOnlyMemory<Word> Memory => _words.AsMemory(0, _count);

    /// <summary>Cuts the line; false when it is wrong, which has then been said.</summary>
    public bool Scan(string file, int lineNumber, ReadOnlySpan<byte> line)
    {
        (_file, _line, _count, _length, _cutAt) = (file, lineNumber, 0, 0, -1);
        var at = 0;
        while (true)
        {
            while (at < line.Length && IsBlank(line[at]))
            {
                at++;
            }

            if (at >= line.Length || line[at] == '#')
            {
                return true;
            }

            var run = line[at..].IndexOfAny(Special);
            var end = run < 0 ? line.Length : at + run;
            if (end == line.Length || IsBlank(line[end]) || line[end] == '#')
            {
                if (!AddWord(_cache.Get(Printed(line[at..end])), at, end - at))
                {
                    return false;
                }

                at = end;
                continue;
            }

            if (!ScanSlowly(line, ref at))
            {
                return false;
            }
        }
    }

    // A word with quotes or escapes in it.
    private bool ScanSlowly(ReadOnlySpan<byte> line, ref int at)
    {
        _length = 0;
        _wordStart = at;
        var doubleQuoteAt = -1;
        while (at < line.Length)
        {
            var b = line[at];
            if (doubleQuoteAt < 0 && (IsBlank(b) || b == '#'))
            {
                break;
            }

            switch (b)
            {
                case (byte)'"':
                    doubleQuoteAt = doubleQuoteAt < 0 ? at : -1;
                    at++;
                    break;
                case (byte)'\'' when doubleQuoteAt < 0:
                    var close = line[(at + 1)..].IndexOf((byte)'\'');
                    if (close < 0)
                    {
                        return Fail(LexingTexts.UnmatchedQuote, line, at);
                    }

                    Put(line.Slice(at + 1, close));
                    at += close + 2;
                    break;
                case (byte)'\\':
                    if (!Escape(line, ref at, doubleQuoteAt >= 0))
                    {
                        return false;
                    }

                    break;
                case (byte)'$' when doubleQuoteAt >= 0:
                    if (!Expand(line, ref at))
                    {
                        return false;
                    }

                    break;
                default:
                    Put(b);
                    at++;
                    break;
            }
        }

        return doubleQuoteAt >= 0 ? Fail(LexingTexts.UnmatchedQuote, line, doubleQuoteAt)
            : AddWord(_cache.Get(Printed(_text.AsSpan(0, _length))), _wordStart, at - _wordStart);
    }

    private bool Escape(ReadOnlySpan<byte> line, ref int at, bool inDoubleQuotes)
    {
        var next = at + 1 < line.Length ? line[at + 1] : (byte)0;
        switch (next)
        {
            case (byte)'n': Put((byte)'\n'); break;
            case (byte)'r': Put((byte)'\r'); break;
            case (byte)'t': Put((byte)'\t'); break;
            case (byte)' ' or (byte)'\\' or (byte)'"' or (byte)'\'' or (byte)'#': Put(next); break;
            case (byte)'$' when inDoubleQuotes: Put(next); break;
            case (byte)'x':
                if (at + 3 >= line.Length || !byte.TryParse(line.Slice(at + 2, 2), NumberStyles.AllowHexSpecifier, null, out var value))
                {
                    return Fail(LexingTexts.BadHexadecimal, line, at);
                }

                Put(value);
                at += 2;
                break;
            default:
                // Not an escape: the backslash stands for itself.
                Put((byte)'\\');
                at++;
                return true;
        }

        at += 2;
        return true;
    }

    // "$NAME", "${NAME}", "${NAME-default}", "${NAME[*]}" and the pseudo variables ".FILE", ".LINE", ".SECTION".
    private bool Expand(ReadOnlySpan<byte> line, ref int at)
    {
        var brace = -1;
        at++;
        if (at < line.Length && line[at] == '{')
        {
            brace = at++;
        }

        var start = at;
        if (at >= line.Length || !(IsNameStart(line[at]) || line[at] == '.'))
        {
            return Fail(LexingTexts.BadVariableName, line, at);
        }

        at++;
        while (at < line.Length && IsName(line[at]))
        {
            at++;
        }

        var name = _cache.Get(line[start..at]);
        var value = name[0] != '.' ? environment.Get(name) : name switch
        {
            ".FILE" => _file,
            ".LINE" => _line.ToString(CultureInfo.InvariantCulture),
            ".SECTION" => Section,
            _ => null,
        };
        if (value is null && name[0] == '.')
        {
            return Fail(LexingTexts.BadVariableName, line[..at], start);
        }

        var words = false;
        if (brace >= 0)
        {
            if (at < line.Length && line[at] == '[')
            {
                if (!line[at..].StartsWith("[*]"u8))
                {
                    return Fail(LexingTexts.BadExpansion, line, at);
                }

                words = true;
                at += 3;
            }

            if (at < line.Length && line[at] == '-')
            {
                var end = line[at..].IndexOf((byte)'}');
                if (end < 0)
                {
                    return Fail(LexingTexts.UnmatchedBrace, line, brace);
                }

                value ??= Encoding.Latin1.GetString(line.Slice(at + 1, end - 1));
                at += end;
                _cutAt = _cutAt < 0 ? at : _cutAt;
            }

            if (at >= line.Length || line[at] != '}')
            {
                return Fail(LexingTexts.UnmatchedBrace, line, brace);
            }

            at++;
        }

        return value is null || PutValue(value, words, at);
    }

    private bool PutValue(string value, bool words, int at)
    {
        foreach (var c in value)
        {
            if (words && IsBlank((byte)c))
            {
                if (!AddWord(_cache.Get(_text.AsSpan(0, _length)), _wordStart, at - _wordStart))
                {
                    return false;
                }

                _length = 0;
                continue;
            }

            Put((byte)c);
        }

        return true;
    }

    private bool AddWord(string text, int start, int length)
    {
        _words[_count++] = new Word(text, new SourceSpan(_file, _line, start + 1, length));
        if (_count <= MaxWords)
        {
            return true;
        }

        // The position is that of the word in the line as it reads once quotes and indentation are resolved.
        var position = 1;
        for (var i = 0; i < MaxWords; i++)
        {
            position += _words[i].Text.Length + 1;
        }

        sink.Add(LexingTexts.TooManyWords, new SourceSpan(_file, _line, start + 1, length), Number(position), text);
        return false;
    }

    private bool Fail(DiagnosticDescriptor kind, ReadOnlySpan<byte> line, int offset)
    {
        var indentation = Indentation(line);
        var shown = _cutAt >= 0 && _cutAt < line.Length ? line[indentation.._cutAt] : line[indentation..];
        var (text, caret) = PrintableLine.Around(Encoding.Latin1.GetString(shown), offset - indentation);
        sink.Add(kind, new SourceSpan(_file, _line, offset + 1, 1), Number(offset + 1), text, new string(' ', caret));
        return false;
    }

    // A word ends at a NUL, which "\x00" can make.
    private static ReadOnlySpan<byte> Printed(ReadOnlySpan<byte> word)
    {
        var nul = word.IndexOf((byte)0);
        return nul < 0 ? word : word[..nul];
    }

    private void Put(byte b)
    {
        if (_length == _text.Length)
        {
            Array.Resize(ref _text, _text.Length * 2);
        }

        _text[_length++] = b;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            Put(b);
        }
    }

    internal static int Indentation(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (at < line.Length && IsBlank(line[at]))
        {
            at++;
        }

        return at;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool IsBlank(byte b) => b is (byte)' ' or (>= 9 and <= 13);

    private static bool IsNameStart(byte b) => b is (byte)'_' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z');

    private static bool IsName(byte b) => IsNameStart(b) || b is >= (byte)'0' and <= (byte)'9';
}
