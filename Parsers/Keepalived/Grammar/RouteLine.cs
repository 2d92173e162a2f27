using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>One line of <c>virtual_routes</c> or <c>static_routes</c>; the words are those of ip-route(8).</summary>
internal sealed class RouteLine(Statement s, bool isStatic)
{
    private static readonly DiagnosticDescriptor s_unknown = FindingKind.Warning("route-word", "unknown route keyword {0}");
    private static readonly DiagnosticDescriptor s_noDestination = FindingKind.Warning("route-destination", "Route must have a destination");
    private static readonly DiagnosticDescriptor s_mixed = FindingKind.Warning("route-family", "Cannot mix IPv4 and IPv6 addresses for route");
    private static readonly DiagnosticDescriptor s_address = FindingKind.Warning("route-address", "invalid {0} address {1}");
    private static readonly DiagnosticDescriptor s_deprecated = FindingKind.Warning("route-deprecated", "\"{0}\" for routes is deprecated. Please use \"{1}\"");
    private static readonly DiagnosticDescriptor s_noDevice = FindingKind.Warning("route-interface", "WARNING - interface {0} for VROUTE nexthop doesn't exist");
    private static readonly DiagnosticDescriptor s_table = FindingKind.Warning("route-table", "Routing table {0} not found for route");
    private static readonly DiagnosticDescriptor s_tos = FindingKind.Warning("route-tos", "TOS value {0} is invalid");
    private static readonly DiagnosticDescriptor s_notFound = FindingKind.Warning("route-number", "{0} {1} not found or invalid for route");
    private static readonly DiagnosticDescriptor s_invalid = FindingKind.Warning("route-value", "Invalid {0} {1} specified for route");
    private static readonly DiagnosticDescriptor s_invalidTime = FindingKind.Warning("route-time", "Invalid {0} {1} for route");
    private static readonly DiagnosticDescriptor s_feature = FindingKind.Warning("route-feature", "feature {0} not supported");
    private static readonly DiagnosticDescriptor s_only6 = FindingKind.Warning("route-ipv6-only", "{0} is only valid for IPv6");
    private static readonly DiagnosticDescriptor s_only4 = FindingKind.Warning("route-ipv4-only", "realms are only valid for IPv4");
    private static readonly DiagnosticDescriptor s_propagate = FindingKind.Warning("route-ttl-propagate", "ttl-propagate value {0} not recognised");
    private static readonly DiagnosticDescriptor s_vrf = FindingKind.Warning("route-vrf", "VRF {0} not found for route");
    private static readonly DiagnosticDescriptor s_encap = FindingKind.Warning("route-encap", "Unknown encap type - {0}");
    private static readonly DiagnosticDescriptor s_as = FindingKind.Warning("route-as", "\"as to\" for MPLS only - ignoring");
    private static readonly DiagnosticDescriptor s_noTrack = FindingKind.Warning("route-track", "Warning - cannot track route {0} with no interface specified, not tracking");
    private static readonly DiagnosticDescriptor s_protocol = FindingKind.Warning("route-track-protocol",
        "Route cannot be tracked if protocol is not RTPROT_KEEPALIVED(18), resetting protocol");

    private static readonly DiagnosticDescriptor s_nonsense = FindingKind.Warning("route-nonsense", "Route has trailing nonsense after nexthops - {0}");
    private static readonly DiagnosticDescriptor s_groupDevice = FindingKind.Warning("route-group-interface", "Static route cannot have track group if no oif specified");
    private static readonly DiagnosticDescriptor s_group = FindingKind.Warning("route-track-group", "track_group {0} not found");

    private static readonly Dictionary<string, byte> s_types = new(StringComparer.Ordinal)
    {
        ["unicast"] = 1, ["local"] = 2, ["broadcast"] = 3, ["anycast"] = 4, ["multicast"] = 5, ["blackhole"] = 6,
        ["unreachable"] = 7, ["prohibit"] = 8, ["throw"] = 9,
    };

    // RTAX_* of linux/rtnetlink.h, the largest value, and what complaints call it.
    private static readonly Dictionary<string, (int Number, uint Max, string Name)> s_metrics = new(StringComparer.Ordinal)
    {
        ["mtu"] = (2, uint.MaxValue, "MTU"), ["window"] = (3, uint.MaxValue, "window"), ["cwnd"] = (7, uint.MaxValue, "cwnd"),
        ["ssthresh"] = (6, uint.MaxValue, "ssthresh"), ["advmss"] = (8, uint.MaxValue, "advmss"), ["reordering"] = (9, uint.MaxValue, "reordering value"),
        ["hoplimit"] = (10, 255, "hoplimit"), ["initcwnd"] = (11, uint.MaxValue, "initcwnd"), ["initrwnd"] = (14, uint.MaxValue, "initrwnd"),
        ["quickack"] = (15, 1, "quickack value"), ["fastopen_no_cookie"] = (17, 1, "fastopen_no_cookie value"),
    };

