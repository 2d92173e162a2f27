using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>What a virtual router holds and tracks.</summary>
internal sealed partial class InstanceDump
{
    private void WriteAddresses(InstanceState instance, InstanceConfig config)
    {
        to.Line($"   Virtual IP ({config.Addresses.Count}):");
        WriteAddresses(instance, config.Addresses);
        if (config.ExcludedAddresses.Count > 0)
        {
            to.Line($"   Virtual IP Excluded :");
            WriteAddresses(instance, config.ExcludedAddresses);
        }
        if (config.Path.IsUnicast)
            WritePeers(instance, config.Path);
        foreach (var (channel, receive, send) in node.Sockets.Open)
        {
            if (channel == instance.Channel)
                to.Line($"   fd_in {receive}, fd_out {send}");
        }
        if (config.Routes.Count > 0)
            to.Line($"   Virtual Routes :");
        foreach (var route in config.Routes)
            to.Line($"     {route.Line}");
        if (config.Rules.Count > 0)
            to.Line($"   Virtual Rules :");
        foreach (var rule in config.Rules)
            to.Line($"     {rule.Line}");
    }

    private void WriteAddresses(InstanceState instance, ValueList<AddressConfig> addresses)
    {
        foreach (var address in addresses)
            to.Line($"     {ResourceText.Of(address, PlaceOf(node, instance, address), instance.HoldsAddresses)}");
    }

    private void WritePeers(InstanceState instance, AdvertPathConfig path)
    {
        to.Line($"   Unicast TTL = {(path.UnicastTtl < 0 ? 255 : path.UnicastTtl)}");
        to.Line($"   Check unicast src : {DumpWriter.YesNo(path.CheckSource)}");
        to.Line($"   Unicast Peer :");
        foreach (var peer in path.Peers)
            to.Line($"     {peer.Address}{(peer.MinTtl >= 0 || peer.MaxTtl >= 0 ? FormattableString.Invariant($" min_ttl {Math.Max(peer.MinTtl, 0)} max_ttl {(peer.MaxTtl < 0 ? 255 : peer.MaxTtl)}") : "")}");
        to.Line($"   Unicast checksum compatibility = {(instance.UsesOldChecksum ? "yes" : "no")}");
    }

    private void WriteTracked(TrackingConfig tracking)
    {
        if (tracking.Interfaces.Count > 0)
            to.Line($"   Tracked interfaces :");
        foreach (var tracked in tracking.Interfaces)
            to.Line($"     {tracked.Interface} weight {tracked.Weight}{Reverse(tracked.Reverse)}");
        if (tracking.Scripts.Count > 0)
            to.Line($"   Tracked scripts :");
        foreach (var tracked in tracking.Scripts)
            to.Line($"     {tracked.Target.Name} weight {tracked.Weight}{Reverse(tracked.Reverse)}");
        if (tracking.Files.Count > 0)
            to.Line($"   Tracked files :");
        foreach (var tracked in tracking.Files)
            to.Line($"     {tracked.Target.Name}, weight {tracked.Weight}{Reverse(tracked.Reverse)}");
        if (tracking.Processes.Count > 0)
            to.Line($"   Tracked processes :");
        foreach (var tracked in tracking.Processes)
            to.Line($"     {tracked.Target.Name}, weight {tracked.Weight}{Reverse(tracked.Reverse)}");
    }

    /// <summary>The interface of an address; a virtual one with that below it.</summary>
    internal static string PlaceOf(Runtime.Vrrp.Shell.VrrpNode node, InstanceState instance, AddressConfig address)
    {
        var place = node.PlaceOf(instance, address);
        return node.Interfaces.Find(place) is { Notice.Kind: "macvlan" or "ipvlan" } link && node.Interfaces.Find(link.Notice.Below) is { } below ? $"{place}@{below.Name}" : place;
    }

    private static string Reverse(bool reverse) => reverse ? " reverse" : "";
}
