using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>
/// What can only be said of a section when all files are read: names that lead nowhere, contradictions, what has no effect in the section's
/// mode. The order of the checks is the order in which the original says it.
/// </summary>
internal sealed class ProxyChecks(ConfigSyntax document, DiagnosticSink sink)
{
    /// <summary>Checks one section and compiles its formats.</summary>
    public ProxyFormats Check(ProxySyntax proxy)
    {
        var formats = new ProxyFormats();
        if (proxy.Disabled)
        {
            return formats;
        }

        if (proxy.IsFrontend && proxy.Binds.Count == 0)
        {
            Warn(proxy, "no-bind", $"{proxy.TypeName} '{proxy.Name}' has no 'bind' directive. Please declare it as a backend if this was intended.");
        }

        Mode(proxy);
        References(proxy);
        BufferFetches.WarnRules(proxy, sink);
        Formats(proxy, formats);
        ExpressionReferences(proxy);
        Timeouts(proxy);
        ChecksWithoutOption(proxy);
        Servers(proxy);
        NoEffect(proxy, formats);
        return formats;
    }

    /// <summary>Checks which come after those of all sections.</summary>
    public void CheckLate(ProxySyntax proxy)
    {
        if (proxy.Disabled)
        {
            return;
        }

        foreach (var server in proxy.Servers)
        {
            Port(proxy, server);
        }

        foreach (var files in proxy.ErrorFiles)
        {
            if (!document.HttpErrors.ContainsKey(files.Section))
            {
                Error(proxy, files.At, "unknown-http-errors",
                    $"proxy '{proxy.Name}': unknown http-errors section '{files.Section}' (at {files.At.File}:{files.At.Line}).");
            }
        }

        var threads = document.Global.Config.Threads ?? Math.Min(document.Surroundings.Processors, 64);
        foreach (var bind in proxy.Binds)
        {
            if (bind.ThreadMask != 0 && (bind.ThreadMask & (ulong.MaxValue >> (64 - threads))) == 0)
            {
                Error(proxy, bind.At, "no-such-thread",
                    $"Proxy '{proxy.Name}': 'thread' directive contains threads that belong to no group in 'bind {bind.Text}' at [{bind.At.File}:{bind.At.Line}].");
            }
        }

        foreach (var bind in proxy.BindsWithoutCertificate)
        {
            Error(proxy, bind.At, "no-certificate",
                $"Proxy '{proxy.Name}': no SSL certificate specified for bind '{bind.Text}' at [{bind.At.File}:{bind.At.Line}] (use 'crt').");
        }
    }

    private void Mode(ProxySyntax proxy)
    {
        var http = proxy.Mode == ProxyMode.Http;
        if (!http && proxy.Cookie is not null && proxy.IsBackend)
        {
            Warn(proxy, "needs-http", $"cookie will be ignored for {proxy.TypeName} '{proxy.Name}' (needs 'mode http').");
        }

        if (!http && proxy.MonitorUri is not null && proxy.IsFrontend)
        {
            Warn(proxy, "needs-http", $"monitor-uri will be ignored for {proxy.TypeName} '{proxy.Name}' (needs 'mode http').");
        }

        if (!http && proxy.Balance.Algorithm is BalanceAlgorithm.Uri or BalanceAlgorithm.UrlParameter or BalanceAlgorithm.Header && proxy.IsBackend && !http)
        {
            Warn(proxy, "needs-http", $"Layer 7 hash not possible for {proxy.TypeName} '{proxy.Name}' (needs 'mode http'). Falling back to round robin.");
            proxy.Balance = proxy.Balance with { Algorithm = BalanceAlgorithm.RoundRobin };
        }

        if (proxy.Dispatch is not null && proxy.HasBalance)
        {
            Warn(proxy, "dispatch-ignored", $"dispatch address of {proxy.TypeName} '{proxy.Name}' will be ignored in balance mode.");
        }

        HttpChecks(proxy);
        ExternalChecks(proxy);
    }

