using System.Globalization;
using System.Net;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Snmp;

/// <summary>Where the master agent listens, as net-snmp writes it (snmpcmd(1), "AGENT SPECIFICATION"): a path, <c>unix:PATH</c>, <c>tcp:HOST:PORT</c>, <c>tcp6:[HOST]:PORT</c>.</summary>
/// <remarks>
/// AgentX needs a stream (RFC 2741 8), so that there is no UDP. A host is a number or <c>localhost</c>: a name would have to be looked up, and nobody waits here.
/// </remarks>
public static class MasterAddress
{
    /// <summary>Where net-snmp's master listens (RFC 2741 8.2).</summary>
    public const string Usual = "/var/agentx/master";

    private const int UsualPort = 705; // RFC 2741 8.1

    /// <summary>The address that a text names; null for the usual one.</summary>
    /// <returns>False where it names none that can be used.</returns>
    public static bool TryRead(string? text, out SocketAddress128 address)
    {
        text ??= Usual;
        if (text.StartsWith('/') || text.StartsWith("unix:", StringComparison.Ordinal))
        {
            address = SocketAddress128.FromPath(text.StartsWith('/') ? text : text["unix:".Length..]);
            return address.Length > 0;
        }

        foreach (var kind in (ReadOnlySpan<string>)["tcp:", "tcp6:", "tcpv6:", "tcpipv6:"])
        {
            if (text.StartsWith(kind, StringComparison.Ordinal))
            {
                return TryReadHost(text.AsSpan(kind.Length), out address);
            }
        }

        address = default;
        return false;
    }

    private static bool TryReadHost(ReadOnlySpan<char> text, out SocketAddress128 address)
    {
        address = default;
        var port = UsualPort;
        var at = text.LastIndexOf(':');
        var bracket = text.LastIndexOf(']');
        var host = text;
        if (at > bracket && (bracket >= 0 || text.IndexOf(':') == at))
        {
            host = text[..at];
            if (!int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > ushort.MaxValue)
            {
                return false;
            }
        }

        host = host.TrimStart('[').TrimEnd(']');
        var number = host is "localhost" or "" ? IPAddress.Loopback : IPAddress.TryParse(host, out var parsed) ? parsed : null;
        if (number == null)
        {
            return false;
        }

        address = SocketAddress128.From(number, port);
        return true;
    }
}
