using Dropin.Compat.Halog.Filters;
using Dropin.Compat.Halog.Lines;
using Dropin.Compat.Halog.Output;

namespace Dropin.Compat.Halog.Reports;

/// <summary>One captured header of each line: field <paramref name="wanted"/> of the group in braces number <paramref name="block"/>, empty where there is none.</summary>
internal sealed class CaptureReport(uint block, uint wanted) : Report
{
    public override Verdict Take(LogLine line, OutputBuffer output)
    {
        var place = line.Field(LogField.Captures);
        var groups = 0u;
        // A group is a field that begins with a brace, whatever stands behind the brace is looked at as a field too; the request's quote ends the search.
        while (true)
        {
            if (place < 0) return Verdict.Truncated;
            var first = line.At(place);
            if (first == '"') return Print([], output);
            if (first == '{')
            {
                if (++groups == block) break;
                place++;
            }
            else
            {
                place = Fields.Next(line.Text, place);
            }
        }
        var rest = line.Text[(place + 1)..];
        for (var field = 1u; ; field++)
        {
            var end = rest.IndexOfAny((byte)'|', (byte)'}');
            if (end < 0) return Verdict.Truncated;
            if (field == wanted) return Print(rest[..end], output);
            if (rest[end] == '}') return Print([], output);
            rest = rest[(end + 1)..];
        }
    }

    private Verdict Print(ReadOnlySpan<byte> value, OutputBuffer output)
    {
        LinesOut++;
        output.Add(value).Add((byte)'\n');
        return Verdict.Pass;
    }
}