    private RouteConfig _route = new() { Line = s.Text, At = s.At };
    private AddressFamily? _family;
    private string? _destination;
    private string? _interface;
    private IPAddress? _gateway;
    private bool _onLink;
    private bool _failed;
    private int _at;

    /// <summary>Reads the line; null where it makes no route, and why was said.</summary>
    public RouteConfig? Read()
    {
        while (_at < s.Count && !_failed && !s.Document.Sink.Stopped)
        {
            var word = s.Words[_at++];
            if (word == "nexthop")
            {
                Hops();
            }
            else
            {
                Option(word);
            }
        }

        if (_failed || s.Document.Sink.Stopped)
        {
            return null;
        }

        if (_destination is null)
        {
            s.Report(s_noDestination);
            return null;
        }

        var hops = _gateway is null && _interface is null ? _route.Hops : ValueList.Create<NextHopConfig>([new(_gateway, _interface, 1, _onLink), .. _route.Hops.AsSpan()]);
        return Tracked(_route with { Hops = hops, Family = _family ?? AddressFamily.InterNetwork });
    }

    private RouteConfig Tracked(RouteConfig route)
    {
        if (route.NoTrack)
        {
            return route;
        }

        if (_interface is null)
        {
            s.Report(s_noTrack, _destination!);
            if (route.TrackGroup is not null)
            {
                s.Report(s_groupDevice);
            }

            return route with { NoTrack = true, TrackGroup = null };
        }

        if (route.Protocol != 18)
        {
            s.Report(s_protocol);
            return route with { Protocol = 18 };
        }

        return route;
    }

    private bool Value(out string value) => s.Need(out value, _at++);

