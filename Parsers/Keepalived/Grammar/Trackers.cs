using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The lists <c>track_interface</c>, <c>track_script</c>, <c>track_file</c>, <c>track_process</c> and <c>track_bfd</c> of instances and groups.</summary>
internal static class Trackers
{
    private static readonly DiagnosticDescriptor s_noWeight = FindingKind.Warning("track-weight-missing", "({0}) weight without value specified for {1} {2} - ignoring");
    private static readonly DiagnosticDescriptor s_254 = FindingKind.Warning("track-weight-254", "({0}) weight for {1} cannot be +/-254. Setting to +/-253");
    private static readonly DiagnosticDescriptor s_option = FindingKind.Warning("track-weight-option", "({0}) unknown {1} {2} weight option {3} - ignoring");
    private static readonly DiagnosticDescriptor s_duplicate = FindingKind.Warning("track-duplicate", "({0}) duplicate {1} {2} - ignoring");
    private static readonly DiagnosticDescriptor s_notFound = FindingKind.Warning("track-not-found", "({0}) {1} {2} not found, ignoring...");
    private static readonly DiagnosticDescriptor s_unknown = FindingKind.Warning("track-option", "({0}) unknown {1} option {2} - ignoring");
    private static readonly DiagnosticDescriptor s_noInterface = FindingKind.Warning("track-interface", "({0}) tracked interface {1} doesn't exist");
    private static readonly DiagnosticDescriptor s_unknownInterface = FindingKind.Warning("track-interface-option", "({0}) unknown track_interface {1} option {2} - ignoring");
    private static readonly DiagnosticDescriptor s_weightInterface = FindingKind.Warning("track-interface-weight",
        "({0}) weight {1} for {2} must be between [-253..253] inclusive. Ignoring...");

    private static readonly DiagnosticDescriptor s_weightScript = FindingKind.Warning("track-script-weight",
        "({0}) {1} {2}: weight must be between [-253..253] inclusive, ignoring...");

    private static readonly DiagnosticDescriptor s_weightFile = FindingKind.Warning("track-file-weight",
        "({0}) weight for {1} {2} must be in [-254..254] inclusive. Ignoring...");

    private static readonly DiagnosticDescriptor s_weightBfd = FindingKind.Warning("track-bfd-weight",
        "({0}) weight for {1} {2} must be in [-253..253] inclusive. Ignoring...");

    private static readonly DiagnosticDescriptor s_unknownNamed = FindingKind.Warning("track-option-named", "({0}) unknown {1} {2} option {3} - ignoring");

    public static void Interface(Statement s, string owner, TrackingSyntax tracking)
    {
        var line = TrackLine.Read(s.Words);
        if (tracking.Interfaces.Exists(i => i.Interface == line.Name))
        {
            s.Report(s_duplicate, owner, "track_interface", line.Name);
            return;
        }

        if (!s.CheckInterface(line.Name, s_noInterface, owner, line.Name))
        {
            return;
        }

        if (line.Unknown is { } unknown)
        {
            s.Report(s_unknownInterface, owner, line.Name, unknown);
            return;
        }

        var (weight, reverse) = (0, false);
        if (line.HasWeight)
        {
            if (line.Weight is not { } word)
            {
                s.Report(s_noWeight, owner, "track_interface", line.Name);
                return;
            }

            if (Weight(s, word, 254, out weight, () => s.Report(s_weightInterface, owner, word, line.Name)))
            {
                weight = Limit(s, owner, line.Name, weight);
                reverse = line.Direction == "reverse";
                if (line.Direction is { } direction and not "reverse")
                {
                    s.Report(s_option, owner, "track_interace", line.Name, direction);
                }
            }
        }

        tracking.Interfaces.Add(new TrackedInterface(line.Name, weight, reverse));
    }

    public static void Script(Statement s, string owner, TrackingSyntax tracking) =>
        Named(s, owner, "script", s.Document.Vrrp.Scripts, tracking.Scripts, t => (t.Weight, t.Reverse), s_weightScript, cut: true);

    public static void File(Statement s, string owner, TrackingSyntax tracking) =>
        Named(s, owner, "file", s.Document.Vrrp.Files, tracking.Files, t => (t.Weight, t.Reverse), s_weightFile, cut: false);