    private void HttpChecks(ProxySyntax proxy)
    {
        if (!proxy.IsBackend && proxy.CheckOption == "httpchk")
        {
            if (proxy.DisableOn404)
            {
                Warn(proxy, "rules-ignored", $"'disable-on-404' will be ignored for {proxy.TypeName} '{proxy.Name}' (requires 'option httpchk').");
            }

            if (proxy.SendState)
            {
                Warn(proxy, "rules-ignored", $"'send-state' will be ignored for {proxy.TypeName} '{proxy.Name}' (requires 'option httpchk').");
            }
        }

        if (proxy.HttpCheckSteps.Count > 0 && proxy.CheckOption != "httpchk")
        {
            Warn(proxy, "rules-ignored",
                $"{proxy.TypeName} '{proxy.Name}' uses http-check rules without 'option httpchk', so the rules are ignored.");
        }
    }

    private void ExternalChecks(ProxySyntax proxy)
    {
        if (proxy.CheckOption == "external-check")
        {
            if (!document.Global.Config.ExternalCheck)
            {
                Error(proxy, proxy.At, "external-check-off",
                    $"Proxy '{proxy.Name}' : 'option external-check' unable to find required 'global.external-check'.");
            }

            if (proxy.ExternalCheckCommand is null)
            {
                Error(proxy, proxy.At, "external-check-command",
                    $"Proxy '{proxy.Name}' : 'option external-check' unable to find required 'external-check command'.");
            }

            if (!document.Global.InsecureFork)
            {
                Warn(proxy, "external-check-fork",
                    $"Proxy '{proxy.Name}' : 'insecure-fork-wanted' not enabled in the global section, 'option external-check' will likely fail.");
            }

            if (proxy is { ExternalCheckCommand: [not '/', ..], ExternalCheckPath: null })
            {
                Error(proxy, proxy.At, "external-check-path",
                    $"Proxy '{proxy.Name}': 'external-check command' does not have a leading '/' and 'external-check path' is not set.");
            }

            return;
        }

        if (proxy.ExternalCheckCommand is not null)
        {
            Warn(proxy, "external-check-ignored",
                $"'external-check command' will be ignored for {proxy.TypeName} '{proxy.Name}' (requires 'option external-check').");
        }

        if (proxy.ExternalCheckPath is not null)
        {
            Warn(proxy, "external-check-ignored",
                $"'external-check path' will be ignored for {proxy.TypeName} '{proxy.Name}' (requires 'option external-check').");
        }
    }

    private void References(ProxySyntax proxy)
    {
        // A backend takes it over from the defaults as well, where it has no meaning.
        if (proxy is { IsFrontend: true, DefaultBackend: { } byDefault }
            && Target(proxy, byDefault.Name, byDefault.At, "default_backend", "as its default backend") && proxy.Servers.Count > 0)
        {
            Warn(proxy, "servers-unused",
                $"In proxy '{proxy.Name}', the 'default_backend' rule always has precedence over the servers, which will never be used.");
        }

        foreach (var rule in proxy.UseBackend)
        {
            if (rule.Backend is { } name && proxy.IsFrontend)
            {
                Target(proxy, name, rule.At, "use_backend", "in a 'use_backend' rule");
                BufferFetches.Warn(proxy, rule.Condition, rule.At, sink);
            }
        }

        foreach (var late in proxy.Late)
        {
            sink.Add(late);
        }

        foreach (var rule in proxy.UseServer)
        {
            if (rule.Server is not { } name)
            {
                continue;
            }

            BufferFetches.Warn(proxy, rule.Condition, rule.At, sink);
            if (!proxy.ServersByName.ContainsKey(name))
            {
                Error(proxy, rule.At, "unknown-server",
                    $"{proxy.TypeName} '{proxy.Name}' : unable to find server '{name}' referenced in a 'use-server' rule.");
            }
        }
    }