    private void Option(string word)
    {
        if (s_types.TryGetValue(word, out var type) && _destination is null)
        {
            _route = _route with { Type = type };
        }
        else if (s_metrics.TryGetValue(word, out var metric))
        {
            Metric(metric);
        }
        else if (word is "no_track")
        {
            _route = _route with { NoTrack = true };
        }
        else if (word is "onlink")
        {
            _onLink = true;
        }
        else if (word is "add" or "append" or "prepend")
        {
            _route = _route with { Placement = word == "append" ? RoutePlacement.Append : word == "add" ? RoutePlacement.Add : RoutePlacement.Prepend };
        }
        else if (word is "inet" or "inet6")
        {
            // The original takes what follows for something of another kind.
            Family(word == "inet6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
            _at++;
        }
        else
        {
            Valued(word);
        }
    }

    private void Valued(string word)
    {
        switch (word)
        {
            case "to": if (Value(out var to)) Destination(to); break;
            case "src": if (Value(out var source)) PreferredSource(source); break;
            case "from": if (Value(out var from)) From(from); break;
            case "via" or "gw": Via(word); break;
            case "or": Or(); break;
            case "dev" or "oif": if (Value(out var device)) Device(device); break;
            case "table": if (Value(out var table)) Number("rt_tables", table, uint.MaxValue, s_table, [table], v => _route = _route with { Table = v }); break;
            case "tos" or "dsfield": if (Value(out var tos)) Number("rt_dsfield", tos, 255, s_tos, [tos], v => _route = _route with { Tos = (byte)v }); break;
            case "protocol": if (Value(out var protocol)) Number("rt_protos", protocol, 255, s_notFound, ["Protocol", protocol], v => _route = _route with { Protocol = (byte)v }); break;
            case "scope": if (Value(out var scope)) Number("rt_scopes", scope, 255, s_notFound, ["Scope", scope], v => _route = _route with { Scope = (byte)v }); break;
            case "metric" or "priority" or "preference": Metric(); break;
            case "rtt" or "rttvar" or "rto_min": Time(word); break;
            case "realms": _route = _route with { Realms = Realms() }; _failed = _route.Realms is null; break;
            case "features": Features(); break;
            case "congctl": Congestion(); break;
            case "pref" or "expires": SixOnly(word); break;
            case "ttl-propagate": if (Value(out var propagate) && propagate is not ("enabled" or "disabled")) s.Report(s_propagate, propagate); break;
            case "vrf": if (Value(out var vrf)) Vrf(vrf); break;
            case "encap": Encapsulation(); break;
            case "as": if (Value(out _)) s.Report(s_as); break;
            case "track_group" when isStatic: if (Value(out var group)) TrackGroup(group); break;
            default: Destination(word); break;
        }
    }

    private void Destination(string word)
    {
        if (word is "default" or "default6" or "any" or "all")
        {
            if (word == "default6")
            {
                Family(AddressFamily.InterNetworkV6);
            }

            _destination = word;
            return;
        }

        if (Prefixes.Read(s, word) is not var (address, length, _))
        {
            s.Report(s_unknown, word);
            _failed = true;
            return;
        }

        _destination = word;
        if (Family(address.AddressFamily))
        {
            _route = _route with { Destination = address, PrefixLength = length };
        }
    }

    private bool Family(AddressFamily family)
    {
        _family ??= family;
        if (_family == family)
        {
            return true;
        }

        s.Report(s_mixed);
        _failed = true;
        return false;
    }

    private IPAddress? Address(string word, string what)
    {
        if (Addresses.Parse(word) is { } address)
        {
            return Family(address.AddressFamily) ? address : null;
        }

        s.Report(Prefixes.InvalidAddress, word);
        s.Report(s_address, what, word);
        _failed = true;
        return null;
    }

    private void PreferredSource(string word)
    {
        if (Address(word, "route src") is { } source)
        {
            _route = _route with { PreferredSource = source };
        }
    }

    private void From(string word)
    {
        if (Prefixes.Read(s, word) is not var (address, length, _))
        {
            s.Report(s_address, "route from", word);
            _failed = true;
        }
        else if (Family(address.AddressFamily))
        {
            _route = _route with { From = address, FromPrefixLength = length };
        }
    }

    private void Via(string word)
    {
        if (word == "gw")
        {
            s.Report(s_deprecated, "gw", "via");
        }

        if (Value(out var gateway))
        {
            if (gateway is "inet" or "inet6" && !Value(out gateway))
            {
                return;
            }

            _gateway = Address(gateway, "route via");
        }
    }

    private void Or()
    {
        s.Report(s_deprecated, "or", "nexthop");
        if (Value(out var second) && Address(second, "route or") is { } address)
        {
            _route = _route with { Hops = _route.Hops.Add(new NextHopConfig(address, _interface)) };
        }
    }

    private void Device(string name)
    {
        if (s.CheckInterface(name, s_noDevice, name))
        {
            _interface = name;
        }
        else
        {
            _failed = true;
        }
    }

    private void Number(string table, string word, uint max, DiagnosticDescriptor complaint, string[] arguments, Action<uint> set)
    {
        if (HostNumbers.Find(s.Document.Facts, table, word, max) is { } number)
        {
            set(number);
        }
        else if (max == uint.MaxValue && Lexing.Numbers.TryStrtol(word, out _))
        {
            set(HostNumbers.Cut(word));
        }
        else
        {
            s.Report(complaint, arguments);
            _failed = true;
        }
    }

    private void Metric()
    {
        if (!Value(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, uint.MaxValue, out var metric))
        {
            _route = _route with { Metric = metric };
        }
        else
        {
            s.Report(s_invalid, "metric", word);
            _failed = true;
        }
    }

    private void Metric((int Number, uint Max, string Name) metric)
    {
        if (!Value(out var word))
        {
            return;
        }

        if (word == "lock")
        {
            _route = _route with { LockedMetrics = _route.LockedMetrics | (1u << metric.Number) };
            if (!Value(out word))
            {
                return;
            }
        }

        if (s.Unsigned(word, 0, metric.Max, out var value))
        {
            Set(metric.Number, value);
        }
        else
        {
            s.Report(s_invalid, metric.Name, word);
            _failed = true;
        }
    }

    private void Set(int number, uint value) => _route = _route with { Metrics = _route.Metrics.Add(new RouteMetric(number, value)) };

    // Milliseconds, or with a unit; the kernel counts rtt in eighths and rttvar in quarters of them.
    private void Time(string name)
    {
        if (!Value(out var word))
        {
            return;
        }

        var number = name switch { "rtt" => 4, "rttvar" => 5, _ => 13 };
        if (word == "lock")
        {
            _route = _route with { LockedMetrics = _route.LockedMetrics | (1u << number) };
            if (!Value(out word))
            {
                return;
            }
        }

        var (digits, factor) = word.EndsWith("ms", StringComparison.Ordinal) ? (word[..^2], 1u) : word.EndsWith('s') ? (word[..^1], 1000u) : (word, 1u);
        if (s.Unsigned(digits, 0, uint.MaxValue / 8000, out var value))
        {
            Set(number, value * factor * (number == 4 ? 8u : number == 5 ? 4u : 1u));
        }
        else
        {
            s.Report(s_invalidTime, name, word);
            _failed = true;
        }
    }

    private uint? Realms()
    {
        if (!Value(out var word))
        {
            return null;
        }

        var parts = word.Split('/');
        var (from, to) = (parts.Length == 1 ? 0 : Realm(parts[0]), Realm(parts[^1]));
        if (parts.Length > 2 || from is null || to is null)
        {
            s.Report(s_invalidTime, "realms", word);
            return null;
        }

        if (_family == AddressFamily.InterNetworkV6)
        {
            s.Report(s_only4);
            return null;
        }

        return (from << 16) | to;
    }

    private uint? Realm(string word) => HostNumbers.Find(s.Document.Facts, "rt_realms", word, ushort.MaxValue);

    private void Features()
    {
        if (!Value(out var word))
        {
            return;
        }

        if (word == "ecn")
        {
            Set(12, 1);
        }
        else
        {
            s.Report(s_feature, word);
            _failed = true;
        }
    }

    private void Congestion()
    {
        if (!Value(out var word))
        {
            return;
        }

        if (word == "lock")
        {
            _route = _route with { LockedMetrics = _route.LockedMetrics | (1u << 16) };
            if (!Value(out word))
            {
                return;
            }
        }

        _route = _route with { CongestionControl = word };
    }

    private void SixOnly(string name)
    {
        if (!Value(out var word))
        {
            return;
        }

        if ((_family ?? AddressFamily.InterNetwork) != AddressFamily.InterNetworkV6)
        {
            s.Report(s_only6, name);
            _failed = true;
            return;
        }

        if (name == "pref" && word is "low" or "medium" or "high")
        {
            _route = _route with { Preference = word switch { "low" => 3, "medium" => 0, _ => 1 } };
        }
        else if (s.Unsigned(word, 0, name == "pref" ? 255 : uint.MaxValue, out var value))
        {
            _route = name == "pref" ? _route with { Preference = (byte)value } : _route with { Expires = value };
        }
        else
        {
            s.Report(s_invalid, name == "pref" ? "pref value" : "expires time", word);
            _failed = true;
        }
    }

    private void Vrf(string name)
    {
        if (s.Document.Facts.FindInterface(name) is { Kind: "vrf" })
        {
            return;
        }

        s.Report(s_vrf, name);
        _failed = true;
    }

    private void Encapsulation()
    {
        if (!Value(out var kind))
        {
            return;
        }

        if (kind is not ("ip" or "ip6" or "mpls" or "ila"))
        {
            s.Report(s_encap, kind);
            return;
        }

        s.Document.Refuse("encap", s.At, "encapsulation of routes is not executed yet");
        while (_at < s.Count && s.Words[_at] is "id" or "dst" or "src" or "tos" or "ttl" or "tc" or "hoplimit" or "flags")
        {
            _at += 2;
        }

        _at += kind is "mpls" or "ila" ? 1 : 0;
    }

    private void TrackGroup(string group)
    {
        if (s.Document.Vrrp.TrackGroups.ContainsKey(group))
        {
            _route = _route with { TrackGroup = group };
        }
        else
        {
            s.Report(s_group, group);
        }
    }

    // nexthop via A dev I weight N onlink, as often as there are hops.
    private void Hops()
    {
        IPAddress? gateway = null;
        string? device = null;
        uint? realms = null;
        var (weight, onLink) = (1u, false);
        while (_at < s.Count && !_failed && !s.Document.Sink.Stopped && s.Words[_at] != "nexthop")
        {
            switch (s.Words[_at++])
            {
                case "via" when Value(out var word):
                    if (word is "inet" or "inet6" && !Value(out word))
                    {
                        return;
                    }

                    if (Addresses.Parse(word) is { } address)
                    {
                        gateway = address;
                    }
                    else
                    {
                        s.Report(Prefixes.InvalidAddress, word);
                        s.Report(s_address, "nexthop", word);
                    }

                    break;
                case "dev" when Value(out var name):
                    device = s.CheckInterface(name, s_noDevice, name) ? name : null;
                    break;
                case "weight" when Value(out var word):
                    if (!s.Unsigned(word, 0, 256, out weight) || weight == 0)
                    {
                        s.Report(s_invalid, "weight", word);
                        weight = 1;
                    }

                    break;
                case "onlink": onLink = true; break;
                case "realms": realms = Realms(); break;
                case var other:
                    if (!s.Document.Sink.Stopped)
                    {
                        s.Report(s_nonsense, other);
                        _at = s.Count;
                    }

                    break;
            }
        }

        Add();

        void Add() => _route = _route with { Hops = _route.Hops.Add(new NextHopConfig(gateway, device, (int)weight, onLink, realms)) };
    }
}
