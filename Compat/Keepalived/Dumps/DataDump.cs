using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>Configuration and state as <c>/tmp/keepalived.data</c> shows them.</summary>
internal static class DataDump
{
    private const string UsualInterface = "eth0"; // keepalived.conf(5), default_interface

    /// <summary>The whole file.</summary>
    internal static string Of(VrrpNode node)
    {
        var to = new DumpWriter();
        var clock = new DumpClock();
        var config = node.Core.Config;
        GlobalDump.Write(to, config, node.Interfaces.Find(UsualInterface)?.Name);
        to.List("------< Static Addresses >------", config.StaticAddresses.Select(
            address => ResourceText.Of(address, address.Interface ?? config.Global.DefaultInterface ?? "", isSet: true)));
        to.List("------< Static Routes >------", config.StaticRoutes.Select(RouteText.Of));
        to.List("------< Static Rules >------", config.StaticRules.Select(RuleText.Of));
        to.Line($"------< VRRP Topology >------");
        var instances = new InstanceDump(to, node, clock);
        foreach (var instance in node.Core.Instances)
            instances.Write(instance);
        TrackerDump.Write(to, node, clock);
        InterfaceDump.Write(to, node);
        return to.ToString();
    }
}
