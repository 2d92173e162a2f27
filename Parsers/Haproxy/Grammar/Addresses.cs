using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>What an address may be where it stands.</summary>
[Flags]
internal enum AddressNeeds
{
    /// <summary>A host, nothing else.</summary>
    None = 0,

    /// <summary>A port may stand behind it.</summary>
    Port = 1,

    /// <summary>A port must stand behind it.</summary>
    PortMandatory = 2,

    /// <summary>A range of ports may stand behind it.</summary>
    PortRange = 4,

    /// <summary>An offset to the client's port may stand behind it.</summary>
    PortOffset = 8,

    /// <summary>A Unix socket will do.</summary>
    Unix = 16,

    /// <summary>An inherited descriptor will do.</summary>
    Descriptor = 32,

    /// <summary>One end of an inherited socket pair will do.</summary>
    SocketPair = 64,

    /// <summary>It is for datagrams.</summary>
    Datagram = 128,

    /// <summary>Streams will do where datagrams are the rule.</summary>
    StreamToo = 256,

    /// <summary>A host name is resolved now; without it the name is kept.</summary>
    ResolveNow = 512,

    /// <summary>Port 0 is no port.</summary>
    NonZeroPort = 1024,
}

/// <summary>An address as written.</summary>
/// <param name="Endpoint">The address with the first port.</param>
/// <param name="LastPort">The last port of a range, else the port itself.</param>
/// <param name="IsOffset">The port is an offset to the client's.</param>
/// <param name="HasPort">A port was written.</param>
/// <param name="IsStream">It was asked for as a stream (<c>tcp@</c>, <c>stream+</c>).</param>
internal sealed record AddressSyntax(Endpoint Endpoint, int LastPort, bool IsOffset, bool HasPort, bool IsStream);

/// <summary>Reads addresses (configuration manual 11).</summary>
internal static class Addresses
{
    private const int UnixPathMax = 97;

    /// <summary>Reads one; null with the sentence of what is wrong.</summary>
    public static AddressSyntax? Read(string text, AddressNeeds needs, ConfigSyntax document, out FormattableString? error)
    {
        error = null;
        var machine = document.Surroundings;
        var expanded = Expand(text, document.Environment);
        if (expanded.Length == 0)
        {
            error = $"'{text}' resolves to an empty address (environment variable missing?)\n";
            return null;
        }

        var rest = expanded;
        bool? stream = null;
        if (rest.StartsWith("stream+", StringComparison.Ordinal))
        {
            (rest, stream) = (rest[7..], true);
        }
        else if (rest.StartsWith("dgram+", StringComparison.Ordinal))
        {
            (rest, stream) = (rest[6..], false);
        }

        var family = AddressFamilyWish.Any;
        var at = rest.IndexOf('@');
        switch (at < 0 ? "" : rest[..at])
        {
            case "unix" or "uxst":
                return Unix(text, rest[(at + 1)..], needs, stream ?? true, out error);
            case "uxdg":
                return Unix(text, rest[(at + 1)..], needs, false, out error);
            case "abns":
                return new AddressSyntax(new AbstractEndpoint(rest[(at + 1)..]), 0, false, false, stream ?? true);
            case "fd":
                return Descriptor(text, rest[(at + 1)..], needs, pair: false, machine, out error);
            case "sockpair":
                return Descriptor(text, rest[(at + 1)..], needs, pair: true, machine, out error);
            case "ip":
                break;
            case "ipv4":
                family = AddressFamilyWish.IPv4;
                break;
            case "ipv6":
                family = AddressFamilyWish.IPv6;
                break;
            case "tcp" or "tcp4" or "tcp6":
                stream ??= true;
                family = Family(rest[at - 1]);
                break;
            case "udp" or "udp4" or "udp6":
                stream ??= false;
                family = Family(rest[at - 1]);
                break;
            case "quic4" or "quic6":
                if ((needs & AddressNeeds.Datagram) != 0)
                {
                    at = -1;
                    break;
                }

                error = $"unsupported stream protocol for datagram family {(rest[4] == '4' ? 2 : 10)} address '{text}'; QUIC is not compiled in if this is what you were looking for.";
                return null;
            default:
                at = -1;
                break;
        }

        rest = rest[(at + 1)..];
        if (at < 0 && rest.StartsWith('/'))
        {
            return Unix(text, rest, needs, stream ?? (needs & AddressNeeds.Datagram) == 0, out error);
        }

        var isStream = stream ?? (needs & AddressNeeds.Datagram) == 0;
        var address = Ip(text, rest, family, needs, isStream, machine, out error);
        if (address is null)
        {
            return null;
        }

        if (!isStream && (needs & AddressNeeds.Datagram) == 0)
        {
            error = $"dgram-type address not acceptable in '{text}'\n";
            return null;
        }

        if (isStream && (needs & (AddressNeeds.Datagram | AddressNeeds.StreamToo)) == AddressNeeds.Datagram)
        {
            error = $"stream-type address not acceptable in '{text}'\n";
            return null;
        }

        return address;
    }

