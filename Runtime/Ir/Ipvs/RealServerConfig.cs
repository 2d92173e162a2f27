using System.Net;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Ir.Ipvs;

/// <summary>One server of a virtual server (<c>real_server</c>).</summary>
public sealed record RealServerConfig
{
    /// <summary>Its address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Its port; 0 for that of the service.</summary>
    public int Port { get; init; }

    /// <summary>Its weight; null for the service's default.</summary>
    public uint? Weight { get; init; }

    /// <summary>How packets reach it; null for the service's way.</summary>
    public ForwardingConfig? Forwarding { get; init; }

    /// <summary>The most connections; 0 for no limit.</summary>
    public uint UpperThreshold { get; init; }

    /// <summary>The number of connections below which it gets new ones again; 0 for none.</summary>
    public uint LowerThreshold { get; init; }

    /// <summary>Run when it is found well.</summary>
    public ScriptCommand? NotifyUp { get; init; }

    /// <summary>Run when it is found failed.</summary>
    public ScriptCommand? NotifyDown { get; init; }

    /// <summary>Mail on changes; null for the default.</summary>
    public bool? SmtpAlert { get; init; }

    /// <summary>See <see cref="VirtualServerConfig.Alpha"/>; null for the service's.</summary>
    public bool? Alpha { get; init; }

    /// <summary>See <see cref="VirtualServerConfig.InhibitOnFailure"/>; null for the service's.</summary>
    public bool? InhibitOnFailure { get; init; }

    /// <summary>The host name of checks that name none.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>The name in SNMP; null for none.</summary>
    public string? SnmpName { get; init; }

    /// <summary>Times of checks that name none.</summary>
    public CheckTimes Times { get; init; } = new();

    /// <summary>Its checks; without any it counts as well.</summary>
    public ValueList<CheckerConfig> Checkers { get; init; } = [];

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}

/// <summary>Times of checks; null members are inherited: from the server, the service, and the default.</summary>
public sealed record CheckTimes
{
    /// <summary>Of connecting; 5 s.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Tries after the first that failed; 1, with HTTP and DNS 3.</summary>
    public uint? Retry { get; init; }

    /// <summary>Before another try.</summary>
    public TimeSpan? DelayBeforeRetry { get; init; }

    /// <summary>The first check comes at random within this time; the loop's.</summary>
    public TimeSpan? Warmup { get; init; }

    /// <summary>Between two checks; 60 s.</summary>
    public TimeSpan? DelayLoop { get; init; }
}
