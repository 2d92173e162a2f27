using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>Parts of a request's first line.</summary>
public enum RequestPart
{
    /// <summary>The method.</summary>
    Method,

    /// <summary>The path, without the query.</summary>
    Path,

    /// <summary>The path with the query.</summary>
    PathQuery,

    /// <summary>The query, with its question mark.</summary>
    Query,

    /// <summary>The whole URI.</summary>
    Uri,
}

/// <summary>Sets a part of the request's first line (<c>set-path</c> …).</summary>
public sealed record SetRequestPartAction(RequestPart Part, LogFormat Value) : RuleAction;

/// <summary>Replaces a part of the request's first line by a regular expression (<c>replace-path</c> …).</summary>
public sealed record ReplaceRequestPartAction(RequestPart Part, string Pattern, LogFormat Replacement) : RuleAction;

/// <summary>Sets the status of a response.</summary>
/// <param name="Status">100 to 999.</param>
/// <param name="Reason">The reason; null means the status' usual one.</param>
public sealed record SetStatusAction(int Status, string? Reason) : RuleAction;

/// <summary>Brings the URI into a normal form (<c>normalize-uri</c>).</summary>
/// <param name="Normalizer">Which form.</param>
/// <param name="Full">For dot-dot segments: also removes those at the beginning.</param>
/// <param name="Strict">For percent encoding: an invalid sequence is an error.</param>
public sealed record NormalizeUriAction(UriNormalizer Normalizer, bool Full, bool Strict) : RuleAction;

/// <summary>Normal forms of a URI.</summary>
public enum UriNormalizer
{
    /// <summary><c>fragment-encode</c></summary>
    FragmentEncode,

    /// <summary><c>fragment-strip</c></summary>
    FragmentStrip,

    /// <summary><c>path-merge-slashes</c></summary>
    PathMergeSlashes,

    /// <summary><c>path-strip-dot</c></summary>
    PathStripDot,

    /// <summary><c>path-strip-dotdot</c></summary>
    PathStripDotDot,

    /// <summary><c>percent-decode-unreserved</c></summary>
    PercentDecodeUnreserved,

    /// <summary><c>percent-to-uppercase</c></summary>
    PercentToUppercase,

    /// <summary><c>query-sort-by-name</c></summary>
    QuerySortByName,
}
