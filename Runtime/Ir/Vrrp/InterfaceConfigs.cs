namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>Limits of the rate of gratuitous ARP on interfaces (<c>garp_group</c>, <c>vrrp_garp_interval</c>).</summary>
/// <param name="Interfaces">Their names.</param>
/// <param name="ArpInterval">Between two gratuitous ARPs; zero for no limit.</param>
/// <param name="NeighbourInterval">Between two neighbour advertisements; zero for no limit.</param>
public sealed record GarpGroupConfig(ValueList<string> Interfaces, TimeSpan ArpInterval, TimeSpan NeighbourInterval);

/// <summary>How long a change of an interface has to last before it counts.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Down">Before a failure counts.</param>
/// <param name="Up">Before a return counts.</param>
public sealed record InterfaceDelayConfig(string Interface, TimeSpan Down, TimeSpan Up);

/// <summary>An interface whose carrier is polled.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Kind">By which ioctl; null to try all.</param>
public sealed record LinkbeatConfig(string Interface, LinkbeatKind? Kind);

/// <summary>How a carrier is asked for.</summary>
public enum LinkbeatKind
{
    /// <summary>SIOCGMIIREG.</summary>
    Mii,

    /// <summary>SIOCETHTOOL.</summary>
    EthTool,

    /// <summary>The interface's flags.</summary>
    Ioctl,
}
