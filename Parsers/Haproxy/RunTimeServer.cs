using System.Collections.Frozen;
using Dropin.Parsers.Haproxy.Binding;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Parsers.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy;

/// <summary>A server that is made while the process runs (<c>add server</c>, management manual 9.3): its words are those of a <c>server</c> line.</summary>
/// <param name="Config">The server; null where the words are wrong.</param>
/// <param name="Disabled">What the words say of its first state: <c>disabled</c>, <c>enabled</c>, or nothing (null).</param>
/// <param name="Prefix">How messages name the server, in front of <paramref name="Error"/>; "" where its name is not known yet.</param>
/// <param name="Error">What is wrong; "" nothing.</param>
public sealed record RunTimeServer(ServerConfig? Config, bool? Disabled, string Prefix, string Error)
{
    /// <summary>Known options that cannot be used at run time.</summary>
    private static readonly FrozenSet<string> NotAtRunTime = FrozenSet.ToFrozenSet(
    [
        "cookie", "init-addr", "log-proto", "max-reuse", "namespace", "no-agent-check", "no-check", "no-check-send-proxy", "no-check-ssl", "no-send-proxy-v2-ssl",
        "no-send-proxy-v2-ssl-cn", "no-ssl", "non-stick", "redir", "resolve-net", "resolve-opts", "resolve-prefer", "resolvers", "socks4", "ssl-reuse", "stick", "tcp-ut",
    ]);

    /// <summary>Reads the words.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="words">Name, address and options.</param>
    /// <param name="others">The servers that the backend has.</param>
    /// <param name="hasPortElsewhere">Whether checks get their port from the backend's script.</param>
    public static RunTimeServer Read(string backend, ReadOnlySpan<string> words, IEnumerable<ServerConfig> others, bool hasPortElsewhere)
    {
        var sink = new DiagnosticSink();
        var document = new ConfigSyntax(new EnvironmentTable([]), new MachineSurroundings());
        var proxy = new ProxySyntax { Name = backend, At = SourceSpan.None, Capability = ProxyCapability.Backend };
        document.CurrentProxy = proxy;
        foreach (var other in others)
        {
            proxy.ServersById[other.Id] = new ServerSyntax().Copy(other.Name, other.At);
        }

        // No file mentions it: in messages the file's name reads as the original's.
        var at = new SourceSpan("(null)", 0);
        var line = new ConfigLine(document, sink);
        var all = new Word[words.Length + 1];
        all[0] = new Word("server", at);
        for (var i = 0; i < words.Length; i++)
        {
            all[i + 1] = new Word(words[i], at);
        }

        line.Set(all, LinePrefix.None, "backend");
        // default-server does not count here, and idle connections are kept only where that is asked for.
        var basis = new ServerSyntax { PoolMaxConnections = 0, PoolPurgeDelay = new Duration(0) };
        if (!ServerLines.Read(line, proxy, basis, static word => !NotAtRunTime.Contains(word)))
        {
            return Wrong(backend, words, sink);
        }

        var server = proxy.Servers[0];
        if (server is { NeedsCheckPort: true, CheckAddress: not UnixEndpoint } && !hasPortElsewhere)
        {
            sink.Error("no-check-port", at,
                $"config: backend '{backend}': server '{server.Name}' has neither service port nor check port nor tcp_check rule 'connect' with port information.");
            return Wrong(backend, words, sink);
        }

        server.HostName = (server.Endpoint as NamedEndpoint)?.Name;
        var id = server.Id != 0 ? server.Id : FirstFree(proxy.ServersById);
        // Its state is not that of a file: whoever adds it sets it. Checks send a PROXY header only where that is said of them.
        var config = ServerBuilder.Build(server, id) with { AtRunTime = true };
        config = config with { Check = config.Check is null ? null : config.Check with { SendProxy = server.CheckSendProxy } };
        return new RunTimeServer(config, server.Disabled, PrefixOf(backend, server.Name), "");
    }

    private static RunTimeServer Wrong(string backend, ReadOnlySpan<string> words, DiagnosticSink sink)
    {
        var text = sink.All[^1].Sentence;
        var prefix = PrefixOf(backend, words.Length > 0 ? words[0] : "");
        var named = text.StartsWith(prefix, StringComparison.Ordinal);
        // The sentence about ports names the section itself.
        var after = named || sink.All[^1].Code == "no-check-port";
        return new RunTimeServer(null, null, after ? prefix : "", (named ? text[prefix.Length..] : text).TrimEnd('\n'));
    }

    private static string PrefixOf(string backend, string server) => $"'server {backend}/{server}' : ";

    private static int FirstFree(Dictionary<int, ServerSyntax> used)
    {
        var id = 1;
        while (used.ContainsKey(id))
        {
            id++;
        }

        return id;
    }
}
