using System.Globalization;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of global_defs about how the daemon's parts are scheduled and named.</summary>
internal static class GlobalProcess
{
    private static readonly DiagnosticDescriptor s_noPriority = FindingKind.Warning("process-priority-missing", "No {0} process priority specified");
    private static readonly DiagnosticDescriptor s_priority = FindingKind.Warning("process-priority", "Invalid {0} process priority specified");
    private static readonly DiagnosticDescriptor s_noRealTime = FindingKind.Warning("process-rt-missing", "No {0} process real-time priority specified");
    private static readonly DiagnosticDescriptor s_realTime = FindingKind.Warning("process-rt", "{0} process real-time priority '{1}' invalid");
    private static readonly DiagnosticDescriptor s_least = FindingKind.Warning("process-rt-min", "{0} process real-time priority {1} less than minimum 1 - setting to minimum");
    private static readonly DiagnosticDescriptor s_most = FindingKind.Warning("process-rt-max", "{0} process real-time priority {1} greater than maximum 99 - setting to maximum");
    private static readonly DiagnosticDescriptor s_limit = FindingKind.Warning("process-rt-limit", "Invalid {0} real-time limit - {1}");
    private static readonly DiagnosticDescriptor s_noProcessor = FindingKind.Warning("process-cpu-missing", "No {0} cpu_id set specified");
    private static readonly DiagnosticDescriptor s_processor = FindingKind.Warning("process-cpu", "Invalid cpu_id:{0} specified for {1} process");
    private static readonly DiagnosticDescriptor s_noDelay = FindingKind.Warning("auto-priority-delay", "min_auto_priority_delay requires delay time");
    private static readonly DiagnosticDescriptor s_autoPriority = FindingKind.Warning("auto-priority", "max_auto_priority '{0}' must be in [0, 99] (or -1 to disable) - ignoring");

    public static void AddTo(KeywordTable table)
    {
        Add(table, "vrrp", "", (g, c) => g.Config = g.Config with { Vrrp = c(g.Config.Vrrp) });
        Add(table, "checker", GlobalKeywords.NoIpvs, (g, c) => g.Config = g.Config with { Checker = c(g.Config.Checker) });
        Add(table, "bfd", "BFD is not executed yet, this tunes it", (g, c) => g.Config = g.Config with { Bfd = c(g.Config.Bfd) });
        table
            .Executed("process_name", s => Name(s, n => s.Document.Global.Config = s.Document.Global.Config with { ProcessName = n }))
            .Accepted("vrrp_process_name", GlobalKeywords.OneProcess, s => Name(s, _ => { }))
            .Accepted("checker_process_name", GlobalKeywords.OneProcess, s => Name(s, _ => { }))
            .Accepted("lvs_process_name", GlobalKeywords.OneProcess, s => Name(s, _ => { }))
            .Accepted("bfd_process_name", GlobalKeywords.OneProcess, s => Name(s, _ => { }))
            .Accepted("process_names", GlobalKeywords.OneProcess)
            .Executed("max_auto_priority", MaxAutoPriority)
            .Executed("min_auto_priority_delay", MinAutoPriorityDelay);
    }

    private static void Add(KeywordTable table, string part, string why, Action<GlobalSyntax, Func<ProcessTuning, ProcessTuning>> change)
    {
        Word("_priority", s => Priority(s, part, change));
        Word("_rt_priority", s => RealTime(s, part, change));
        Word("_rlimit_rttime", s => Limit(s, part, change));
        Word("_rlimit_rtime", s => Limit(s, part, change));
        Word("_no_swap", s => change(s.Document.Global, t => t with { NoSwap = true }));
        Word("_cpu_affinity", s => Affinity(s, part, change));

        void Word(string suffix, StatementReader reader)
        {
            if (why.Length == 0)
            {
                table.Executed(part + suffix, reader);
            }
            else
            {
                table.Accepted(part + suffix, why, reader);
            }
        }
    }

    private static void Priority(Statement s, string part, Action<GlobalSyntax, Func<ProcessTuning, ProcessTuning>> change)
    {
        if (s.Word(1) is not { } word)
        {
            s.Report(s_noPriority, part);
        }
        else if (s.Integer(word, -20, 19, out var priority))
        {
            change(s.Document.Global, t => t with { Priority = priority });
        }
        else
        {
            s.Report(s_priority, part);
        }
    }

    private static void RealTime(Statement s, string part, Action<GlobalSyntax, Func<ProcessTuning, ProcessTuning>> change)
    {
        if (s.Word(1) is not { } word)
        {
            s.Report(s_noRealTime, part);
            return;
        }

        if (!s.Integer(word, int.MinValue, int.MaxValue, out var priority))
        {
            s.Report(s_realTime, part, word);
            return;
        }

        if (priority is < 1 or > 99)
        {
            s.Report(priority < 1 ? s_least : s_most, part, word);
        }

        change(s.Document.Global, t => t with { RealTimePriority = Math.Clamp(priority, 1, 99) });
    }

    private static void Limit(Statement s, string part, Action<GlobalSyntax, Func<ProcessTuning, ProcessTuning>> change)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 1, uint.MaxValue, out var limit))
        {
            change(s.Document.Global, t => t with { RealTimeLimit = limit });
        }
        else
        {
            s.Report(s_limit, part, word);
        }
    }

    private static void Affinity(Statement s, string part, Action<GlobalSyntax, Func<ProcessTuning, ProcessTuning>> change)
    {
        if (s.Count < 2)
        {
            s.Report(s_noProcessor, part);
            return;
        }

        for (var i = 1; i < s.Count; i++)
        {
            if (!s.Integer(s.Words[i], 0, s.Document.Facts.Processors - 1, out var processor))
            {
                _ = Lexing.Numbers.TryStrtol(s.Words[i].Split('.')[0], out var number);
                s.Report(s_processor, ((int)number).ToString(CultureInfo.InvariantCulture), part);
                return;
            }

            change(s.Document.Global, t => t with { Processors = t.Processors.Add(processor) });
        }
    }

    private static void Name(Statement s, Action<string> set)
    {
        if (s.Need(out var name))
        {
            set(name);
        }
    }

    private static void MaxAutoPriority(Statement s)
    {
        var priority = 99;
        if (s.Word(1) is { } word && !s.Integer(word, -1, 99, out priority))
        {
            s.Report(s_autoPriority, word);
            return;
        }

        s.Document.Global.Config = s.Document.Global.Config with { MaxAutoPriority = priority };
    }

    private static void MinAutoPriorityDelay(Statement s)
    {
        if (s.Word(1) is not { } word)
        {
            s.Report(s_noDelay);
        }
        else if (s.Integer(word, 1, 10_000_000, out var delay))
        {
            s.Document.Global.Config = s.Document.Global.Config with { MinAutoPriorityDelay = TimeSpan.FromMicroseconds(delay) };
        }
        else
        {
            s.Report(GlobalTexts.MustBeIn, s.Keyword, word, "1, 10000000");
        }
    }
}