    // Addresses know variables without quotes around them: "$NAME" and "${NAME}".
    private static string Expand(string text, EnvironmentTable environment)
    {
        var dollar = text.IndexOf('$');
        while (dollar >= 0)
        {
            var braced = dollar + 1 < text.Length && text[dollar + 1] == '{';
            var start = dollar + (braced ? 2 : 1);
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            var value = environment.Get(text[start..end]) ?? "";
            var rest = braced && end < text.Length && text[end] == '}' ? end + 1 : end;
            text = text[..dollar] + value + text[rest..];
            dollar = text.IndexOf('$', dollar + value.Length);
        }

        return text;
    }

    private static AddressFamilyWish Family(char last) =>
        last switch { '4' => AddressFamilyWish.IPv4, '6' => AddressFamilyWish.IPv6, _ => AddressFamilyWish.Any };

    private static AddressSyntax? Unix(string text, string path, AddressNeeds needs, bool stream, out FormattableString? error)
    {
        error = null;
        if ((needs & AddressNeeds.Unix) == 0)
        {
            error = $"a unix address is not acceptable here in '{text}'\n";
            return null;
        }

        if (path.Length > UnixPathMax)
        {
            error = $"socket path '{path}' too long (max {UnixPathMax})\n";
            return null;
        }

        return new AddressSyntax(new UnixEndpoint(path), 0, false, false, stream);
    }

    private static AddressSyntax? Descriptor(string text, string number, AddressNeeds needs, bool pair, ISurroundings machine, out FormattableString? error)
    {
        error = null;
        if (!int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var descriptor))
        {
            error = $"file descriptor '{number}' is not a valid integer in '{text}'\n";
            return null;
        }

        if ((needs & (pair ? AddressNeeds.SocketPair : AddressNeeds.Descriptor)) == 0)
        {
            error = $"a file descriptor is not acceptable here in '{text}'\n";
            return null;
        }

        // A log may go to any descriptor; what is to listen or to connect must be a socket.
        if ((needs & AddressNeeds.Datagram) == 0 && machine.DescriptorProblem(descriptor) is { } problem)
        {
            error = $"cannot use file descriptor '{number}' : {problem}.\n";
            return null;
        }

        if (pair)
        {
            error = $"'sockpair@' is known but not executed by this version in '{text}'\n";
            return null;
        }

