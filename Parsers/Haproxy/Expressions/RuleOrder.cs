using Dropin.Parsers.Haproxy.Grammar;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Warns of rules that stand behind others which are evaluated after them.</summary>
internal static class RuleOrder
{
    /// <summary>For <c>tcp-request connection</c>.</summary>
    public static void WarnConnection(ConfigLine line, ProxySyntax proxy)
    {
        if (proxy.TcpRequestSession.Count > 0)
        {
            Warn(line, "tcp-request", "tcp-request session");
            return;
        }

        WarnSession(line, proxy);
    }

    /// <summary>For <c>tcp-request session</c>.</summary>
    public static void WarnSession(ConfigLine line, ProxySyntax proxy)
    {
        if (proxy.TcpRequestContent.Count > 0)
        {
            Warn(line, "tcp-request", "tcp-request content");
            return;
        }

        WarnContent(line, proxy, "tcp-request");
    }

    /// <summary>For <c>tcp-request content</c> and <c>monitor fail</c>.</summary>
    public static void WarnContent(ConfigLine line, ProxySyntax proxy, string name)
    {
        if (proxy.HttpRequest.Count > 0)
        {
            Warn(line, name, "http-request");
            return;
        }

        WarnHttpRequest(line, proxy, name);
    }

    /// <summary>For <c>http-request</c>.</summary>
    public static void WarnHttpRequest(ConfigLine line, ProxySyntax proxy, string name)
    {
        if (proxy.Redirect.Count > 0)
        {
            Warn(line, name, "redirect");
            return;
        }

        WarnRedirect(line, proxy, name);
    }

    /// <summary>For <c>redirect</c>.</summary>
    public static void WarnRedirect(ConfigLine line, ProxySyntax proxy, string name)
    {
        if (proxy.UseBackend.Count > 0)
        {
            Warn(line, name, "use_backend");
            return;
        }

        if (proxy.UseServer.Count > 0)
        {
            Warn(line, name, "use-server");
        }
    }

    private static void Warn(ConfigLine line, string name, string after) =>
        line.Report(RuleTexts.PlacedAfter, name, after, after == "http-request" ? "an" : "a");
}
