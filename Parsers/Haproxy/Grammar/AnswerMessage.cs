using System.Text;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>
/// Checks that a file holds one whole HTTP/1 response, as an error file must (configuration manual 4.2, errorfile): what is found wrong here is
/// found before the first client would get it.
/// </summary>
internal ref struct AnswerMessage
{
    // What the original's own form of a message takes beside the texts: a fixed part, and a block for each header.
    private const int MessageOverhead = 93, BlockOverhead = 8;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TuneConfig _tune;
    private int _at;
    private int _weight = MessageOverhead;
    private int _headers;
    private long? _contentLength;
    private bool _chunked;

    private AnswerMessage(ReadOnlySpan<byte> bytes, TuneConfig tune)
    {
        _bytes = bytes;
        _tune = tune;
    }

    /// <summary>What is wrong with the message, in the original's words; null when it is good.</summary>
    internal static string? Problem(ReadOnlySpan<byte> bytes, TuneConfig tune)
    {
        var message = new AnswerMessage(bytes, tune);
        return message.Judge();
    }

    private string? Judge()
    {
        if (!ReadStatusLine(out var version, out var status) || !ReadHeaders())
        {
            // The end of the file is an offset of its own to the original.
            return $"unable to parse headers (error offset: {(_at < 0 ? -2 : _at)})";
        }

        if (version.Length != "HTTP/1.1".Length)
        {
            return $"invalid http version ({Encoding.Latin1.GetString(version)})";
        }

        if (status is >= 100 and < 200 and not 101)
        {
            return $"invalid http status code for an error message ({status})";
        }

        if (_chunked)
        {
            return "chunk-encoded payload not supported";
        }

        var payload = _bytes.Length - _at;
        if (status is 204 or 304)
        {
            return payload > 0 ? "message payload not expected" : null;
        }

        if (_contentLength is { } announced && announced != payload)
        {
            return $"payload size does not match the announced content-length ({payload} != {announced})";
        }

        return _weight + payload > _tune.BufferSize ? "unable to add payload into the HTX message" : null;
    }

    private bool ReadStatusLine(out ReadOnlySpan<byte> version, out int status)
    {
        version = default;
        status = 0;
        while (_at < _bytes.Length && _bytes[_at] is (byte)'\r' or (byte)'\n')
        {
            _at++; // lines may stand empty before it
        }

        var start = _at;
        while (Next(out var b) && b is not ((byte)' ' or (byte)'\t'))
        {
            if (!char.IsAsciiLetterUpper((char)b) && !char.IsAsciiDigit((char)b) && b is not ((byte)'/' or (byte)'.'))
            {
                return Wrong(_at);
            }

            _at++;
        }

        if (AtEnd())
        {
            return false;
        }

        version = _bytes[start.._at];
        SkipBlanks();
        var code = _at;
        while (Next(out var b) && char.IsAsciiDigit((char)b))
        {
            status = Math.Min((status * 10) + b - '0', 1_000_000);
            _at++;
        }

        if (!AtEnd() && _bytes[_at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            return Wrong(_at);
        }

        var codeEnd = _at;
        SkipBlanks();
        var reason = _at;
        if (!SkipLine(out var reasonEnd))
        {
            return false;
        }

        _weight += version.Length + codeEnd - code + reasonEnd - reason;
        return true;
    }

    private bool ReadHeaders()
    {
        while (Next(out var first))
        {
            if (first is (byte)'\r' or (byte)'\n')
            {
                // The end of the head takes a place among the headers.
                return SkipLine(out _) && (_headers < _tune.MaxHeaders || Wrong(_at));
            }

            if (!ReadHeader())
            {
                return false;
            }
        }

        return Wrong(-1);
    }

    private bool ReadHeader()
    {
        var start = _at;
        while (Next(out var b) && b != ':')
        {
            if (!IsToken(b))
            {
                return Wrong(_at);
            }

            _at++;
        }

        if (AtEnd())
        {
            return false;
        }

        if (_at == start)
        {
            return Wrong(_at);
        }

        var name = _bytes[start.._at];
        _at++;
        SkipBlanks();
        var valueStart = _at;
        int valueEnd;
        do
        {
            if (!SkipLine(out valueEnd))
            {
                return false;
            }
        }
        while (Next(out var b) && b is (byte)' ' or (byte)'\t'); // continued lines

        if (++_headers > _tune.MaxHeaders)
        {
            return Wrong(_at);
        }

        var value = _bytes[valueStart..Math.Max(valueStart, valueEnd)].TrimEnd(" \t"u8);
        _weight += name.Length + value.Length + BlockOverhead;
        return Understand(name, value, valueStart);
    }

    private bool Understand(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int valueStart)
    {
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            long length = 0;
            for (var i = 0; i < value.Length; i++)
            {
                if (!char.IsAsciiDigit((char)value[i]) || length > long.MaxValue / 100)
                {
                    return Wrong(valueStart + i);
                }

                length = (length * 10) + value[i] - '0';
            }

            if (value.IsEmpty || (_contentLength is { } before && before != length))
            {
                return Wrong(valueStart);
            }

            _contentLength = length;
        }
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            var last = value[(value.LastIndexOf((byte)',') + 1)..].Trim(" \t"u8);
            _chunked |= Ascii.EqualsIgnoreCase(last, "chunked"u8);
        }

        return true;
    }

    // To the byte behind the line feed; a carriage return without one is an error behind it.
    private bool SkipLine(out int end)
    {
        end = _at;
        while (Next(out var b) && b is not ((byte)'\r' or (byte)'\n'))
        {
            _at++;
        }

        end = Math.Max(_at, 0);
        if (Next(out var last) && last == '\r')
        {
            _at++;
        }

        if (AtEnd())
        {
            return false;
        }

        if (_bytes[_at] != '\n')
        {
            return Wrong(_at);
        }

        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (Next(out var b) && b is (byte)' ' or (byte)'\t')
        {
            _at++;
        }
    }

    private readonly bool Next(out byte b)
    {
        var here = _at >= 0 && _at < _bytes.Length;
        b = here ? _bytes[_at] : (byte)0;
        return here;
    }

    // The file ends within the head.
    private bool AtEnd()
    {
        if (_at >= 0 && _at < _bytes.Length)
        {
            return false;
        }

        _at = -1;
        return true;
    }

    private bool Wrong(int at)
    {
        _at = at;
        return false;
    }

    private static bool IsToken(byte b) => char.IsAsciiLetterOrDigit((char)b) || "!#$%&'*+-.^_`|~"u8.Contains(b);
}
