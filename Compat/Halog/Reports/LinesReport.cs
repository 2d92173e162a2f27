using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>The lines themselves; <paramref name="silent"/> counts them only.</summary>
internal sealed class LinesReport(bool silent) : Report
{
    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        LinesOut++;
        if (!silent) output.Add(line.Text).Add((byte)'\n');
        return Verdict.Pass;
    }
}