    /// <returns>Whether the name leads somewhere.</returns>
    private bool Target(ProxySyntax proxy, string name, SourceSpan at, string keyword, string role)
    {
        var target = document.FindProxy(name, ProxyCapability.Backend);
        if (target is null)
        {
            Error(proxy, at, "unknown-backend", $"Proxy '{proxy.Name}': unable to find required {keyword}: '{name}'.");
        }
        else if (target == proxy)
        {
            Error(proxy, at, "backend-loop", $"Proxy '{proxy.Name}': loop detected for {keyword}: '{name}'.");
        }
        else if (proxy.Mode == ProxyMode.Http && target.Mode == ProxyMode.Tcp)
        {
            // The other way round is fine: a stream is upgraded when it reaches a section that speaks HTTP.
            Error(proxy, at, "mode-mismatch",
                $"http {proxy.TypeName} '{proxy.Name}' ({proxy.At.File}:{proxy.At.Line}) tries to use incompatible tcp {target.TypeName} '{target.Name}' ({target.At.File}:{target.At.Line}) {role} (see 'mode').");
        }
        else
        {
            return true;
        }

        return false;
    }

    private void Formats(ProxySyntax proxy, ProxyFormats formats)
    {
        if (proxy.LogFormat is { } log && proxy.IsFrontend)
        {
            if (log.Option is "httplog" or "httpslog" or "httplog clf" && proxy.Mode != ProxyMode.Http)
            {
                sink.Warn("needs-http", log.At,
                    $"'option {log.Option}' not usable with {proxy.TypeName} '{proxy.Name}' (needs 'mode http'). Falling back to 'option tcplog'.",
                    DiagnosticPlace.Parsing);
                log = log with { Option = "tcplog" };
            }

            formats.Log = Compile(proxy, log.Option.Length > 0 ? log with { Text = PredefinedFormats.Text(log.Option) } : log, "log-format");
        }

        if (proxy.StructuredDataFormat is { } structured && proxy.IsFrontend)
        {
            formats.StructuredData = Compile(proxy, structured, "log-format-sd");
        }

        if (proxy.UniqueIdFormat is { } unique && proxy.IsFrontend)
        {
            formats.UniqueId = ExpressionReading.UniqueIdFormat(unique.Text, unique.At, proxy, out var error);
            if (formats.UniqueId is null)
            {
                sink.Error("bad-format", unique.At, $"failed to parse unique-id : {error}.", DiagnosticPlace.ParsingCapital);
            }
        }

        if (proxy.ErrorLogFormat is { } failed && proxy.IsFrontend)
        {
            formats.ErrorLog = Compile(proxy, failed, "error-log-format");
        }

        if (proxy.HashExpression is { } hash && proxy.Balance.Algorithm == BalanceAlgorithm.Hash)
        {
            BufferFetches.WarnHash(proxy, hash.Text, sink);
            formats.Hash = ExpressionReading.Sample(hash.Text, hash.At, proxy, out var error);
            if (formats.Hash is null)
            {
                sink.Error("bad-expression", hash.At, $"balance hash : {error}", DiagnosticPlace.Parsing);
            }
        }
    }

    private LogFormat? Compile(ProxySyntax proxy, FormatSyntax format, string name)
    {
        var compiled = ExpressionReading.LogFormat(format.Text, format.At, proxy, proxy.Mode == ProxyMode.Http, out var error);
        if (compiled is null)
        {
            sink.Error("bad-format", format.At, $"failed to parse {name} : {error}.", DiagnosticPlace.ParsingCapital);
        }

        return compiled;
    }

    private void ExpressionReferences(ProxySyntax proxy)
    {
        foreach (var reference in proxy.References)
        {
            if (ReferenceLookup.Problem(reference, proxy, document) is { } problem)
            {
                sink.Error("unknown-reference", reference.At, problem,
                    reference.Kind is ReferenceKind.RequestCapture or ReferenceKind.ResponseCapture ? DiagnosticPlace.None : DiagnosticPlace.ParsingTight);
            }
        }
    }

    private void Timeouts(ProxySyntax proxy)
    {
        var t = proxy.Timeouts;
        var client = proxy.IsFrontend && t.Client is null;
        var server = proxy.IsBackend && proxy.Servers.Count > 0
            && (t.Connect is null || (t.Server is null && (proxy.Mode == ProxyMode.Http || t.Tunnel is null)));
        if (client || server)
        {
            Warn(proxy, "missing-timeouts",
                $"missing timeouts for {proxy.TypeName} '{proxy.Name}'.\n   | While not properly invalid, you will certainly encounter various problems\n   | with such a configuration. To fix this, please ensure that all following\n   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.");
        }
    }

