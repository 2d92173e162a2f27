using Dropin.Compat.Keepalived.Texts;
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
        foreach (var line in Lines(instance, config.Addresses))
            to.Text("     " + line);
        to.List("   Virtual IP Excluded :", Lines(instance, config.ExcludedAddresses));
        if (config.Path.IsUnicast)
            WritePeers(instance, config.Path);
        foreach (var (channel, receive, send) in node.Sockets.Open)
        {
            if (channel == instance.Channel)
                to.Line($"   fd_in {receive}, fd_out {send}");
        }
        to.List("   Virtual Routes :", config.Routes.Select(RouteText.Of));
        to.List("   Virtual Rules :", config.Rules.Select(RuleText.Of));
    }

    private IEnumerable<string> Lines(InstanceState instance, ValueList<AddressConfig> addresses) =>
        addresses.Select(address => ResourceText.Of(address, PlaceOf(node, instance, address), instance.HoldsAddresses));

    private void WritePeers(InstanceState instance, AdvertPathConfig path)
    {
        to.Line($"   Unicast TTL = {(path.UnicastTtl < 0 ? 255 : path.UnicastTtl)}");
        to.Line($"   Check unicast src : {DumpWriter.YesNo(path.CheckSource)}");
        to.Line($"   Unicast Peer :");
        foreach (var peer in path.Peers)
            to.Line($"     {peer.Address}{(peer.MinTtl >= 0 || peer.MaxTtl >= 0 ? FormattableString.Invariant($" min_ttl {Math.Max(peer.MinTtl, 0)} max_ttl {(peer.MaxTtl < 0 ? 255 : peer.MaxTtl)}") : "")}");
        to.Line($"   Unicast checksum compatibility = {DumpWriter.YesNo(instance.UsesOldChecksum)}");
    }

    private void WriteTracked(TrackingConfig tracking)
    {
        to.List("   Tracked interfaces :", tracking.Interfaces.Select(tracked => $"{tracked.Interface} {Weight(tracked.Weight, tracked.Reverse)}"));
        to.List("   Tracked scripts :", tracking.Scripts.Select(tracked => $"{tracked.Target.Name} {Weight(tracked.Weight, tracked.Reverse)}"));
        to.List("   Tracked files :", tracking.Files.Select(tracked => $"{tracked.Target.Name}, {Weight(tracked.Weight, tracked.Reverse)}"));
        to.List("   Tracked processes :", tracking.Processes.Select(tracked => $"{tracked.Target.Name}, {Weight(tracked.Weight, tracked.Reverse)}"));
    }

    /// <summary>The interface of an address; a virtual one with that below it.</summary>
    internal static string PlaceOf(Runtime.Vrrp.Shell.VrrpNode node, InstanceState instance, AddressConfig address)
    {
        var place = node.PlaceOf(instance, address);
        return node.Interfaces.Find(place) is { Notice.Kind: "macvlan" or "ipvlan" } link && node.Interfaces.Find(link.Notice.Below) is { } below ? $"{place}@{below.Name}" : place;
    }

    private static string Weight(int weight, bool reverse) => FormattableString.Invariant($"weight {weight}{DumpWriter.Reverse(reverse)}");
}
