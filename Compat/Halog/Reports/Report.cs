using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>What is made of the lines that pass.</summary>
internal abstract class Report
{
    /// <summary>Lines printed or, for tables of durations, lines counted so far.</summary>
    public long LinesOut { get; protected set; }

    /// <summary>Counts a line that was printed. True when no more are wanted.</summary>
    protected bool CountPrinted(int limit) => ++LinesOut >= limit && limit >= 0;

    /// <summary>Takes a line; may print it.</summary>
    public abstract Verdict Take(LogLine line, OutputBuffer output);

    /// <summary>Prints what can be known at the end alone; <paramref name="limit"/> is the most lines, negative for all.</summary>
    public virtual void Finish(OutputBuffer output, int limit)
    {
    }
}
