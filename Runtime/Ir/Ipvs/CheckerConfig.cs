using System.Net;
using Dropin.Runtime.Ir.Bfd;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Ir.Ipvs;

/// <summary>One check of a server.</summary>
public sealed record CheckerConfig
{
    /// <summary>Of which kind.</summary>
    public required CheckerKind Kind { get; init; }

    /// <summary>Where it connects to; null for the server.</summary>
    public IPAddress? ConnectAddress { get; init; }

    /// <summary>The port; 0 for the server's.</summary>
    public int ConnectPort { get; init; }

    /// <summary>Where it comes from; null for the system's choice.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>The interface; null for the system's choice.</summary>
    public string? BindInterface { get; init; }

    /// <summary>The source port; 0 for the system's choice.</summary>
    public int BindPort { get; init; }

    /// <summary>The mark of its packets; 0 for none.</summary>
    public uint Mark { get; init; }

    /// <summary>See <see cref="VirtualServerConfig.Alpha"/>; null for the server's.</summary>
    public bool? Alpha { get; init; }

    /// <summary>Each failure is logged; null for the global default.</summary>
    public bool? LogAllFailures { get; init; }

    /// <summary>Its times.</summary>
    public CheckTimes Times { get; init; } = new();

    /// <summary>Host name of the request, or the name in HELO; null for none.</summary>
    public string? HostName { get; init; }

    /// <summary>HTTP: 1.0, 1.0C (with Connection: close) or 1.1.</summary>
    public string HttpProtocol { get; init; } = "1.0";

    /// <summary>TLS: the server's name is sent.</summary>
    public bool SendsServerName { get; init; }

    /// <summary>HTTP: recovering takes one round over all paths without waiting.</summary>
    public bool FastRecovery { get; init; }

    /// <summary>HTTP: what is asked for.</summary>
    public ValueList<CheckUrlConfig> Urls { get; init; } = [];

    /// <summary>Mail: the hosts that are asked, where not the server itself.</summary>
    public ValueList<CheckerConfig> Hosts { get; init; } = [];

    /// <summary>DNS: the name that is asked for.</summary>
    public string DnsName { get; init; } = ".";

    /// <summary>DNS: the type.</summary>
    public string DnsType { get; init; } = "SOA";

    /// <summary>A program: what is run.</summary>
    public ScriptCommand? Command { get; init; }

    /// <summary>A program: after which it is ended; zero for the loop's time.</summary>
    public TimeSpan CommandTimeout { get; init; }

    /// <summary>A program: its exit code is a weight.</summary>
    public bool ExitCodeIsWeight { get; init; }

    /// <summary>UDP: what is sent; empty for something random.</summary>
    public ValueList<byte> Payload { get; init; } = [];

    /// <summary>UDP: an answer is needed.</summary>
    public bool RequiresReply { get; init; }

    /// <summary>UDP: the least length of the answer.</summary>
    public int MinReplyLength { get; init; }

    /// <summary>UDP: the largest length of the answer.</summary>
    public int MaxReplyLength { get; init; } = 255;

    /// <summary>UDP: hexadecimal digits of the answer, x for any; null for no comparison.</summary>
    public string? Reply { get; init; }

    /// <summary>The BFD session that is watched.</summary>
    public BfdInstanceConfig? Bfd { get; init; }

    /// <summary>The file that is watched.</summary>
    public TrackFileConfig? File { get; init; }

    /// <summary>The file's weight here.</summary>
    public int FileWeight { get; init; } = 1;

    /// <summary>The weight is reversed.</summary>
    public bool FileReverse { get; init; }

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>Kinds of checks.</summary>
public enum CheckerKind
{
    /// <summary>A connection.</summary>
    Tcp,

    /// <summary>An HTTP answer.</summary>
    Http,

    /// <summary>An HTTP answer over TLS.</summary>
    Https,

    /// <summary>A greeting of a mail server.</summary>
    Smtp,

    /// <summary>An answer of a name server.</summary>
    Dns,

    /// <summary>A program.</summary>
    Program,

    /// <summary>An ICMP echo.</summary>
    Ping,

    /// <summary>A datagram.</summary>
    Udp,

    /// <summary>A BFD session.</summary>
    Bfd,

    /// <summary>A file.</summary>
    File,
}

/// <summary>One request of an HTTP check.</summary>
/// <param name="Path">The path.</param>
/// <param name="Digest">MD5 of the body in hexadecimal; null for none.</param>
/// <param name="StatusRanges">First and last status that are good; empty for 200 to 299.</param>
/// <param name="HostName">The host name; null for the check's.</param>
/// <param name="Regex">The expression that is looked for; null for none.</param>
public sealed record CheckUrlConfig(string Path, string? Digest, ValueList<(int First, int Last)> StatusRanges, string? HostName, CheckRegexConfig? Regex);

/// <summary>What is looked for in a body.</summary>
/// <param name="Pattern">The expression.</param>
/// <param name="Options">Options of pcre2.</param>
/// <param name="Inverted">Not finding it is good.</param>
/// <param name="MinOffset">Where the search begins.</param>
/// <param name="MaxOffset">Where a match may begin at the latest; 0 for anywhere.</param>
public sealed record CheckRegexConfig(string Pattern, ValueList<string> Options, bool Inverted, uint MinOffset, uint MaxOffset);

/// <summary>Certificates of HTTPS checks (<c>SSL</c>).</summary>
/// <param name="Password">Of the key.</param>
/// <param name="CaFile">Authorities.</param>
/// <param name="CertificateFile">Our certificate.</param>
/// <param name="KeyFile">Its key.</param>
public sealed record CheckTlsConfig(string? Password, string? CaFile, string? CertificateFile, string? KeyFile);
