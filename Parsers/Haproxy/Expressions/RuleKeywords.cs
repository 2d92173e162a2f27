using Dropin.Parsers.Haproxy.Grammar;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads one line of a proxy section whose meaning is an expression: a rule, an ACL, a condition.</summary>
/// <param name="line">The line, keyword first (<see cref="ConfigLine.Prefix"/> apart).</param>
/// <param name="proxy">The section; the parser adds to its lists.</param>
internal delegate void RuleLineParser(ConfigLine line, ProxySyntax proxy);

/// <summary>
/// The keywords of proxy sections that Expressions reads. The registry sends each of these lines here; everything else of a proxy section
/// belongs to Grammar and Binding.
/// </summary>
internal static class RuleKeywords
{
    /// <summary>Parsers by keyword; a null means the keyword is known, and refused until it has a parser.</summary>
    public static readonly Dictionary<string, RuleLineParser?> Parsers = new(StringComparer.Ordinal)
    {
        ["acl"] = SwitchingRules.Acl,
        ["tcp-request"] = TcpRules.Request,
        ["tcp-response"] = TcpRules.Response,
        ["http-request"] = HttpRules.Request,
        ["http-response"] = HttpRules.Response,
        ["http-after-response"] = HttpRules.AfterResponse,
        ["redirect"] = SwitchingRules.Redirect,
        ["use_backend"] = SwitchingRules.UseBackend,
        ["use-server"] = SwitchingRules.UseServer,
        ["force-persist"] = SwitchingRules.Persist,
        ["ignore-persist"] = SwitchingRules.Persist,
    };
}
