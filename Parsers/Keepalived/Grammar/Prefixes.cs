using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
        var slash = text.IndexOf('/');
        if (Addresses.Parse(slash < 0 ? text : text[..slash]) is not { } address)
        {
            s.Report(InvalidAddress, text);
            return null;
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            return (address, most, false);
        }

        var word = text[(slash + 1)..];
        if (word.Length == 0 || !s.Unsigned(word, 0, (uint)most, out var length))
        {
            if (word.Length > 0)
            {
                s.Report(s_length, word, text, most.ToString(CultureInfo.InvariantCulture));
            }

            return (address, most, true);
        }

        return (address, (int)length, true);
    }
}
