using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>One address line (<c>virtual_ipaddress</c>, <c>_excluded</c>, <c>static_ipaddress</c>).</summary>
public sealed record AddressConfig
{
    /// <summary>The address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Bits of the network; 32 or 128 where none was written.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The interface; null for the instance's.</summary>
    public string? Interface { get; init; }

    /// <summary>The other end (<c>peer</c>); null for none. The prefix length is then that of the peer.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>The broadcast address; null for none.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>rtnetlink's scope: 0 global (site 200, link 253, host 254).</summary>
    public byte Scope { get; init; }

    /// <summary>The label of the address, <c>eth0:1</c>; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>rtnetlink's flags (IFA_F_*): home, nodad, mngtmpaddr, noprefixroute, autojoin.</summary>
    public uint Flags { get; init; }

    /// <summary>Its interface is not tracked (<c>no_track</c>).</summary>
    public bool NoTrack { get; init; }

    /// <summary>Seconds for which IPv6 prefers it; null for ever, 0 for never (<c>preferred_lft 0</c>).</summary>
    public uint? PreferredLifetime { get; init; }

    /// <summary>A VMAC of its own on its interface (<c>use_vmac</c> in the line); null for none.</summary>
    public VirtualMacConfig? VirtualMac { get; init; }

    /// <summary>The group that tracks it (<c>track_group</c>); null for none.</summary>
    public string? TrackGroup { get; init; }

    /// <summary>IPv4 or IPv6.</summary>
    public AddressFamily Family => Address.AddressFamily;

    /// <summary>Where it was written.</summary>
    public SourceSpan At { get; init; }
}
