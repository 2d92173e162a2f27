using System.Text;
using Dropin.Compat.Halog.Lines;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Halog.Output;

/// <summary>What is said of single lines and, at the end, of all; nothing with -q.</summary>
internal sealed class Complaints(int descriptor, bool quiet)
{
    /// <summary>A line ends before a field that was needed.</summary>
    public void Truncated(long number, ReadOnlySpan<byte> text) => Say($"Truncated line {number}: ", text, "");

    /// <summary>The parts of a line's time are longer than the whole.</summary>
    public void Inconsistent(ReadOnlySpan<byte> text, Durations durations)
    {
        var (request, queue, connect, response, total) = durations;
        Say("ERR: ", text, $" ({request} {queue} {connect} {response} {total} => {durations.Data})");
    }

    /// <summary>The last line.</summary>
    public void Summary(long linesIn, long linesOut, long malformed) => Say("", [], $"{linesIn} lines in, {linesOut} lines out, {malformed} parsing errors");

    private void Say(string before, ReadOnlySpan<byte> text, string after)
    {
        if (quiet) return;
        _ = Descriptors.WriteAll(descriptor, [.. Encoding.ASCII.GetBytes(before), .. text, .. Encoding.ASCII.GetBytes(after), (byte)'\n']);
    }
}
