using System.Globalization;
using System.Text.RegularExpressions;

namespace Dropin.Tests.Support.Text;

/// <summary>
/// Compares transcripts in which durations are marked as <c>&lt;300ms&gt;</c>. A duration agrees with the expected one when it is not more than
/// 40 ms below and not more than 250 ms above it: enough for a busy machine, narrow enough to tell a timeout from its neighbour.
/// </summary>
public static partial class TolerantText
{
    private const int Below = 40;

    /// <summary>Milliseconds above; <c>DROPIN_TOLERANCE</c> sets it for machines that have other work.</summary>
    private static readonly int Above = int.TryParse(Environment.GetEnvironmentVariable("DROPIN_TOLERANCE"), out var set) ? set : 250;

    /// <summary>The text with its durations in steps of 100 ms, as it is stored.</summary>
    public static string Rounded(string text) => Duration().Replace(text, m => $"<{Value(m) / 100 * 100}ms>");

    /// <summary>True when two texts differ in their durations only.</summary>
    public static bool SameShape(string one, string other) => Shape(one) == Shape(other);

    /// <summary>The first text with the shorter of both durations everywhere; both have the same shape.</summary>
    public static string Least(string one, string other)
    {
        var others = Duration().Matches(other);
        var at = 0;
        return Duration().Replace(one, m => $"<{Math.Min(Value(m), Value(others[at++]))}ms>");
    }

    /// <summary>The received text with every duration that agrees replaced by the expected one.</summary>
    public static string Aligned(string expected, string received)
    {
        var left = expected.Split('\n');
        var right = received.Split('\n');
        for (var i = 0; i < right.Length; i++)
            right[i] = i < left.Length && Shape(left[i]) == Shape(right[i]) ? AlignLine(left[i], right[i]) : Rounded(right[i]);
        return string.Join('\n', right);
    }

    /// <summary>The text without its durations: what two runs have in common.</summary>
    public static string Shape(string line) => Duration().Replace(line, "<>");

    private static string AlignLine(string expected, string received)
    {
        var wanted = Duration().Matches(expected);
        var at = 0;
        return Duration().Replace(received, m =>
        {
            var difference = Value(m) - Value(wanted[at]);
            return difference >= -Below && difference <= Above + 99 ? wanted[at++].Value : $"<{Value(m)}ms, expected {Value(wanted[at++])}>";
        });
    }

    private static int Value(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<(\d+)ms>")]
    private static partial Regex Duration();
}
