using System.Globalization;
using System.Text;

namespace Dropin.Tests.Support.Text;

/// <summary>Bytes as readable text and back: <c>\r \n \t \0 \\ \xHH</c>, everything else printable ASCII.</summary>
public static class Escape
{
    /// <summary>Reads escapes; characters above 127 become their UTF-8 bytes.</summary>
    public static byte[] ToBytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }
            switch (text[++i])
            {
                case 'r': bytes.Add(13); break;
                case 'n': bytes.Add(10); break;
                case 't': bytes.Add(9); break;
                case '0': bytes.Add(0); break;
                case 'x':
                    bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                default: bytes.Add((byte)text[i]); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Bytes as lines: a line feed is shown as <c>\n</c> and ends the line, so that a missing one can be seen.</summary>
    public static IEnumerable<string> ToLines(ReadOnlyMemory<byte> bytes)
    {
        var line = new StringBuilder();
        for (var i = 0; i < bytes.Length; i++)
        {
            Append(line, bytes.Span[i]);
            if (bytes.Span[i] == '\n')
            {
                yield return line.ToString();
                line.Clear();
            }
        }
        if (line.Length > 0)
            yield return line.ToString();
    }

    /// <summary>Bytes in one line.</summary>
    public static string ToLine(ReadOnlySpan<byte> bytes)
    {
        var line = new StringBuilder();
        foreach (var b in bytes)
            Append(line, b);
        return line.ToString();
    }

    private static void Append(StringBuilder line, byte b) => _ = b switch
    {
        (byte)'\n' => line.Append("\\n"),
        (byte)'\r' => line.Append("\\r"),
        (byte)'\t' => line.Append("\\t"),
        (byte)'\\' => line.Append("\\\\"),
        >= 32 and < 127 => line.Append((char)b),
        _ => line.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
    };
}
