using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>timeout ...</c> (configuration manual 4.2).</summary>
internal static class TimeoutLines
{
    /// <summary>Adds the keyword.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table.Executed("timeout", Read);

    private static void Read(ConfigLine line, ProxySyntax proxy)
    {
        var name = line[1];
        var (needs, known) = name switch
        {
            "client" or "client-fin" => (ProxyCapability.Frontend, true),
            "connect" or "server" or "server-fin" or "check" or "queue" => (ProxyCapability.Backend, true),
            "tunnel" => (ProxyCapability.Backend, true),
            "tarpit" or "http-request" or "http-keep-alive" => (ProxyCapability.None, true),
            _ => (ProxyCapability.None, false),
        };
        if (!known)
        {
            if (name is "clitimeout" or "contimeout" or "srvtimeout")
            {
                var instead = name switch { "clitimeout" => "client", "contimeout" => "connect", _ => "server" };
                line.Error("removed", $"the '{name}' directive is not supported anymore since HAProxy 2.1. Use 'timeout {instead}'.", word: 1);
                return;
            }

            line.Error("unknown-timeout",
                $"'timeout' supports 'client', 'server', 'connect', 'check', 'queue', 'http-keep-alive', 'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin' (got '{name}')",
                word: 1);
            return;
        }

        if (line[2].Length == 0)
        {
            line.Error("missing-argument", $"'timeout {name}' expects an integer value (in milliseconds)");
            return;
        }

        switch (Values.Time(line[2], TimeUnit.Milliseconds, out var value, out var bad))
        {
            case TimeOutcome.Overflow:
                line.Error("bad-time",
                    $"timer overflow in argument '{line[2]}' to 'timeout {name}' (maximum value is 2147483647 ms or ~24.8 days)", word: 2);
                return;
            case TimeOutcome.Underflow:
                line.Error("bad-time", $"timer underflow in argument '{line[2]}' to 'timeout {name}' (minimum non-null value is 1 ms)", word: 2);
                return;
            case TimeOutcome.BadCharacter:
                line.Error("bad-time", $"unexpected character '{bad}' in 'timeout {name}'", word: 2);
                return;
        }

        Values.WarnTrailing(line, line[2], 2);
        if (needs != ProxyCapability.None && (proxy.Capability & needs) == 0)
        {
            line.Warn(needs == ProxyCapability.Frontend ? "needs-frontend" : "needs-backend",
                $"'timeout {name}' will be ignored because {proxy.TypeName} '{proxy.Name}' has no {(needs == ProxyCapability.Frontend ? "frontend" : "backend")} capability");
        }

        if (line[3].Length > 0)
        {
            line.Error("unexpected-argument", $"'timeout {name}' : unexpected extra argument '{line[3]}' after value '{line[2]}'.", word: 3);
            return;
        }

        Runtime.Ir.Duration? time = value == 0 ? null : Values.Duration(value);
        var t = proxy.Timeouts;
        proxy.Timeouts = name switch
        {
            "client" => t with { Client = time },
            "server" => t with { Server = time },
            "connect" => t with { Connect = time },
            "check" => t with { Check = time },
            "queue" => t with { Queue = time },
            "http-keep-alive" => t with { HttpKeepAlive = time },
            "http-request" => t with { HttpRequest = time },
            "tunnel" => t with { Tunnel = time },
            "tarpit" => t with { Tarpit = time },
            "client-fin" => t with { ClientFin = time },
            _ => t with { ServerFin = time },
        };
    }
}
