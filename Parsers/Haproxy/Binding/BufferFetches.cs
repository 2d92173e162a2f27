using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Warns of conditions that look at bytes where messages are read: in mode http such fetches find nothing of use (manual 7.3.5).</summary>
/// <remarks>One warning a rule, in the order of the original; choices by a format are not looked at.</remarks>
internal static class BufferFetches
{
    /// <summary>Warns of the section's rules of connections, contents and messages.</summary>
    public static void WarnRules(ProxySyntax proxy, DiagnosticSink sink)
    {
        List<RuleConfig>[] sets =
        [
            proxy.TcpRequestConnection, proxy.TcpRequestSession, proxy.TcpRequestContent, proxy.TcpResponseContent,
            proxy.HttpRequest, proxy.HttpResponse, proxy.HttpAfterResponse,
        ];
        foreach (var set in sets)
        {
            foreach (var rule in set)
            {
                Warn(proxy, rule.Condition, rule.At, sink);
            }
        }
    }

    /// <summary>Warns of one condition.</summary>
    public static void Warn(ProxySyntax proxy, Condition? condition, SourceSpan at, DiagnosticSink sink)
    {
        if (proxy.Mode == ProxyMode.Http && condition is not null && LooksAtBytes(condition))
        {
            sink.Warn("buffer-fetch-in-http", proxy.At,
                $"Proxy '{proxy.Name}': L6 sample fetches ignored on HTTP proxies (declared at {at.File}:{at.Line}).");
        }
    }

    /// <summary>Warns of the expression of <c>balance hash</c>.</summary>
    public static void WarnHash(ProxySyntax proxy, string expression, DiagnosticSink sink)
    {
        if (proxy.Mode == ProxyMode.Http && LooksAtBytes(expression))
        {
            sink.Warn("buffer-fetch-in-http", proxy.At,
                $"{proxy.TypeName} '{proxy.Name}' [{proxy.At.File}:{proxy.At.Line}]: L6 sample fetch <{expression}> will be ignored in 'balance hash' expression in HTTP mode.");
        }
    }

    private static bool LooksAtBytes(Condition condition)
    {
        foreach (var alternative in condition.Alternatives)
        {
            foreach (var term in alternative.Terms)
            {
                foreach (var acl in term.Acls)
                {
                    if (LooksAtBytes(acl.Expression.Text))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool LooksAtBytes(string expression) =>
        FetchTable.Find(SampleReader.NameAt(expression, 0))?.Needs is "b" or "r" or "br";
}
