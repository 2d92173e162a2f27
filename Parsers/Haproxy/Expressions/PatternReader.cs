using System.Globalization;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>
/// Reads the patterns of one ACL or map. The operator of numbers ("gt", "le" …) stays in force until the next one (configuration manual 7.1.2).
/// </summary>
/// <param name="match">How the patterns are compared.</param>
/// <param name="ignoreCase">Whether case is ignored.</param>
/// <param name="dotted">Whether numbers are versions, "3.1".</param>
internal sealed class PatternReader(MatchMethod match, bool ignoreCase, bool dotted)
{
    private string _operator = "eq";

    /// <summary>A name may be resolved where an address is expected.</summary>
    public bool Resolve { get; set; } = ExpressionServices.ResolveNames;

    /// <summary>Reads one word. Null with no sentence: it was an operator.</summary>
    public AclPattern? Read(string text, out string? error)
    {
        error = null;
        switch (match)
        {
            case MatchMethod.Int or MatchMethod.Length:
                return Number(text, out error);
            case MatchMethod.Bool:
                return new TextPattern(text);
            case MatchMethod.Ip:
                if (AddressText.TryBlock(text, Resolve, out var address, out var mask))
                {
                    return new AddressPattern(text, address, mask);
                }

                error = $"'{text}' is not a valid IPv4 or IPv6 address";
                return null;
            case MatchMethod.Binary:
                error = Hexadecimal.Read(text, out var bytes);
                return error is null ? new BinaryPattern(text, [.. bytes]) : null;
            case MatchMethod.Regex:
                error = ExpressionServices.RegexError(text, ignoreCase);
                return error is null ? new TextPattern(text) : null;
            default:
                return new TextPattern(text);
        }
    }

    private RangePattern? Number(string text, out string? error)
    {
        error = null;
        if (text is "eq" or "gt" or "ge" or "lt" or "le" or "ne")
        {
            _operator = text;
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (!TryNumber(text, out var value))
            {
                error = _operator == "eq" ? $"'{text}' is not a number" : $"'{text}' is neither a number nor a supported operator";
                return null;
            }

            return _operator switch
            {
                "gt" => new RangePattern(Written(value + 1, null), value + 1, null),
                "ge" => new RangePattern(Written(value, null), value, null),
                "lt" => new RangePattern(Written(null, value - 1), null, value - 1),
                "le" => new RangePattern(Written(null, value), null, value),
                _ => new RangePattern(text, value, value),
            };
        }

        var low = text[..colon];
        var high = text[(colon + 1)..];
        long minimum = 0;
        long maximum = 0;
        var open = high.Length == 0;
        if (!TryNumber(low, out minimum) || (!open && !TryNumber(high, out maximum)) || (!open && minimum > maximum))
        {
            error = $"'{text}' is not a valid number range";
            return null;
        }

        return _operator switch
        {
            "gt" => new RangePattern(text, (open ? minimum : maximum) + 1, null),
            "ge" => new RangePattern(text, minimum, null),
            "lt" => new RangePattern(text, null, minimum - 1),
            "le" => new RangePattern(text, null, open ? minimum : maximum),
            _ => new RangePattern(text, minimum, open ? null : maximum),
        };
    }

    // How operators see a comparison: as the range that it is.
    private static string Written(long? minimum, long? maximum) => string.Create(CultureInfo.InvariantCulture, $"{minimum}:{maximum}");

    // Versions of TLS are compared as major times 65536 plus minor.
    private bool TryNumber(string text, out long value)
    {
        if (dotted && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            var good = long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
                & long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minor);
            value = (major << 16) + minor;
            return good;
        }

        var read = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (read && dotted)
        {
            value <<= 16;
        }

        return read;
    }
}