        return new AddressSyntax(new DescriptorEndpoint(descriptor), 0, false, false, true);
    }

    private static AddressSyntax? Ip(
        string text, string rest, AddressFamilyWish family, AddressNeeds needs, bool isStream, ISurroundings machine, out FormattableString? error)
    {
        error = null;
        var colon = rest.LastIndexOf(':');
        var bracket = rest.LastIndexOf(']');
        var host = colon > bracket ? rest[..colon] : rest;
        var port = colon > bracket ? rest[(colon + 1)..] : "";
        if (!Ports(text, port, needs, out var first, out var last, out var offset, out error))
        {
            return null;
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            family = family == AddressFamilyWish.Any ? AddressFamilyWish.IPv6 : family;
        }

        var hasPort = port.Length > 0;
        if (host is "" or "*")
        {
            var any = family == AddressFamilyWish.IPv6 ? IPAddress.IPv6Any : IPAddress.Any;
            return new AddressSyntax(new IpEndpoint(any, first), last, offset, hasPort, isStream);
        }

        if (Numeric(host) is { } address)
        {
            var fits = family == AddressFamilyWish.Any || (family == AddressFamilyWish.IPv4) == (address.AddressFamily == AddressFamily.InterNetwork);
            if (fits)
            {
                return new AddressSyntax(new IpEndpoint(address, first), last, offset, hasPort, isStream);
            }
        }
        else if ((needs & AddressNeeds.ResolveNow) == 0)
        {
            return new AddressSyntax(new NamedEndpoint(host, first, family), last, offset, hasPort, isStream);
        }
        else if (!host.Contains('%', StringComparison.Ordinal) && machine.Resolve(host, Wanted(family)) is { } resolved)
        {
            return new AddressSyntax(new IpEndpoint(resolved, first), last, offset, hasPort, isStream);
        }

        error = $"invalid address: '{host}' in '{text}'\n";
        return null;
    }

    private static bool Ports(
        string text, string port, AddressNeeds needs, out int first, out int last, out bool offset, out FormattableString? error)
    {
        (first, last, offset, error) = (0, 0, false, null);
        if (port.Length == 0)
        {
            if ((needs & AddressNeeds.PortMandatory) != 0)
            {
                error = $"missing port specification in '{text}'";
            }

            return error is null;
        }

        if ((needs & (AddressNeeds.Port | AddressNeeds.PortMandatory)) == 0)
        {
            error = $"port specification not permitted here in '{text}'\n";
            return false;
        }

        if (char.IsAsciiDigit(port[0]))
        {
            var dash = port.IndexOf('-', 1);
            first = (int)Math.Min(Values.Number(port), 1_000_000);
            last = first;
            if (dash > 0)
            {
                if ((needs & AddressNeeds.PortRange) == 0)
                {
                    error = $"port range not permitted here in '{text}'";
                    return false;
                }

                last = (int)Math.Min(Values.Number(port[(dash + 1)..]), 1_000_000);
            }

            var least = (needs & AddressNeeds.NonZeroPort) != 0 ? 1 : 0;
            if (first < least || first > 65535)
            {
                error = $"invalid port '{(dash > 0 ? port[..dash] : port)}'";
            }
            else if (dash > 0 && (last < 1 || last > 65535))
            {
                error = $"invalid port '{port[(dash + 1)..]}'";
            }
            else if (last < first)
            {
                error = $"invalid port range '{port}'";
            }

            return error is null;
        }

        if (port[0] is '-' or '+')
        {
            if ((needs & AddressNeeds.PortOffset) == 0)
            {
                error = $"port offset not permitted here in '{text}'\n";
                return false;
            }

            offset = true;
            first = (int)Values.Number(port);
            last = first;
            return true;
        }

        error = $"invalid character '{port[0]}' in port number '{port}' in '{text}'\n";
        return false;
    }

    private static AddressFamily? Wanted(AddressFamilyWish family) => family switch
    {
        AddressFamilyWish.IPv4 => AddressFamily.InterNetwork,
        AddressFamilyWish.IPv6 => AddressFamily.InterNetworkV6,
        _ => null,
    };

    /// <summary>A numeric address; names, zones and brackets are none.</summary>
    public static IPAddress? Numeric(string host) =>
        host.Length > 0 && host.AsSpan().IndexOfAnyExcept("0123456789abcdefABCDEF.:xX") < 0 && (host.Contains(':', StringComparison.Ordinal) || char.IsAsciiDigit(host[0]))
            && IPAddress.TryParse(host, out var address) ? address : null;

    /// <summary>"10.0.0.0/8", "10.0.0.1", "::1/64", or a mask in dots.</summary>
    public static Runtime.Ir.Proxy.NetworkConfig? Network(string text)
    {
        var slash = text.IndexOf('/');
        var address = Numeric(slash < 0 ? text : text[..slash] is { Length: > 0 } host ? host : "x");
        if (address is null)
        {
            return null;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            return new(address, bits);
        }

        var mask = text[(slash + 1)..];
        if (int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits)
        {
            return new(address, length);
        }

        if (bits == 32 && mask.Contains('.', StringComparison.Ordinal) && Numeric(mask) is { AddressFamily: AddressFamily.InterNetwork } dotted)
        {
            var ones = 0;
            foreach (var b in dotted.GetAddressBytes())
            {
                ones += System.Numerics.BitOperations.PopCount(b);
            }

            return new(address, ones);
        }

        return null;
    }
}
