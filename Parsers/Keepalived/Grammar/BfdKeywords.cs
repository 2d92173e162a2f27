using System.Net;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Bfd;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>
/// The block <c>bfd_instance</c>. Three readings look at it: that of BFD wants everything, those of virtual routers and servers the name and whom
/// it tells.
/// </summary>
internal static class BfdKeywords
{
    /// <summary>Reason of the registry.</summary>
    public const string NotYet = "BFD is not executed yet";

    private static readonly DiagnosticDescriptor s_already = FindingKind.Warning("bfd-already", "BFD {0} already specified");
    private static readonly DiagnosticDescriptor s_configured = FindingKind.Warning("bfd-configured", "Configuration error: BFD instance {0} already configured - ignoring");
    private static readonly DiagnosticDescriptor s_long = FindingKind.Warning("bfd-long", "BFD name {0} too long");
    private static readonly DiagnosticDescriptor s_longName = FindingKind.Warning("bfd-name",
        "Configuration error: BFD instance {0} name too long (maximum length is 31 characters) - ignoring");

    private static readonly DiagnosticDescriptor s_neighbor = FindingKind.Warning("bfd-neighbor", "Configuration error: BFD instance {0} has malformed neighbor address {1}, ignoring instance");
    private static readonly DiagnosticDescriptor s_noNeighbor = FindingKind.Warning("bfd-no-neighbor", "Configuration error: BFD instance {0} has no neighbor address set, disabling instance");
    private static readonly DiagnosticDescriptor s_duplicate = FindingKind.Warning("bfd-duplicate", "Configuration error: BFD instance {0} has duplicate neighbor address {1}, ignoring instance");
    private static readonly DiagnosticDescriptor s_source = FindingKind.Warning("bfd-source", "Configuration error: BFD instance {0} has malformed source address {1}, ignoring");
    private static readonly DiagnosticDescriptor s_family = FindingKind.Warning("bfd-family",
        "Configuration error: BFD instance {0} source address {1} and neighbor address {1} are not of the same family, disabling instance");

    private static readonly DiagnosticDescriptor s_time = FindingKind.Warning("bfd-time", "Configuration error: BFD instance {0} {1} value {2} is not valid (must be in range [{3}-4294967]), ignoring");
    private static readonly DiagnosticDescriptor s_number = FindingKind.Warning("bfd-number", "Configuration error: BFD instance {0} {1} value {2} not valid (must be in range [{3}]), ignoring");
    private static readonly DiagnosticDescriptor s_weightOption = FindingKind.Warning("bfd-weight-option", "Configuration error: BFD instance {0} unknown weight option {1}");
    private static readonly DiagnosticDescriptor s_hops = FindingKind.Warning("bfd-hops", "BFD instance {0}: max_hops exceeds ttl/hoplimit - setting to ttl/hoplimit");

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = new KeywordTable("bfd_instance")
        .Accepted("neighbor_ip", NotYet, Neighbor)
        .Accepted("neighbour_ip", NotYet, Neighbor)
        .Accepted("source_ip", NotYet, Source)
        .Accepted("min_rx", NotYet, s => Time(s, 1, (i, t) => i.Config = i.Config with { MinReceive = t }))
        .Accepted("min_tx", NotYet, s => Time(s, 1, (i, t) => i.Config = i.Config with { MinTransmit = t }))
        .Accepted("idle_tx", NotYet, s => Time(s, 1000, (i, t) => i.Config = i.Config with { IdleTransmit = t }))
        .Accepted("multiplier", NotYet, s => Number(s, "multiplier", (i, v) => i.Config = i.Config with { Multiplier = v }))
        .Accepted("passive", NotYet, s => Of(s).Config = Of(s).Config with { IsPassive = true })
        .Accepted("ttl", NotYet, s => Number(s, "ttl/hoplimit", (i, v) => i.Config = i.Config with { TimeToLive = v }))
        .Accepted("hoplimit", NotYet, s => Number(s, "ttl/hoplimit", (i, v) => i.Config = i.Config with { TimeToLive = v }))
        .Accepted("max_hops", NotYet, MaxHops)
        .Accepted("weight", NotYet, Weight)
        .Accepted("vrrp", NotYet, s => Of(s).Config = Of(s).Config with { TellsVrrp = true })
        .Accepted("checker", NotYet, s => Of(s).Config = Of(s).Config with { TellsCheckers = true })
        .Foreign("newer than the announced release", "multihop");

    /// <summary>Begins an instance.</summary>
    public static void Open(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        var bfd = s.Document.Bfd;
        var own = IsOwn(s.Document);
        if (name.Length > 31)
        {
            if (s.Document.Sink.Pass != ReadingPass.Checker)
            {
                s.Report(own ? s_longName : s_long, name);
            }

            s.SkipBlock = true;
            return;
        }

        if (bfd.Instances.Exists(i => i.Name == name))
        {
            s.Report(own ? s_configured : s_already, name);
            s.SkipBlock = true;
            return;
        }

        bfd.Instance = new BfdSyntax(name, s.At);
    }

