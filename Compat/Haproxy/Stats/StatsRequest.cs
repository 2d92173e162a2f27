using System.Text;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>What a form of the page was submitted with last: the letters behind <c>;st=</c>.</summary>
internal enum StatsOutcome
{
    /// <summary>No form was submitted.</summary>
    None,

    /// <summary>All done.</summary>
    Done,

    /// <summary>Nothing has changed.</summary>
    Unchanged,

    /// <summary>Some servers were not found.</summary>
    Partial,

    /// <summary>The parameters make no sense.</summary>
    Invalid,

    /// <summary>The form was too long.</summary>
    Exceeded,

    /// <summary>The page may not change anything.</summary>
    Denied,

    /// <summary>Anything else.</summary>
    Unexpected,
}

/// <summary>Forms of the statistics over HTTP.</summary>
internal enum StatsView
{
    /// <summary>The page.</summary>
    Html,

    /// <summary><c>;csv</c></summary>
    Csv,

    /// <summary><c>;typed</c></summary>
    Typed,

    /// <summary><c>;json</c></summary>
    Json,

    /// <summary><c>;json-schema</c></summary>
    Schema,
}

/// <summary>What the URI of a statistics request asks for, behind the configured beginning (configuration manual 4.2, <c>stats uri</c>).</summary>
internal sealed record StatsRequest
{
    private const int LongestScope = 20;

    internal StatsView View { get; private init; }

    internal bool HideDown { get; private init; }

    internal bool HideMaintenance { get; private init; }

    internal bool NoRefresh { get; private init; }

    internal StatsOutcome Outcome { get; private init; }

    /// <summary>Only proxies whose names contain it; "" all.</summary>
    internal string Scope { get; private init; } = "";

    internal static StatsRequest Of(ReadOnlySpan<byte> uri, int prefixLength)
    {
        var rest = Encoding.Latin1.GetString(uri[Math.Min(prefixLength, uri.Length)..]);
        return new StatsRequest
        {
            HideDown = rest.Contains(";up", StringComparison.Ordinal),
            HideMaintenance = rest.Contains(";no-maint", StringComparison.Ordinal),
            NoRefresh = rest.Contains(";norefresh", StringComparison.Ordinal),
            View = rest.Contains(";csv", StringComparison.Ordinal) ? StatsView.Csv
                : rest.Contains(";typed", StringComparison.Ordinal) ? StatsView.Typed
                : rest.Contains(";json-schema", StringComparison.Ordinal) ? StatsView.Schema
                : rest.Contains(";json", StringComparison.Ordinal) ? StatsView.Json : StatsView.Html,
            Outcome = OutcomeOf(rest),
            Scope = ScopeOf(rest),
        };
    }

    /// <summary>The letters of an outcome.</summary>
    internal static string CodeOf(StatsOutcome outcome) => outcome switch
    {
        StatsOutcome.Done => "DONE",
        StatsOutcome.Unchanged => "NONE",
        StatsOutcome.Partial => "PART",
        StatsOutcome.Invalid => "ERRP",
        StatsOutcome.Exceeded => "EXCD",
        StatsOutcome.Denied => "DENY",
        _ => "UNKN",
    };

    private static StatsOutcome OutcomeOf(string rest)
    {
        var at = rest.IndexOf(";st=", StringComparison.Ordinal);
        if (at < 0 || at + 8 > rest.Length)
            return StatsOutcome.None;
        var code = rest.Substring(at + 4, 4);
        for (var outcome = StatsOutcome.Done; outcome <= StatsOutcome.Unexpected; outcome++)
        {
            if (CodeOf(outcome) == code)
                return outcome;
        }
        return StatsOutcome.None;
    }

    private static string ScopeOf(string rest)
    {
        var at = rest.IndexOf("scope=", StringComparison.Ordinal);
        if (at < 0)
            return "";
        var scope = rest.AsSpan(at + 6);
        var end = scope.IndexOfAny(";& ");
        scope = end < 0 ? scope : scope[..end];
        // Only what a section's name may be made of: the text goes back into the page.
        return scope.Length > LongestScope || scope.ContainsAnyExcept(NameCharacters) ? "" : scope.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:");
}
