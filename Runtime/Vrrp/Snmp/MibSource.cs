using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>What the tables show: the living node, and what the product says of itself.</summary>
/// <param name="Node">The node.</param>
/// <param name="Product">Name and version (<c>version</c> of KEEPALIVED-MIB).</param>
/// <param name="HostName">The host's name, for who has no <c>router_id</c>.</param>
/// <param name="Clock">The clock of VRRP, microseconds.</param>
public sealed record MibSource(VrrpNode Node, string Product, string HostName, Func<long> Clock)
{
    /// <summary>The base of every name of KEEPALIVED-MIB (enterprises.debian.project.keepalived).</summary>
    internal static readonly Protocols.AgentX.ObjectId Keepalived = new(1, 3, 6, 1, 4, 1, 9586, 100, 5);

    /// <summary>VRRP-MIB (RFC 2787).</summary>
    internal static readonly Protocols.AgentX.ObjectId Version2 = new(1, 3, 6, 1, 2, 1, 68);

    /// <summary>VRRPv3-MIB (RFC 6527).</summary>
    internal static readonly Protocols.AgentX.ObjectId Version3 = new(1, 3, 6, 1, 2, 1, 207);

    /// <summary>When counting began: the start, or the last reload, as the original has it; microseconds.</summary>
    public long Since { get; set; }

    /// <summary>The running configuration.</summary>
    internal KeepalivedConfig Config => Node.Core.Config;

    /// <summary>The global definitions.</summary>
    internal GlobalConfig Global => Config.Global;

    /// <summary>routerId.</summary>
    internal string RouterName => Global.RouterName ?? HostName;

    /// <summary>The instances, numbered from 1 in the order of the file.</summary>
    internal IEnumerable<(InstanceState Instance, uint Number)> Instances => Number(Node.Core.Instances);

    /// <summary>The number of an interface; 0 where there is none of that name.</summary>
    internal uint IndexOf(string? name) => string.IsNullOrEmpty(name) ? 0 : (uint)Node.Interfaces.IndexOf(name);

    /// <summary>Hundredths of a second of life: 0 while an instance has a fault.</summary>
    internal long UpTime(InstanceState instance) =>
        instance.State is VrrpState.Backup or VrrpState.Master ? Math.Max(0, (Clock() - Since) / 10_000) : 0;

    /// <summary>Things with their numbers from 1.</summary>
    internal static IEnumerable<(T Item, uint Number)> Number<T>(IEnumerable<T> items) => items.Select(static (item, index) => (item, (uint)index + 1));
}
