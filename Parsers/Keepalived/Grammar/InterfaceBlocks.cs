using System.Globalization;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The blocks about interfaces and static entries beside the virtual routers.</summary>
internal static class InterfaceBlocks
{
    private static readonly DiagnosticDescriptor s_garpInterface = FindingKind.Warning("garp-interface", "WARNING - interface {0} specified for garp_group doesn't exist");
    private static readonly DiagnosticDescriptor s_garpTwice = FindingKind.Warning("garp-interface-twice", "garp_group already specified for {0} - ignoring");
    private static readonly DiagnosticDescriptor s_garpValue = FindingKind.Warning("garp-value", "garp_group {0} '{1}' invalid");
    private static readonly DiagnosticDescriptor s_garpEmpty = FindingKind.Warning("garp-empty", "Warning - empty garp_group interfaces block");
    private static readonly DiagnosticDescriptor s_garpNoDelay = FindingKind.Warning("garp-no-delay", "garp group {0} does not have any delay set - removing");
    private static readonly DiagnosticDescriptor s_linkbeat = FindingKind.MissingInterface("linkbeat-interface", "unknown interface {0} specified for linkbeat interface");
    private static readonly DiagnosticDescriptor s_linkbeatExtra = FindingKind.Warning("linkbeat-extra", "extra characters {0} in linkbeat interface");
    private static readonly DiagnosticDescriptor s_delay = FindingKind.MissingInterface("delay-interface", "unknown interface {0} specified for up/down delay");
    private static readonly DiagnosticDescriptor s_trackName = FindingKind.Warning("track-group-name", "track_group must have a name - skipping");
    private static readonly DiagnosticDescriptor s_trackTwice = FindingKind.Warning("track-group-twice", "track_group {0} already defined");
    private static readonly DiagnosticDescriptor s_static = FindingKind.MissingInterface("static-interface",
        "Static address {0} requires either an interface or default interface must exist");

    /// <summary>The keywords of <c>garp_group</c>.</summary>
    public static KeywordTable GarpGroup { get; } = new KeywordTable("garp_group")
        .Executed("garp_interval", s => Interval(s, (g, t) => g.Arp = t))
        .Executed("gna_interval", s => Interval(s, (g, t) => g.Neighbour = t))
        .Executed("interface", s =>
        {
            if (s.Need(out var name))
            {
                GarpInterface(s, name, name);
            }
        })
        .Executed("interfaces", GarpInterfaces, KeywordForm.List);

    /// <summary>The keywords of <c>track_group</c>.</summary>
    public static KeywordTable TrackGroup { get; } = new KeywordTable("track_group")
        .Executed("group", s => s.ReadList(e => e.Document.Vrrp.TrackGroups[e.Document.Vrrp.TrackGroup!].AddRange(e.Words)), KeywordForm.List);

    /// <summary>Begins a garp_group.</summary>
    public static void OpenGarpGroup(Statement s) => s.Document.Vrrp.GarpGroup = new GarpGroupSyntax();

