using Dropin.Compat.Halog.Arguments;
using Dropin.Compat.Halog.Lines;

namespace Dropin.Compat.Halog.Filters;

/// <summary>What became of a line.</summary>
internal enum Verdict
{
    /// <summary>It goes on.</summary>
    Pass,

    /// <summary>It is not wanted.</summary>
    Drop,

    /// <summary>It ends before a field that was needed.</summary>
    Truncated,

    /// <summary>A field is not what it has to be.</summary>
    Malformed,
}

/// <summary>The input filters of the command line, all of which a line must pass (or, with -v, must not).</summary>
internal sealed class LineFilter(HalogOptions options)
{
    private readonly AcceptDate _dates = new();

    /// <summary>Judges a line.</summary>
    public Verdict Judge(LogLine line)
    {
        // Each filter looks into the line, also when another one has refused it: a line that is too short for one of them is told of.
        var pass = true;
        if (options.Time is { } time)
        {
            var date = _dates.Seconds(line.Text, line.Accept);
            pass &= date >= time.First && date <= time.Last;
        }
        if (options.HttpOnly || options.Response is not null)
        {
            var place = line.Field(LogField.Times);
            if (place < 0) return Verdict.Truncated;
            var http = Durations.TryFindResponse(line.Text, ref place);
            if (options.Response is not { } range) pass &= http;
            else if (!http) return Verdict.Malformed;
            else pass &= Numbers.Signed(line.Text, place) >= range.Time != range.Faster;
        }
        if (options.Errors is not null || options.Statuses is not null)
        {
            var place = line.Field(LogField.Status);
            if (place < 0) return Verdict.Truncated;
            var status = Numbers.Signed(line.Text, place);
            if (options.Errors is { } wanted) pass &= (status < 0 || status is >= 500 and <= 599) == wanted;
            if (options.Statuses is { } range) pass &= (status >= range.First && status <= range.Last) != range.Outside;
        }
        if (options.Queued || options.QueuedAtServer)
        {
            var place = line.Field(LogField.Queues);
            if (place < 0) return Verdict.Truncated;
            pass &= IsQueued(line, place);
        }
        if (options.Termination is { } code)
        {
            var place = line.Field(LogField.Termination);
            if (place < 0) return Verdict.Truncated;
            pass &= (line.At(place) == code.First && line.At(place + 1) == code.Second) != code.Absent;
        }
        return pass != options.Inverted ? Verdict.Pass : Verdict.Drop;
    }

    private bool IsQueued(LogLine line, int place)
    {
        if (line.At(place) != '0') return true;
        if (options.QueuedAtServer) return false;
        var slash = line.Text[place..Fields.End(line.Text, place)].IndexOf((byte)'/');
        return slash >= 0 && Numbers.Signed(line.Text, place + slash + 1) > 0;
    }
}
