using System.Net;
using System.Net.Sockets;

namespace Dropin.Compat.Keepalived.Genhash;

/// <summary>The page to hash and how to ask for it.</summary>
internal sealed record PageRequest
{
    /// <summary>The web server (-s).</summary>
    public required IPEndPoint Server { get; init; }

    /// <summary>What is asked for, as it stands (-u).</summary>
    public required string Url { get; init; }

    /// <summary>The Host header (-V); null for the server's address and port.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>TLS (-S).</summary>
    public bool Tls { get; init; }

    /// <summary>The virtual host is named in the handshake (-I).</summary>
    public bool SendsServerName { get; init; }

    /// <summary>HTTP/1.1 (-P 1.1).</summary>
    public bool Http11 { get; init; }

    /// <summary>"Connection: close" is sent (-P 1.1 or 1.0c).</summary>
    public bool Closes { get; init; }

    /// <summary>The longest that one step may take in seconds (-t); null: for ever.</summary>
    public ulong? Timeout { get; init; }

    /// <summary>The firewall mark of the packets (-m).</summary>
    public uint? Mark { get; init; }

    /// <summary>Everything is shown (-v).</summary>
    public bool Verbose { get; init; }

    /// <summary>The request's bytes, as the checkers of keepalived send them.</summary>
    public string Text => $"GET {Url} HTTP/1.{(Http11 ? 1 : 0)}\r\nUser-Agent: KeepAliveClient\r\n{(Closes ? "Connection: close\r\n" : "")}Host: {VirtualHost ?? Address}\r\n\r\n";

    private string Address => Server.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Server.Address}]:{Server.Port}" : $"{Server.Address}:{Server.Port}";
}
