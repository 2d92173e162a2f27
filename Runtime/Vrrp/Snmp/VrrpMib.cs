using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>What this router shows by SNMP.</summary>
public static class VrrpMib
{
    /// <summary>The subtrees that a configuration asks for, with the words that the original has for them in sysORTable.</summary>
    public static IReadOnlyList<MibSubtree> Subtrees(SnmpConfig config)
    {
        var subtrees = new List<MibSubtree>();
        if (config.Keepalived)
        {
            subtrees.Add(new MibSubtree(GlobalTables.Root, "The MIB module for Keepalived"));
            subtrees.Add(new MibSubtree(TrackingTables.Root, "The MIB module for KEEPALIVED-VRRP"));
        }

        if (config.Version2)
        {
            subtrees.Add(new MibSubtree(MibSource.Version2, "The MIB module for VRRP"));
        }

        if (config.Version3)
        {
            subtrees.Add(new MibSubtree(MibSource.Version3, "The MIB module for VRRPV3"));
        }

        return subtrees;
    }

    /// <summary>All tables as one tree; the master asks only for what was registered.</summary>
    public static MibView View(MibSource source) => new(
    [
        .. GlobalTables.Of(source), .. GroupTables.Of(source), InstanceTable.Of(source), .. TrackingTables.Of(source), .. ResourceTables.Of(source),
        .. Rfc2787Tables.Of(source), .. Rfc6527Tables.Of(source),
    ]);
}
