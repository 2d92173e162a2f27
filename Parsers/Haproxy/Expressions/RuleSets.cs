using Dropin.Parsers.Haproxy.Grammar;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>The places of the rule sets of a section, which depend on what the section may do.</summary>
internal static class RuleSets
{
    /// <summary><c>http-request</c>, <c>redirect</c></summary>
    public static RulePlace Request(ProxySyntax? proxy) => Either(proxy, RulePlace.FrontendRequestHead, RulePlace.BackendRequestHead);

    /// <summary><c>http-response</c>, <c>http-after-response</c></summary>
    public static RulePlace Response(ProxySyntax? proxy) => Either(proxy, RulePlace.FrontendResponseHead, RulePlace.BackendResponseHead);

    /// <summary><c>tcp-request content</c></summary>
    public static RulePlace Content(ProxySyntax? proxy) => Either(proxy, RulePlace.FrontendContent, RulePlace.BackendContent);

    /// <summary><c>tcp-response content</c></summary>
    public static RulePlace ResponseContent(ProxySyntax? proxy) =>
        Either(proxy, RulePlace.FrontendResponseContent, RulePlace.BackendResponseContent);

    private static RulePlace Either(ProxySyntax? proxy, RulePlace frontend, RulePlace backend) =>
        proxy is null ? frontend | backend
            : (proxy.IsFrontend ? frontend : RulePlace.None) | (proxy.IsBackend ? backend : RulePlace.None);
}