    /// <summary>Ends it.</summary>
    public static void Close(Document document)
    {
        var bfd = document.Bfd;
        var instance = bfd.Instance!;
        if (!IsOwn(document))
        {
            var config = instance.Config;
            if (config.TellsVrrp == config.TellsCheckers || (document.Sink.Pass == ReadingPass.Vrrp ? config.TellsVrrp : config.TellsCheckers))
            {
                bfd.Instances.Add(instance);
            }

            return;
        }

        var at = document.Lines!.At;
        if (instance.Neighbor is null)
        {
            document.Sink.Add(s_noNeighbor, at, false, instance.Name);
            return;
        }

        if (instance.Config.Source is { } source && source.AddressFamily != instance.Neighbor.AddressFamily)
        {
            document.Sink.Add(s_family, at, false, instance.Name, source.ToString());
            return;
        }

        if (bfd.Instances.Exists(i => instance.Neighbor.Equals(i.Neighbor)))
        {
            document.Sink.Add(s_duplicate, at, false, instance.Name, instance.Neighbor.ToString());
            return;
        }

        var ttl = instance.Config.TimeToLive;
        if (ttl > 0 && instance.Config.MaxHops > ttl && instance.Config.MaxHops != 255)
        {
            document.Sink.Add(s_hops, at, false, instance.Name);
            instance.Config = instance.Config with { MaxHops = ttl };
        }

        instance.Config = instance.Config with { Neighbor = instance.Neighbor };
        bfd.Instances.Add(instance);
    }

    private static bool IsOwn(Document document) => document.Sink.Pass == ReadingPass.Bfd;

    private static BfdSyntax Of(Statement s) => s.Document.Bfd.Instance!;

    private static void Neighbor(Statement s)
    {
        if (!IsOwn(s.Document) || !s.Need(out var word))
        {
            return;
        }

        if (Addresses.ParseStart(word) is { } address)
        {
            Of(s).Neighbor = address;
        }
        else
        {
            s.Report(s_neighbor, Of(s).Name, word);
            s.Document.SkipRest = true;
        }
    }

    private static void Source(Statement s)
    {
        if (!IsOwn(s.Document) || !s.Need(out var word))
        {
            return;
        }

        if (Addresses.ParseStart(word) is { } address)
        {
            Of(s).Config = Of(s).Config with { Source = address };
        }
        else
        {
            s.Report(s_source, Of(s).Name, word);
        }
    }

    private static void Time(Statement s, ulong min, Action<BfdSyntax, TimeSpan> set)
    {
        if (!IsOwn(s.Document) || !s.Need(out var word))
        {
            return;
        }

        if (s.Decimal(word, min * 1000, 4_294_967_000, out var microseconds, places: 3))
        {
            set(Of(s), TimeSpan.FromMicroseconds(microseconds));
        }
        else
        {
            s.Report(s_time, Of(s).Name, s.Keyword, word, min.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void Number(Statement s, string what, Action<BfdSyntax, int> set)
    {
        if (!IsOwn(s.Document) || !s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 1, 255, out var value))
        {
            set(Of(s), (int)value);
        }
        else
        {
            s.Report(s_number, Of(s).Name, what, word, "1-255");
        }
    }

    private static void MaxHops(Statement s)
    {
        if (!IsOwn(s.Document) || !s.Need(out var word))
        {
            return;
        }

        if (s.Integer(word, -1, 255, out var hops))
        {
            Of(s).Config = Of(s).Config with { MaxHops = hops };
        }
        else
        {
            s.Report(s_number, Of(s).Name, "max_hops", word, "-1-255");
        }
    }

    private static void Weight(Statement s)
    {
        if (s.Document.Sink.Pass != ReadingPass.Vrrp || !s.Need(out var word))
        {
            return;
        }

        if (!s.Integer(word, -253, 253, out var weight))
        {
            s.Report(s_number, Of(s).Name, "weight", word, "-253-253");
            return;
        }

        Of(s).Config = Of(s).Config with { Weight = weight, Reverse = s.Word(2) == "reverse" };
        if (s.Word(2) is { } option and not "reverse")
        {
            s.Report(s_weightOption, Of(s).Name, option);
        }
    }
}

/// <summary>A bfd_instance as written.</summary>
internal sealed class BfdSyntax(string name, SourceSpan at)
{
    public string Name => name;

    public IPAddress? Neighbor { get; set; }

    public BfdInstanceConfig Config { get; set; } = new() { Name = name, Neighbor = IPAddress.None, At = at };
}

/// <summary>The instances of one reading.</summary>
internal sealed class BfdDocument
{
    public List<BfdSyntax> Instances { get; } = [];

    public BfdSyntax? Instance { get; set; }
}