    private void ChecksWithoutOption(ProxySyntax proxy)
    {
        if (proxy.TcpCheckSteps.Count > 0 && proxy.CheckOption != "tcp-check")
        {
            Warn(proxy, "rules-ignored",
                $"{proxy.TypeName} '{proxy.Name}' uses tcp-check rules without 'option tcp-check', so the rules are ignored.");
        }
    }

    private void Servers(ProxySyntax proxy)
    {
        foreach (var (server, first) in proxy.DuplicateServers)
        {
            sink.Error("duplicate-name", server.At,
                $"{proxy.TypeName} '{proxy.Name}', another server named '{server.Name}' was already defined at line {first.At.Line}, please use distinct names.",
                DiagnosticPlace.Parsing);
        }

        var http = proxy.Mode == ProxyMode.Http;
        foreach (var server in proxy.Servers)
        {
            if (server.Resolvers is { } resolvers && !document.NamedSections.ContainsKey(("resolvers", resolvers)))
            {
                Error(proxy, server.At, "unknown-resolvers",
                    $"{proxy.TypeName} '{proxy.Name}', server '{server.Name}': unable to find required resolvers '{resolvers}'");
            }

            if (!http && server.RedirectPrefix is not null)
            {
                Error(proxy, server.At, "needs-http",
                    $"{proxy.TypeName} '{proxy.Name}' : server cannot have cookie or redirect prefix in non-HTTP mode.");
            }

            if (server.FastOpen && (proxy.RetryOn & (RetryOn.ConnectionFailure | RetryOn.EmptyResponse | RetryOn.ResponseTimeout))
                != (RetryOn.ConnectionFailure | RetryOn.EmptyResponse | RetryOn.ResponseTimeout))
            {
                sink.Warn("tfo-without-retry", server.At,
                    $"'server {proxy.Name}/{server.Name}' : server has tfo activated, the backend should be configured with at least 'conn-failure', 'empty-response' and 'response-timeout' or we wouldn't be able to retry the connection on failure.",
                    DiagnosticPlace.Bracket);
            }

            if (server.Track is { } track)
            {
                Track(proxy, server, track);
            }
        }
    }

    private void Track(ProxySyntax proxy, ServerSyntax server, string track)
    {
        void Say(string code, FormattableString sentence) => sink.Error(code, server.At, sentence, DiagnosticPlace.Bracket);

        var prefix = $"'server {proxy.Name}/{server.Name}' : ";
        var slash = track.IndexOf('/');
        var owner = slash < 0 ? proxy : document.FindProxy(track[..slash], ProxyCapability.Backend);
        var name = slash < 0 ? track : track[(slash + 1)..];
        if (owner is null)
        {
            Say("unknown-backend", $"{prefix}unable to find required proxy '{track[..slash]}' for tracking.");
            return;
        }

        if (!owner.ServersByName.TryGetValue(name, out var target))
        {
            Say("unknown-server", $"{prefix}unable to find required server '{name}' for tracking.");
            return;
        }

        var (section, one) = (owner, target);
        for (var i = 0; i < 10_000; i++)
        {
            if (one == server)
            {
                Say("track-loop", $"{prefix}unable to track {owner.Name}/{name} as it belongs to a tracking chain looping back to {proxy.Name}/{server.Name}.");
                return;
            }

            if (one.Track is not { } next)
            {
                break;
            }

            slash = next.IndexOf('/');
            if ((slash < 0 ? section : document.FindProxy(next[..slash], ProxyCapability.Backend)) is not { } nextSection
                || !nextSection.ServersByName.TryGetValue(next[(slash + 1)..], out var nextServer))
            {
                break;
            }

            (section, one) = (nextSection, nextServer);
        }

        if (!one.Check && !one.AgentCheck)
        {
            Say("track-unchecked",
                $"{prefix}unable to use {owner.Name}/{name} for tracking as it does not have any check nor agent enabled.");
        }
    }