    public static void Process(Statement s, string owner, TrackingSyntax tracking) =>
        Named(s, owner, "process", s.Document.Vrrp.Processes, tracking.Processes, t => (t.Weight ?? 0, t.Reverse), s_weightFile, cut: false);

    public static void Bfd(Statement s, string owner, TrackingSyntax tracking)
    {
        var line = TrackLine.Read(s.Words);
        if (s.Document.Bfd.Instances.Find(b => b.Name == line.Name) is not { } target)
        {
            s.Report(s_notFound, owner, "track bfd", line.Name);
            return;
        }

        if (tracking.BfdInstances.Exists(b => b.Name == line.Name))
        {
            s.Report(s_duplicate, owner, "track_bfd", line.Name);
            return;
        }

        if (Read(s, line, owner, "bfd", target.Config.Weight, target.Config.Reverse, 253, s_weightBfd, cut: false) is var (weight, _))
        {
            tracking.BfdInstances.Add((line.Name, weight));
        }
    }

    /// <summary>One of those that stand in a block of their own.</summary>
    /// <param name="s">The line.</param>
    /// <param name="owner">Whose list it is.</param>
    /// <param name="kind">Of what kind.</param>
    /// <param name="known">Those that have a block.</param>
    /// <param name="tracked">Those of the list.</param>
    /// <param name="own">Weight and direction of the block.</param>
    /// <param name="invalid">Said of a weight out of range.</param>
    /// <param name="cut">A weight at the edge is cut.</param>
    private static void Named<T>(Statement s, string owner, string kind, NamedList<T> known, List<(T Target, int Weight, bool Reverse)> tracked,
        Func<T, (int Weight, bool Reverse)> own, DiagnosticDescriptor invalid, bool cut)
        where T : class
    {
        var line = TrackLine.Read(s.Words);
        if (known.Find(line.Name) is not { } target)
        {
            s.Report(s_notFound, owner, "track " + kind, line.Name);
            return;
        }

        if (tracked.Exists(t => t.Target == target))
        {
            s.Report(s_duplicate, owner, "track_" + kind, line.Name);
            return;
        }

        var (ofBlock, isReverse) = own(target);
        if (Read(s, line, owner, kind, ofBlock, isReverse, 254, invalid, cut) is var (weight, reverse))
        {
            tracked.Add((target, weight, reverse));
        }
    }

    // Null: the line is void.
    private static (int Weight, bool Reverse)? Read(Statement s, TrackLine line, string owner, string kind, int weight, bool reverse, int most,
        DiagnosticDescriptor invalid, bool cut)
    {
        if (line.Unknown is { } unknown)
        {
            if (kind == "bfd")
            {
                s.Report(s_unknownNamed, owner, "track bfd", line.Name, unknown);
            }
            else
            {
                s.Report(s_unknown, owner, "track " + kind, unknown);
            }

            return null;
        }

        if (!line.HasWeight)
        {
            return (weight, reverse);
        }

        if (line.Weight is not { } word)
        {
            s.Report(s_noWeight, owner, "track " + kind, line.Name);
            return null;
        }

        if (!Weight(s, word, most, out var own, () => s.Report(invalid, owner, "track " + kind, line.Name)))
        {
            return (weight, reverse);
        }

        own = cut ? Limit(s, owner, line.Name, own) : own;
        if (line.Direction is { } direction and not ("reverse" or "noreverse"))
        {
            var stays = kind is "script" or "process";
            s.Report(s_option, owner, (stays ? "track_" : "track ") + kind, line.Name, direction);
            if (!stays)
            {
                return null;
            }
        }

        return (own, line.Direction == "reverse");
    }

    private static bool Weight(Statement s, string word, int most, out int weight, Action complain)
    {
        if (s.Integer(word, -most, most, out weight))
        {
            return true;
        }

        weight = 0;
        complain();
        return false;
    }

    private static int Limit(Statement s, string owner, string name, int weight)
    {
        if (Math.Abs(weight) < 254)
        {
            return weight;
        }

        s.Report(s_254, owner, name);
        return Math.Sign(weight) * 253;
    }
}
