using System.Net;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Bfd;

/// <summary>One session of bidirectional forwarding detection (<c>bfd_instance</c>, RFC 5880).</summary>
public sealed record BfdInstanceConfig
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The other end.</summary>
    public required IPAddress Neighbor { get; init; }

    /// <summary>Our address; null for the system's choice.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The shortest interval at which packets are taken.</summary>
    public TimeSpan MinReceive { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The shortest interval at which packets are sent.</summary>
    public TimeSpan MinTransmit { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The interval while the session is down.</summary>
    public TimeSpan IdleTransmit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Packets missed in a row that end the session, 1 to 255.</summary>
    public int Multiplier { get; init; } = 5;

    /// <summary>Nothing is sent before the other end does.</summary>
    public bool IsPassive { get; init; }

    /// <summary>TTL or hop limit of what is sent; 0 for the default of the family.</summary>
    public int TimeToLive { get; init; }

    /// <summary>How much the TTL of received packets may be reduced; -1 for the default, 255 for any.</summary>
    public int MaxHops { get; init; } = -1;

    /// <summary>The weight where a tracker names none, -253 to 253.</summary>
    public int Weight { get; init; }

    /// <summary>Whether <c>reverse</c> stands behind the weight.</summary>
    public bool Reverse { get; init; }

    /// <summary>Virtual routers are told.</summary>
    public bool TellsVrrp { get; init; }

    /// <summary>Virtual servers are told.</summary>
    public bool TellsCheckers { get; init; }

    /// <summary>Where the block begins.</summary>
    public SourceSpan At { get; init; }
}
