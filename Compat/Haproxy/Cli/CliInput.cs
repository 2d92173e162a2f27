using System.Text;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>A command line with its payload, or the news that a payload is still to come.</summary>
internal readonly record struct CliLine(string[] Words, string? Payload, bool AwaitsPayload);

/// <summary>
/// What came over a CLI connection, cut into commands: at line ends and semicolons, words at blanks; a backslash takes the meaning of the next
/// character away. A line that ends in <c>&lt;&lt;</c> has a payload: all lines up to an empty one. A word ends at a zero byte, and a command at a word
/// of which nothing is left.
/// </summary>
internal sealed class CliInput(int size)
{
    private readonly byte[] _bytes = new byte[size];
    private int _begin, _end;
    private string[]? _waiting;
    private readonly StringBuilder _payload = new();

    /// <summary>Whether nothing waits to be understood.</summary>
    internal bool IsEmpty => _begin == _end;

    /// <summary>Whether a command's payload is still to come.</summary>
    internal bool AwaitsPayload => _waiting is not null;

    /// <summary>Whether there is no room and no whole command.</summary>
    internal bool IsFull
    {
        get
        {
            Compact();
            return _end == _bytes.Length;
        }
    }

    /// <summary>Whether a command and its payload are longer together than the buffer, which is the most they may be.</summary>
    internal bool IsTooLong => _taken > _bytes.Length;

    /// <summary>Bytes of a command whose payload is still to come, and of the payload so far.</summary>
    private int _taken;

    /// <summary>Where to read more to.</summary>
    internal Memory<byte> Space => _bytes.AsMemory(_end);

    /// <summary>So many bytes were read.</summary>
    internal void Wrote(int count) => _end += count;

    /// <summary>Throws away what waits to be understood.</summary>
    internal void Clear() => _begin = _end = 0;

    /// <summary>Takes the next command.</summary>
    internal bool TryTake(out CliLine line)
    {
        while (TakeText(withSemicolons: _waiting is null, out var text))
        {
            if (_waiting is { } waiting)
            {
                if (text.Length > 0)
                {
                    _taken += text.Length + 1;
                    _payload.Append(text).Append('\n');
                    line = new CliLine(waiting, null, AwaitsPayload: true);
                    return true;
                }
                _waiting = null;
                line = new CliLine(waiting, _payload.ToString(), AwaitsPayload: false);
                _payload.Clear();
                return true;
            }
            var words = WordsOf(text);
            if (words is [.., "<<"])
            {
                _waiting = words[..^1];
                _taken = text.Length + 1;
                line = new CliLine(_waiting, null, AwaitsPayload: true);
                return true;
            }
            line = new CliLine(words, null, AwaitsPayload: false);
            return true;
        }
        line = default;
        return false;
    }

    private bool TakeText(bool withSemicolons, out string text)
    {
        for (var i = _begin; i < _end; i++)
        {
            if (withSemicolons && _bytes[i] == (byte)'\\')
            {
                i++;
                continue;
            }
            if (_bytes[i] != (byte)'\n' && !(withSemicolons && _bytes[i] == (byte)';'))
                continue;
            var length = i - _begin;
            if (length > 0 && _bytes[i] == (byte)'\n' && _bytes[i - 1] == (byte)'\r')
                length--;
            text = Encoding.UTF8.GetString(_bytes, _begin, length);
            _begin = i + 1;
            return true;
        }
        text = "";
        return false;
    }

    private void Compact()
    {
        if (_begin == 0)
            return;
        Buffer.BlockCopy(_bytes, _begin, _bytes, 0, _end - _begin);
        _end -= _begin;
        _begin = 0;
    }

    internal static string[] WordsOf(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t')
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            word.Append(text[i]);
            inWord = true;
        }
        if (inWord)
            words.Add(word.ToString());
        return UpToZero(words);
    }

    private static string[] UpToZero(List<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end)
                words[i] = words[i][..end];
            if (words[i].Length == 0)
                return [.. words[..i]];
        }
        return [.. words];
    }
}
