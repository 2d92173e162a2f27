using System.Globalization;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Bytes written as hexadecimal digits.</summary>
internal static class Hexadecimal
{
    /// <summary>Reads them; returns what is wrong, null when nothing is.</summary>
    public static string? Read(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 2 != 0)
        {
            return "an even number of hex digit is expected";
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return $"an hex digit is expected (found '{c}')";
            }
        }

        bytes = new byte[text.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = byte.Parse(text.AsSpan(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return null;
    }
}
