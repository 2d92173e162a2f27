using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Runtime.Vrrp.Shell.Requests;

/// <summary>A route of the configuration as rtnetlink(7) wants it: the same attributes in the same order as keepalived 2.2.7 gives.</summary>
public static class RouteRequest
{
    private const byte Unicast = 1;
    private const byte Nowhere = 255;
    private const uint OnLink = 4;

    /// <summary>Makes the route, where its line wants it among those to the same destination; one that leads nowhere else must not be there yet.</summary>
    /// <param name="route">The route.</param>
    /// <param name="indexOf">The number of a link; 0 for one that does not exist.</param>
    public static NetlinkMessage Add(RouteConfig route, Func<string, int> indexOf)
    {
        var placement = route.Placement switch
        {
            RoutePlacement.Add => NetlinkFlags.Exclusive,
            RoutePlacement.Append => NetlinkFlags.Append,
            RoutePlacement.Prepend => NetlinkFlags.None,
            _ => route.Type == Unicast ? NetlinkFlags.None : NetlinkFlags.Exclusive,
        };
        return Write(NetlinkKind.NewRoute, NetlinkFlags.Acknowledge | NetlinkFlags.Create | placement, route, route.Scope ?? 0, route.Type, indexOf);
    }

    /// <summary>Takes the route away, whatever its scope.</summary>
    public static NetlinkMessage Remove(RouteConfig route, Func<string, int> indexOf) =>
        Write(NetlinkKind.DeleteRoute, NetlinkFlags.Acknowledge, route, Nowhere, route.Type == Unicast ? (byte)0 : route.Type, indexOf);

    private static NetlinkMessage Write(
        NetlinkKind kind, NetlinkFlags flags, RouteConfig route, byte scope, byte type, Func<string, int> indexOf)
    {
        var single = route.Hops.Count == 1 ? route.Hops[0] : null;
        var message = Begin(kind, flags, route, scope, type, single);
        if (route.Table > byte.MaxValue)
        {
            message.Attribute(RouteAttribute.Table, route.Table);
        }

        message.Attribute(RouteAttribute.Destination, route.Destination ?? (route.Family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any));
        if (route.From is not null)
        {
            message.Attribute(RouteAttribute.Source, route.From);
        }

        if (route.PreferredSource is not null)
        {
            message.Attribute(RouteAttribute.PreferredSource, route.PreferredSource);
        }

        if (single?.Gateway is not null)
        {
            WriteGateway(message, single.Gateway, route.Family);
        }

        if (single?.Interface is not null)
        {
            message.Attribute(RouteAttribute.OutputInterface, (uint)indexOf(single.Interface));
        }

        if (route.Metric is { } metric)
        {
            message.Attribute(RouteAttribute.Priority, metric);
        }

        if (route.Realms is { } realms)
        {
            message.Attribute(RouteAttribute.Flow, realms);
        }

        WriteMetrics(message, route);
        if (route.Expires is { } expires)
        {
            message.Attribute(RouteAttribute.Expires, expires);
        }

        if (route.Preference is { } preference)
        {
            message.Attribute(RouteAttribute.Preference, preference);
        }

        if (route.Hops.Count > 1)
        {
            WriteHops(message, route, indexOf);
        }

        return message;
    }

    private static NetlinkMessage Begin(NetlinkKind kind, NetlinkFlags flags, RouteConfig route, byte scope, byte type, NextHopConfig? single)
    {
        Span<byte> header = stackalloc byte[12];
        header[0] = Families.Of(route.Family);
        header[1] = (byte)route.PrefixLength;
        header[2] = (byte)route.FromPrefixLength;
        header[3] = route.Tos;
        header[4] = (byte)(route.Table <= byte.MaxValue ? route.Table : 0);
        header[5] = route.Protocol;
        header[6] = scope;
        header[7] = type;
        MemoryMarshal.Write(header[8..], single is { OnLink: true } ? OnLink : 0u);
        return new NetlinkMessage(kind, flags).Fixed(header);
    }

    private static void WriteGateway(NetlinkMessage message, IPAddress gateway, AddressFamily family)
    {
        if (gateway.AddressFamily == family)
        {
            message.Attribute(RouteAttribute.Gateway, gateway);
            return;
        }

        // A next router of the other family: the family's number and the address (struct rtvia).
        Span<byte> via = stackalloc byte[18];
        MemoryMarshal.Write(via, (ushort)Families.Of(gateway.AddressFamily));
        gateway.TryWriteBytes(via[2..], out var count);
        message.Attribute(RouteAttribute.Via, via[..(2 + count)]);
    }

    private static void WriteMetrics(NetlinkMessage message, RouteConfig route)
    {
        if (route.Metrics.Count == 0 && route.LockedMetrics == 0 && route.CongestionControl is null)
        {
            return;
        }

        var nest = message.BeginNest(RouteAttribute.Metrics);
        if (route.CongestionControl is not null)
        {
            message.Attribute(RouteAttribute.MetricCongestionControl, Encoding.ASCII.GetBytes(route.CongestionControl));
        }

        foreach (var metric in route.Metrics)
        {
            message.Attribute((ushort)metric.Number, metric.Value);
        }

        if (route.LockedMetrics != 0)
        {
            message.Attribute(RouteAttribute.MetricLock, route.LockedMetrics);
        }

        message.EndNest(nest);
    }

    private static void WriteHops(NetlinkMessage message, RouteConfig route, Func<string, int> indexOf)
    {
        Span<byte> header = stackalloc byte[8]; // struct rtnexthop: length, flags, weight - 1, link
        var nest = message.BeginNest(RouteAttribute.MultiPath);
        foreach (var hop in route.Hops)
        {
            var at = message.Length;
            header.Clear();
            header[2] = (byte)(hop.OnLink ? OnLink : 0);
            header[3] = (byte)(hop.Weight - 1);
            MemoryMarshal.Write(header[4..], hop.Interface is null ? 0 : indexOf(hop.Interface));
            message.Fixed(header);
            if (hop.Gateway is not null)
            {
                WriteGateway(message, hop.Gateway, route.Family);
            }

            if (hop.Realms is { } realms)
            {
                message.Attribute(RouteAttribute.Flow, realms);
            }

            message.Patch(at, (ushort)(message.Length - at));
        }

        message.EndNest(nest);
    }
}
