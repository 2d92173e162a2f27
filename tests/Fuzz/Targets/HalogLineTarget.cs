using System.Text;
using Dropin.Compat.Halog.Lines;
using Dropin.Tests.Support;

namespace Dropin.Fuzz.Targets;

/// <summary>
/// Lines of logs to halog's readers. Whatever the bytes: fields lie where a plain split at blanks finds them, and numbers, durations and dates are read
/// without leaving the line.
/// </summary>
internal sealed class HalogLineTarget : Target
{
    private static readonly string[] Tokens =
        [" ", "  ", "\t", "\0", "[24/Nov/2026:15:30:56.863]", "[", "3", "/", "-1/-1/-1/-1/0", "1/2/3/4/5", "-", "-2147483648", "4294967296", "{a|b}", "{", "}", "|", "\"GET / HTTP/1.1\"", "\"", "?", ":", ".", "Nov", "Ju"];

    private readonly AcceptDate _dates = new();

    public override string Name => "halog-line";

    public override IEnumerable<byte[]> Seeds => Repository.Files("fixtures/halog").Where(f => f.EndsWith(".log", StringComparison.Ordinal))
        .SelectMany(f => File.ReadAllLines(Repository.PathOf(f), Encoding.Latin1)).Where(l => l.Length is > 0 and < 2000).Distinct().Select(Encoding.Latin1.GetBytes);

    public override IReadOnlyList<byte[]> Words { get; } = [.. Tokens.Select(Encoding.Latin1.GetBytes)];

    public override int Limit => 2048;

    public override void Check(ReadOnlySpan<byte> input)
    {
        var starts = new List<int>();
        for (var i = 0; i < input.Length; i++)
            if (input[i] != ' ' && (i == 0 || input[i - 1] == ' ')) starts.Add(i);
        for (var count = 0; count <= starts.Count; count++)
        {
            var found = Fields.Find(input, 0, count);
            var expected = count < starts.Count ? starts[count] : -1;
            if (found != expected) throw new InvalidOperationException($"field {count} is at {expected}, found at {found}");
        }
        foreach (var start in starts)
        {
            if (Fields.End(input, start) is var end && (end <= start || (end < input.Length && input[end] != ' '))) throw new InvalidOperationException($"the field at {start} ends at {end}");
            var place = start;
            _ = Durations.TryRead(input, start, out _);
            if (Durations.TryFindResponse(input, ref place) && place >= input.Length) throw new InvalidOperationException("a response time behind the end");
            _ = Numbers.Signed(input, start);
            _ = AcceptDate.OfDay(input, start);
            if (AcceptDate.Begins(input, start)) _ = _dates.Seconds(input, start);
        }
    }
}
