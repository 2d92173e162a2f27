using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What the reading of the virtual servers builds up.</summary>
internal sealed class CheckerSyntax
{
    public NamedList<TrackFileSyntax> Files { get; } = new(f => f.Name);

    public List<VirtualServerSyntax> Servers { get; } = [];

    public List<VirtualServerGroupConfig> Groups { get; } = [];

    public CheckTlsConfig? Tls { get; set; }

    // The block that is being read.
    public VirtualServerSyntax? Server { get; set; }

    public RealServerSyntax? Real { get; set; }

    public CheckSyntax? Check { get; set; }

    public CheckSyntax? Host { get; set; }

    public UrlSyntax? Url { get; set; }
}

/// <summary>A virtual_server as written.</summary>
internal sealed class VirtualServerSyntax(SourceSpan at)
{
    public VirtualServerConfig Config { get; set; } = new() { At = at };

    public bool HasScheduler { get; set; }

    public ForwardingConfig? Forwarding { get; set; }

    public bool HasSorry { get; set; }

    public List<RealServerSyntax> Servers { get; } = [];

    public Dictionary<string, ScriptSyntax> Scripts { get; } = new(StringComparer.Ordinal);

    /// <summary>The family that servers which are not tunnelled have to have; null while nothing has decided it.</summary>
    public AddressFamily? ServerFamily { get; set; }

    /// <summary>How findings name it: <c>[10.0.0.1]:tcp:80</c>, <c>FWM 1</c>, <c>[G]:0</c>.</summary>
    public string Title => Config.Mark is { } mark ? $"FWM {mark}"
        : Config.GroupName is { } group ? $"[{group}]:0"
        : $"[{Config.Address}]:{ProtocolWord}:{Config.Port}";

    /// <summary>The protocol as findings name it.</summary>
    public string ProtocolWord => Config.Protocol switch { ProtocolType.Tcp => "tcp", ProtocolType.Udp => "udp", null => "none", _ => "sctp" };
}

/// <summary>A real_server as written.</summary>
internal sealed class RealServerSyntax(IPAddress address, int port, SourceSpan at)
{
    public RealServerConfig Config { get; set; } = new() { Address = address, Port = port, At = at };

    public List<CheckSyntax> Checks { get; } = [];

    public Dictionary<string, ScriptSyntax> Scripts { get; } = new(StringComparer.Ordinal);

    /// <summary>How findings name it.</summary>
    public string Title(VirtualServerSyntax server) => $"[{Config.Address}]:{server.ProtocolWord}:{Config.Port}";
}

/// <summary>A check as written.</summary>
internal sealed class CheckSyntax(CheckerKind kind, SourceSpan at)
{
    public CheckerConfig Config { get; set; } = new() { Kind = kind, At = at };

    public ScriptSyntax? Script { get; set; }

    public (uint UserId, uint GroupId)? User { get; set; }

    public List<CheckUrlConfig> Urls { get; } = [];

    public List<CheckSyntax> Hosts { get; } = [];

    public bool HasDnsName { get; set; }

    public bool HasName { get; set; }

    /// <summary>A finding has made it void.</summary>
    public bool Failed { get; set; }
}

/// <summary>A url of an HTTP check as written.</summary>
internal sealed class UrlSyntax
{
    public string? Path { get; set; }

    public string? Digest { get; set; }

    public List<(int First, int Last)> Status { get; } = [];

    public string? HostName { get; set; }

    public string? Regex { get; set; }

    public List<string> RegexOptions { get; } = [];

    public bool RegexInverted { get; set; }

    public uint MinOffset { get; set; }

    public uint MaxOffset { get; set; }
}
