using System.Globalization;
using System.Net;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Addresses with the length of their network behind a slash.</summary>
internal static class Prefixes
{
    public static readonly DiagnosticDescriptor InvalidAddress = FindingKind.Warning("invalid-address", "VRRP parsed invalid IP {0}. skipping IP...");
    private static readonly DiagnosticDescriptor s_length = FindingKind.Warning("invalid-prefix", "Invalid address prefix len {0} for address {1} - using {2}");

    /// <summary>Reads an address with or without a length; null where it is none, which was said.</summary>
    public static (IPAddress Address, int Length, bool Written)? Read(Statement s, string text)
    {
        // The length is looked at first, of whatever stands before it.
        var slash = text.IndexOf('/');
        var most = text.Contains(':', StringComparison.Ordinal) ? 128 : 32;
        var length = slash < 0 ? most : Length(s, text, text[(slash + 1)..], most);
        if (Addresses.Parse(slash < 0 ? text : text[..slash]) is not { } address)
        {
            s.Report(InvalidAddress, text);
            return null;
        }

        return (address, length, slash >= 0);
    }

    /// <summary>Whether a word is an address, with or without a good length.</summary>
    public static bool IsAddress(string text)
    {
        var slash = text.IndexOf('/');
        return Addresses.Parse(slash < 0 ? text : text[..slash]) is { } address &&
            (slash < 0 || (Lexing.Numbers.TryStrtol(text[(slash + 1)..], out var length) && length >= 0 && length <= address.GetAddressBytes().Length * 8));
    }

    private static int Length(Statement s, string text, string word, int most)
    {
        if (word.Length == 0)
        {
            return most;
        }

        if (s.Unsigned(word, 0, (uint)most, out var length))
        {
            return (int)length;
        }

        s.Report(s_length, word, text, most.ToString(CultureInfo.InvariantCulture));
        return most;
    }
}
