using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>IP addresses as inet_pton(3) reads them: four decimal numbers, or IPv6 in full strictness.</summary>
internal static class Addresses
{
    /// <summary>An address without anything behind it; null for no address.</summary>
    public static IPAddress? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            foreach (var c in text)
            {
                if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
                {
                    return null;
                }
            }

            return IPAddress.TryParse(text, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6 ? six : null;
        }

        Span<byte> bytes = stackalloc byte[4];
        var at = 0;
        foreach (var part in text.Split('.'))
        {
            if (at == 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') ||
                !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[at++]))
            {
                return null;
            }
        }

        return at == 4 ? new IPAddress(bytes) : null;
    }

    /// <summary>An address behind which a range or a length may stand, which is passed over: what stands before a dash, or else before a slash.</summary>
    public static IPAddress? ParseStart(string text)
    {
        var end = StartEnd(text);
        return Parse(end < 0 ? text : text[..end]);
    }

    /// <summary>Where the range or the length begins, with its dash or slash; negative for none.</summary>
    public static int StartEnd(string text) => text.IndexOf('-') is >= 0 and var dash ? dash : text.IndexOf('/');

    /// <summary>Whether an address belongs to a multicast group.</summary>
    public static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : (address.GetAddressBytes()[0] & 0xF0) == 0xE0;

    /// <summary>inet_aton(3): one to four parts, decimal, octal or hexadecimal.</summary>
    public static IPAddress? ParseLoose(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 4)
        {
            return null;
        }

        ulong value = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!Lexing.Numbers.TryStrtol(parts[i], out var number) || number < 0 || parts[i].StartsWith('+'))
            {
                return null;
            }

            var last = i == parts.Length - 1;
            var bits = last ? 8 * (5 - parts.Length) : 8;
            if ((ulong)number >= 1UL << bits)
            {
                return null;
            }

            value = last ? (value << bits) | (ulong)number : (value << 8) | (ulong)number;
        }

        return new IPAddress([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
    }
}
