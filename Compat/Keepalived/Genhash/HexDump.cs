using System.Globalization;
using System.Text;

namespace Dropin.Compat.Keepalived.Genhash;

/// <summary>Sixteen bytes a line: their place in decimal, the bytes, what of them can be printed.</summary>
internal static class HexDump
{
    /// <summary>All lines.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        const int width = 16;
        var text = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += width)
        {
            var row = bytes.Slice(start, Math.Min(width, bytes.Length - start));
            text.Append(CultureInfo.InvariantCulture, $"{start:0000}  ");
            for (var i = 0; i < width; i++)
            {
                if (i == width / 2) text.Append("- ");
                if (i < row.Length) text.Append(CultureInfo.InvariantCulture, $"{row[i]:x2} ");
                else text.Append("   ");
            }
            text.Append("  ");
            for (var i = 0; i < width; i++)
                text.Append(i >= row.Length ? ' ' : row[i] is >= 0x20 and < 0x7f ? (char)row[i] : '.');
            text.Append('\n');
        }
        return text.ToString();
    }
}
