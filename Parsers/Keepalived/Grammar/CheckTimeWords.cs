using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The times of checks, which virtual servers, real servers and checks write alike; only their complaints differ.</summary>
internal sealed record CheckTimeWords(
    DiagnosticDescriptor Timeout, DiagnosticDescriptor Retry, uint LeastRetry, DiagnosticDescriptor Delay, DiagnosticDescriptor Warmup, DiagnosticDescriptor Loop)
{
    // The loop has no upper limit but that of its type.
    private const ulong MostLoop = 18_446_744_073_709_551_614;

    /// <summary>Adds the words to a table.</summary>
    public KeywordTable AddTo(KeywordTable table, Action<Statement, Func<CheckTimes, CheckTimes>> change) => table
        .Accepted("connect_timeout", GlobalKeywords.NoIpvs, s => Time(s, Timeout, 1, Statement.MostMicroseconds, t => change(s, c => c with { ConnectTimeout = t })))
        .Accepted("retry", GlobalKeywords.NoIpvs, s => Tries(s, change))
        .Accepted("delay_before_retry", GlobalKeywords.NoIpvs, s => Time(s, Delay, 0, MostLoop, t => change(s, c => c with { DelayBeforeRetry = t })))
        .Accepted("warmup", GlobalKeywords.NoIpvs, s => Time(s, Warmup, 0, MostLoop, t => change(s, c => c with { Warmup = t })))
        .Accepted("delay_loop", GlobalKeywords.NoIpvs, s => Time(s, Loop, 1, MostLoop, t => change(s, c => c with { DelayLoop = t })));

    private static void Time(Statement s, DiagnosticDescriptor complaint, ulong min, ulong max, Action<TimeSpan> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Seconds(word, min, max, out var time))
        {
            set(time);
        }
        else
        {
            s.Report(complaint, word);
        }
    }

    private void Tries(Statement s, Action<Statement, Func<CheckTimes, CheckTimes>> change)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, LeastRetry, uint.MaxValue, out var tries))
        {
            change(s, c => c with { Retry = tries });
        }
        else
        {
            s.Report(Retry, word);
        }
    }
}
