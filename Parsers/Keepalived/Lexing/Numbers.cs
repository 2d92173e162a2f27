using System.Globalization;

namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>Numbers as C reads them.</summary>
internal static class Numbers
{
    /// <summary>strtol(3) with base 0 over a whole word: 0x is hexadecimal, a leading zero octal.</summary>
    public static bool TryStrtol(string word, out long number)
    {
        number = 0;
        var negative = word.StartsWith('-');
        var digits = negative || word.StartsWith('+') ? word.AsSpan(1) : word;
        if (digits.IsEmpty)
        {
            return false;
        }

        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (!long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) || number < 0)
            {
                return false;
            }
        }
        else if (digits[0] == '0' && digits.Length > 1)
        {
            foreach (var digit in digits)
            {
                if (digit is < '0' or > '7' || number > long.MaxValue >> 4)
                {
                    return false;
                }

                number = (number * 8) + (digit - '0');
            }
        }
        else if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        number = negative ? -number : number;
        return true;
    }
}
