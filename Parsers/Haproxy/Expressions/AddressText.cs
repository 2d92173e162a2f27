using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Addresses and address blocks as patterns write them (configuration manual 7.1.6).</summary>
internal static class AddressText
{
    /// <summary>The mask of a prefix length.</summary>
    public static IPAddress Mask(int bits, AddressFamily family)
    {
        var bytes = new byte[family == AddressFamily.InterNetwork ? 4 : 16];
        for (var i = 0; i < bytes.Length; i++, bits -= 8)
        {
            bytes[i] = bits >= 8 ? (byte)255 : bits <= 0 ? (byte)0 : (byte)(255 << (8 - bits));
        }

        return new IPAddress(bytes);
    }

    /// <summary>Reads "address[/mask]"; a name is resolved where that is allowed.</summary>
    public static bool TryBlock(string text, bool resolve, out IPAddress address, out IPAddress mask)
    {
        address = mask = IPAddress.Any;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (!TryAddress(host, resolve, out address))
        {
            return false;
        }

        var width = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            mask = Mask(width, address.AddressFamily);
            return true;
        }

        var maskText = text[(slash + 1)..];
        if (maskText.Contains('.', StringComparison.Ordinal) && width == 32)
        {
            return maskText.Split('.').Length == 4 && IPAddress.TryParse(maskText, out mask!) && mask.AddressFamily == AddressFamily.InterNetwork;
        }

        if (!int.TryParse(maskText, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > width)
        {
            return false;
        }

        mask = Mask(bits, address.AddressFamily);
        return true;
    }

    // IPAddress.TryParse takes "1.2" and "5" as inet_aton does, and so does the original through its resolver.
    private static bool TryAddress(string host, bool resolve, out IPAddress address)
    {
        if (host.Length > 0 && IPAddress.TryParse(host, out var parsed) && !host.Contains('%', StringComparison.Ordinal) && host[0] != '[')
        {
            address = parsed;
            return true;
        }

        address = IPAddress.Any;
        if (!resolve || host.Length == 0)
        {
            return false;
        }

        try
        {
            var found = Dns.GetHostAddresses(host, AddressFamily.InterNetwork);
            if (found.Length == 0)
            {
                return false;
            }

            address = found[0];
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