    /// <summary>Ends it.</summary>
    public static void CloseGarpGroup(Document document)
    {
        var group = document.Vrrp.GarpGroup!;
        if (!group.HasDelay)
        {
            document.Sink.Add(s_garpNoDelay, document.Lines!.At, false, group.Number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        document.Vrrp.GarpGroups.Add(group);
    }

    /// <summary>Begins a track_group.</summary>
    public static void OpenTrackGroup(Statement s)
    {
        if (s.Count != 2)
        {
            s.Report(s_trackName);
            s.SkipBlock = true;
        }
        else if (!s.Document.Vrrp.TrackGroups.TryAdd(s.Words[1], []))
        {
            s.Report(s_trackTwice, s.Words[1]);
            s.SkipBlock = true;
        }
        else
        {
            s.Document.Vrrp.TrackGroup = s.Words[1];
        }
    }

    public static void Linkbeat(Statement s) => s.ReadList(entry =>
    {
        var name = entry.Words[0];
        if (!entry.HasInterface(name))
        {
            entry.Report(s_linkbeat, name);
            return;
        }

        LinkbeatKind? kind = entry.Count == 2 ? entry.Words[1] switch { "MII" => LinkbeatKind.Mii, "ETHTOOL" => LinkbeatKind.EthTool, "IOCTL" => LinkbeatKind.Ioctl, _ => null } : null;
        if (entry.Count > 1 && kind is null)
        {
            entry.Report(s_linkbeatExtra, entry.Words[1]);
        }

        entry.Document.Vrrp.Linkbeats.Add(new LinkbeatConfig(name, kind));
    });

    public static void Delays(Statement s) => s.ReadList(entry =>
    {
        var name = entry.Words[0];
        if (!entry.HasInterface(name))
        {
            entry.Report(s_delay, name);
            return;
        }

        var (down, up) = (TimeSpan.Zero, TimeSpan.Zero);
        if (entry.Count > 1 && entry.Seconds(entry.Words[1], 0, 255_000_000, out down))
        {
            up = down;
            if (entry.Count > 2 && !entry.Seconds(entry.Words[2], 0, 255_000_000, out up))
            {
                up = down;
            }

            entry.Document.Vrrp.Delays.Add(new InterfaceDelayConfig(name, down, up));
        }
    });

    public static void StaticAddresses(Statement s)
    {
        s.ReadList(entry =>
        {
            if (AddressLine.Read(entry, isStatic: true) is not { } address)
            {
                return;
            }

            if (address.Interface is null)
            {
                // eth0 is the interface of those that name none (keepalived.conf(5), default_interface).
                var fallback = entry.Document.Global.Config.DefaultInterface ?? "eth0";
                if (!entry.HasInterface(fallback))
                {
                    entry.Report(s_static, entry.Words[0]);
                    entry.Document.Vrrp.MissesInterface = true;
                    return;
                }

                address = address with { Interface = fallback };
            }

            entry.Document.Vrrp.StaticAddresses.Add(address);
        });
    }

    public static void StaticRoutes(Statement s) => s.ReadList(entry =>
    {
        if (new RouteLine(entry, isStatic: true).Read() is { } route)
        {
            entry.Document.Vrrp.StaticRoutes.Add(route);
        }
    });

    public static void StaticRules(Statement s) => s.ReadList(entry =>
    {
        if (new RuleLine(entry, isStatic: true).Read() is { } rule)
        {
            entry.Document.Vrrp.StaticRules.Add(rule);
        }
    });

    private static void Interval(Statement s, Action<GarpGroupSyntax, TimeSpan> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Seconds(word, 0, 2_147_483_647, out var time))
        {
            set(s.Document.Vrrp.GarpGroup!, time);
            s.Document.Vrrp.GarpGroup!.HasDelay = true;
        }
        else
        {
            s.Report(s_garpValue, s.Keyword, word);
        }
    }

    // The original names the last interface of a list, whichever was there twice.
    private static void GarpInterface(Statement s, string name, string shown)
    {
        if (!s.CheckInterface(name, s_garpInterface, name))
        {
            return;
        }

        if (s.Document.Vrrp.GarpGroup!.Interfaces.Contains(name) || s.Document.Vrrp.GarpGroups.Exists(g => g.Interfaces.Contains(name)))
        {
            s.Report(s_garpTwice, shown);
            return;
        }

        s.Document.Vrrp.GarpGroup.Interfaces.Add(name);
    }

    private static void GarpInterfaces(Statement s)
    {
        var names = new List<string>();
        s.ReadList(entry => names.AddRange(entry.Words));
        if (s.Document.Sink.Stopped)
        {
            return;
        }

        // The list is looked at as a whole, at its closing brace.
        var end = s.AtEnd();
        if (names.Count == 0)
        {
            end.Report(s_garpEmpty);
        }
        else if (s.Document.Vrrp.GarpGroup is { Number: 0 })
        {
            s.Document.Vrrp.GarpGroup = new GarpGroupSyntax(++s.Document.Vrrp.LastGarpGroup, s.Document.Vrrp.GarpGroup);
        }

        foreach (var name in names)
        {
            GarpInterface(end, name, names[^1]);
        }
    }
}
