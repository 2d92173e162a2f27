using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>vrrp_track_process</c>.</summary>
internal static class TrackProcessKeywords
{
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("process-twice", "Process already set for track process {0} - ignoring {1}");
    private static readonly DiagnosticDescriptor s_match = FindingKind.Warning("process-match", "Invalid param_match type {0} - ignoring");
    private static readonly DiagnosticDescriptor s_noWeight = FindingKind.Warning("process-weight-missing", "No weight specified for track process {0} - ignoring");
    private static readonly DiagnosticDescriptor s_weightTwice = FindingKind.Warning("process-weight-twice", "Weight already set for track process {0} - ignoring {1}");
    private static readonly DiagnosticDescriptor s_weight = FindingKind.Warning("process-weight", "Weight ({0}) for vrrp_track_process {1} must be between [-254..254] inclusive. Ignoring...");
    private static readonly DiagnosticDescriptor s_option = FindingKind.Warning("process-weight-option", "vrrp_track_process {0} unknown weight option {1}");
    private static readonly DiagnosticDescriptor s_quorum = FindingKind.Warning("process-quorum", "{0} ({1}) for vrrp_track_process {2} must be between [{3}..65535] inclusive. Ignoring...");
    private static readonly DiagnosticDescriptor s_delay = FindingKind.Warning("process-delay",
        "{0} ({1}) for vrrp_track_process {2} must be between [0.000001..3600] inclusive. Ignoring...");

    private static readonly DiagnosticDescriptor s_less = FindingKind.Warning("process-quorum-max-less", "quorum_max is less than quorum - ignoring");
    private static readonly DiagnosticDescriptor s_greater = FindingKind.Warning("process-quorum-greater", "Quorum is greater than quorum_max - ignoring");
    private static readonly DiagnosticDescriptor s_none = FindingKind.Warning("process-missing", "track process '{0}' process name not specified");

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = new KeywordTable("vrrp_track_process")
        .Executed("process", Process)
        .Executed("param_match", Match)
        .Executed("full_command", s => Of(s).FullCommand = true)
        .Executed("weight", Weight)
        .Executed("quorum", Quorum)
        .Executed("quorum_max", QuorumMax)
        .Executed("delay", s => Delay(s, (p, t) => (p.ForkDelay, p.TerminateDelay) = (t, t)))
        .Executed("fork_delay", s => Delay(s, (p, t) => p.ForkDelay = t))
        .Executed("terminate_delay", s => Delay(s, (p, t) => p.TerminateDelay = t));

    /// <summary>Begins a process.</summary>
    public static void Open(Statement s)
    {
        if (s.Need(out var name))
        {
            s.Document.Vrrp.Process = new TrackProcessSyntax(name, s.At);
        }
    }

    /// <summary>Ends it.</summary>
    public static void Close(Document document)
    {
        var process = document.Vrrp.Process!;
        if (process.Words.Count == 0)
        {
            document.Sink.Add(s_none, document.Lines!.At, false, process.Name);
            return;
        }

        document.Vrrp.Processes.Add(process);
    }

    private static TrackProcessSyntax Of(Statement s) => s.Document.Vrrp.Process!;

    private static void Process(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (Of(s).Words.Count > 0)
        {
            s.Report(s_twice, Of(s).Name, word);
            return;
        }

        if (Scripts.Words(s) is { } words)
        {
            Of(s).Words.AddRange(words[1..]);
        }
    }

    private static void Match(Statement s)
    {
        var process = Of(s);
        switch (s.Word(1))
        {
            case null: process.Match = ParameterMatch.Exact; break;
            case "initial": process.Match = ParameterMatch.Initial; break;
            case "partial": process.Match = ParameterMatch.Partial; break;
            case var word: s.Report(s_match, word); break;
        }
    }

    private static void Weight(Statement s)
    {
        var process = Of(s);
        if (s.Word(1) is not { } word)
        {
            s.Report(s_noWeight, process.Name);
            return;
        }

        if (process.Weight is not null)
        {
            s.Report(s_weightTwice, process.Name, word);
            return;
        }

        if (!s.Integer(word, -254, 254, out var weight))
        {
            s.Report(s_weight, word, process.Name);
            return;
        }

        process.Weight = weight;
        if (s.Word(2) == "reverse")
        {
            process.Reverse = true;
        }
        else if (s.Word(2) is { } option)
        {
            s.Report(s_option, process.Name, option);
        }
    }

    private static void Quorum(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        var process = Of(s);
        if (!s.Unsigned(word, 1, 65535, out var quorum))
        {
            s.Report(s_quorum, "Quorum", word, process.Name, "1");
        }
        else if (quorum > process.QuorumMax)
        {
            s.Report(s_greater);
        }
        else
        {
            process.Quorum = quorum;
        }
    }

    private static void QuorumMax(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        var process = Of(s);
        if (!s.Unsigned(word, 0, 65535, out var most))
        {
            s.Report(s_quorum, "quorum_max", word, process.Name, "0");
        }
        else if (most < process.Quorum && most > 0)
        {
            s.Report(s_less);
        }
        else
        {
            process.QuorumMax = most;
            process.Quorum = Math.Min(process.Quorum, most);
        }
    }

    private static void Delay(Statement s, Action<TrackProcessSyntax, TimeSpan> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Seconds(word, 1, 3_600_000_000, out var delay))
        {
            set(Of(s), delay);
        }
        else
        {
            s.Report(s_delay, s.Keyword, word, Of(s).Name);
        }
    }
}
