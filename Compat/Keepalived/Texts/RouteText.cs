using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>Routes as dumps and the log write them, whatever words the operator chose (observed with keepalived 2.2.7).</summary>
internal static class RouteText
{
    private const byte Unicast = 1;
    private const byte MainTable = 254;

    // ip-route(8), RTN_*.
    private static readonly string[] s_types =
        ["unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw", "nat", "xresolve"];

    // ip-route(8), RTAX_*.
    private static readonly string[] s_metrics =
        ["", "lock", "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd", "features", "rto_min", "initrwnd", "quickack",
         "congctl", "fastopen_no_cookie"];

    private static readonly string[] s_preferences = ["medium", "high", "", "low"];

    /// <summary>Where it leads to: <c>10.1.0.0/16</c>, <c>10.1.1.1</c>, <c>0.0.0.0/0</c>.</summary>
    internal static string Destination(RouteConfig route) =>
        Prefix(route.Destination ?? (route.Family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any), route.PrefixLength);

    /// <summary>All of it.</summary>
    internal static string Of(RouteConfig route)
    {
        var text = new StringBuilder(Placement(route));
        if (route.Type != Unicast)
            text.Append(' ').Append(route.Type < s_types.Length ? s_types[route.Type] : Number(route.Type));
        text.Append(' ').Append(Destination(route));
        if (route.From != null)
            text.Append(" from ").Append(Prefix(route.From, route.FromPrefixLength));
        if (route.PreferredSource != null)
            text.Append(" src ").Append(route.PreferredSource);
        if (route.Hops is [var single])
            text.Append(Hop(single));
        if (route.Table != MainTable)
            text.Append(" table ").Append(Number(route.Table));
        if (route.Tos != 0)
            text.Append(CultureInfo.InvariantCulture, $" tos 0x{route.Tos:x}");
        if (!(route.NoTrack && route.Hops is [{ Interface: not null }])) // the word takes its place; without an interface it is not the operator's word
            text.Append(" proto ").Append(Number(route.Protocol));
        AppendRest(text, route);
        if (route.Hops.Count > 1)
        {
            var isWeighted = route.Hops.Any(hop => hop.Weight != 1);
            foreach (var hop in route.Hops)
                text.Append(" nexthop").Append(Hop(hop)).Append(isWeighted ? " weight " + Number((uint)hop.Weight) : "").Append(hop.OnLink ? " onlink" : "").Append(Realms(hop.Realms));
        }
        return text.Append(route.NoTrack ? " no_track" : "").ToString();
    }

    /// <summary>Realms; the source's, if any, before the slash.</summary>
    internal static string Realms(uint? realms) => realms is not { } both ? ""
        : both >> 16 == 0 ? " realm " + Number(both) : string.Create(CultureInfo.InvariantCulture, $" realms {both >> 16}/{both & 0xffff}");

    /// <summary>An address with the length of its prefix, where that is not all of it.</summary>
    internal static string Prefix(IPAddress address, int length) =>
        length == (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) ? address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{address}/{length}");

    private static void AppendRest(StringBuilder text, RouteConfig route)
    {
        if (route.Scope is { } scope)
            text.Append(" scope ").Append(Number(scope));
        if (route.Metric is { } metric)
            text.Append(" metric ").Append(Number(metric));
        if (route.Hops is [{ OnLink: true }])
            text.Append(" onlink");
        text.Append(Realms(route.Realms));
        if (route.Expires is { } expires)
            text.Append(CultureInfo.InvariantCulture, $" expires {expires}sec");
        foreach (var value in route.Metrics)
        {
            var name = value.Number < s_metrics.Length ? s_metrics[value.Number] : Number((uint)value.Number);
            var isLocked = (route.LockedMetrics & (1u << value.Number)) != 0;
            text.Append(' ').Append(name).Append(isLocked ? " lock " : " ").Append(name == "features" && value.Value == 1 ? "ecn" : Number(value.Value));
        }
        if (route.CongestionControl != null)
            text.Append(" congctl ").Append(route.CongestionControl);
        if (route.Preference is { } preference && preference < s_preferences.Length)
            text.Append(" pref ").Append(s_preferences[preference]);
    }

    private static string Hop(NextHopConfig hop) =>
        (hop.Gateway is { } gateway ? $" via {(gateway.AddressFamily == AddressFamily.InterNetwork ? "inet" : "inet6")} {gateway}" : "")
        + (hop.Interface is { } name ? " dev " + name : "");

    // Routes that lead nowhere else must not be there yet, where the operator says nothing.
    private static string Placement(RouteConfig route) => route.Placement switch
    {
        RoutePlacement.Prepend => "prepend",
        RoutePlacement.Append => "append",
        RoutePlacement.Add => "add",
        _ => route.Type == Unicast ? "prepend" : "add",
    };

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
