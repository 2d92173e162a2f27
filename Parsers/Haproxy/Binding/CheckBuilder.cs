using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>
/// Makes the script of a backend's health checks. Every step that the language leaves unsaid is written out: connecting first, the request of
/// <c>option httpchk</c>, the statuses 200 to 399.
/// </summary>
internal static class CheckBuilder
{
    /// <summary>The check.</summary>
    public static HealthCheckConfig Build(ProxySyntax p)
    {
        switch (p.CheckOption)
        {
            case "httpchk":
                return new ScriptCheckConfig(CheckKind.Http, Http(p)) { DisableOn404 = p.DisableOn404, SendState = p.SendState };
            case "tcp-check":
                return new ScriptCheckConfig(CheckKind.Tcp, Connecting(p.TcpCheckSteps, p.At));
            case "external-check":
                return new ExternalCheckConfig(p.ExternalCheckCommand ?? "", p.ExternalCheckPath);
            case "ssl-hello-chk":
                return ProtocolScripts.SslHello(p.At);
            case "smtpchk":
                return ProtocolScripts.Smtp(p.At, p.CheckArguments[0]);
            case "redis-check":
                return ProtocolScripts.Redis(p.At);
            case "ldap-check":
                return ProtocolScripts.Ldap(p.At);
            case "pgsql-check":
                return ProtocolScripts.Postgres(p.At, p.CheckArguments[0]);
            case "mysql-check":
                return p.CheckArguments.Count == 0 ? ProtocolScripts.MySql(p.At, null, false)
                    : ProtocolScripts.MySql(p.At, p.CheckArguments[0], beforeVersion41: p.CheckArguments[1] != "post-41");
            case "spop-check":
                return ProtocolScripts.Spop(p.At);
            default:
                return new TcpConnectCheckConfig();
        }
    }

    private static ValueList<CheckStep> Connecting(ValueList<CheckStep> steps, SourceSpan at)
    {
        foreach (var step in steps)
        {
            if (step is ConnectStep)
            {
                return steps;
            }
        }

        return [new ConnectStep(at) { Default = true }, .. steps.AsSpan()];
    }

    private static ValueList<CheckStep> Http(ProxySyntax p)
    {
        var request = Option(p);
        var steps = new List<CheckStep>();
        var sent = false;
        var expected = false;
        foreach (var step in p.HttpCheckSteps)
        {
            if (step is HttpSendStep send && !sent)
            {
                // The first request completes and overrides that of the option.
                steps.Add(send with
                {
                    Method = send.MethodGiven ? send.Method : request.Method,
                    Uri = send.Uri ?? request.Uri,
                    Version = send.VersionGiven ? send.Version : request.Version,
                    // Headers hidden behind the version are those of a request that says none.
                    Headers = send.Headers.Count > 0 ? send.Headers : request.Headers,
                    Body = send.Body ?? request.Body,
                });
                sent = true;
                continue;
            }

            if (step is ExpectStep && !sent)
            {
                steps.Add(request);
                sent = true;
            }

            expected |= step is ExpectStep;
            steps.Add(step);
        }

        if (!sent)
        {
            steps.Add(request);
        }

        if (!expected)
        {
            steps.Add(new ExpectStep(p.At) { Kind = ExpectKind.HttpStatus, Statuses = [new StatusRange(200, 399)] });
        }

        return Connecting(ValueList.Create<CheckStep>(steps.ToArray()), p.At);
    }

    // The words of 'option httpchk'. Behind the version, headers and a body may hide.
    private static HttpSendStep Option(ProxySyntax p)
    {
        var step = new HttpSendStep(p.At) { Uri = Literal("/", p.At) };
        if (p.CheckArguments.Count < 3)
        {
            return step;
        }

        var (method, uri, version) = (p.CheckArguments[0], p.CheckArguments[1], p.CheckArguments[2]);
        step = step with { Method = method.Length > 0 ? method : "OPTIONS", Uri = Literal(uri, p.At) };
        if (version.Length == 0)
        {
            return step;
        }

        var head = version.Replace("\r\n", "\n", StringComparison.Ordinal);
        var end = head.IndexOf("\n\n", StringComparison.Ordinal);
        var body = end < 0 ? "" : head[(end + 2)..];
        var lines = (end < 0 ? head : head[..end]).Split('\n');
        var headers = new List<CheckHeader>();
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':');
            if (colon > 0)
            {
                headers.Add(new CheckHeader(line[..colon], Literal(line[(colon + 1)..].Trim(), p.At)));
            }
        }

        return step with
        {
            Version = lines[0], Headers = ValueList.Create<CheckHeader>(headers.ToArray()), Body = body.Length > 0 ? Literal(body, p.At) : null,
        };
    }

    private static LogFormat Literal(string text, SourceSpan at) => new([new LiteralPart(text)], text, at);
}