    private void NoEffect(ProxySyntax proxy, ProxyFormats formats)
    {
        if ((formats.Log is not null || formats.StructuredData is not null) && proxy.Logs.Count == 0)
        {
            Warn(proxy, "no-log-target", $"log format ignored for {proxy.TypeName} '{proxy.Name}' since it has no log address.");
        }

        if (proxy.Mode == ProxyMode.Http)
        {
            Captures(proxy);
            return;
        }

        void Ignored(string what) => Warn(proxy, "needs-http", $"'{what}' statement ignored for {proxy.TypeName} '{proxy.Name}' as it requires HTTP mode.");
        void Rules(string what, int count)
        {
            if (count > 0)
            {
                Warn(proxy, "needs-http", $"'{what}' rules ignored for {proxy.TypeName} '{proxy.Name}' as they require HTTP mode.");
            }
        }

        void Option(string what) => Warn(proxy, "needs-http", $"'option {what}' ignored for {proxy.TypeName} '{proxy.Name}' as it requires HTTP mode.");

        if (proxy.Stats is not null)
        {
            Ignored("stats");
        }

        if (proxy.CookieCapture is not null)
        {
            Ignored("capture");
        }

        Rules("http-request", proxy.HttpRequest.Count);
        Rules("http-response", proxy.HttpResponse.Count);
        Rules("http-after-response", proxy.HttpAfterResponse.Count);
        Rules("redirect", proxy.Redirect.Count);
        if (proxy.ForwardFor is not null)
        {
            Option("forwardfor");
        }

        if (proxy.OriginalTo is not null)
        {
            Option("originalto");
        }

        foreach (var option in OptionLines.Switches)
        {
            if (option.HttpOnly && (proxy.Options & option.Flag) != 0 && (option.Where & proxy.Capability) != 0)
            {
                Option(option.Name);
            }
        }

        foreach (var server in proxy.Servers)
        {
            if (server.Cookie is not null)
            {
                Warn(proxy, "needs-http", $"{proxy.TypeName} '{proxy.Name}' : ignoring cookie for server '{server.Name}' as HTTP mode is disabled.");
            }
        }
    }

    private void Captures(ProxySyntax proxy)
    {
        var most = document.Global.Config.Tune.CookieLength;
        if (proxy.CookieCapture is { } cookie && cookie.Length > most)
        {
            Warn(proxy, "capture-cut", $"truncating capture length to {most} bytes for {proxy.TypeName} '{proxy.Name}'.");
            proxy.CookieCapture = cookie with { Length = most };
        }
    }

    private void Port(ProxySyntax proxy, ServerSyntax server)
    {
        if (!server.NeedsCheckPort)
        {
            return;
        }

        if (server.CheckAddress is Runtime.Ir.UnixEndpoint)
        {
            return;
        }

        var steps = proxy.CheckOption switch { "tcp-check" => proxy.TcpCheckSteps, "httpchk" => proxy.HttpCheckSteps, _ => [] };
        var scripted = proxy.CheckOption.Length > 0 && proxy.CheckOption != "external-check";
        if (scripted)
        {
            var connects = 0;
            var ported = 0;
            foreach (var step in steps)
            {
                if (step is Runtime.Ir.Health.ConnectStep connect)
                {
                    connects++;
                    ported += connect.Port is not null || connect.PortExpression is not null ? 1 : 0;
                }
            }

            if (connects > 0 && connects == ported && proxy.CheckOption == "tcp-check")
            {
                return;
            }

            Error(proxy, server.At, "no-check-port",
                $"config: {proxy.TypeName} '{proxy.Name}': server '{server.Name}' has neither service port nor check port nor tcp_check rule 'connect' with port information.");
            return;
        }

        Error(proxy, server.At, "no-check-port",
            $"config: {proxy.TypeName} '{proxy.Name}': server '{server.Name}' has neither service port nor check port.");
    }

    private void Warn(ProxySyntax proxy, string code, FormattableString sentence) => sink.Warn(code, proxy.At, sentence);

    private void Error(ProxySyntax proxy, SourceSpan at, string code, FormattableString sentence) =>
        sink.Error(code, at.Line > 0 ? at : proxy.At, sentence);
}
