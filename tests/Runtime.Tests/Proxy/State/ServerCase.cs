using System.Globalization;
using System.Net;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Tests.Proxy.State;

/// <summary>Backends made of lines of a fixture, and what their events said.</summary>
public sealed class ServerCase : IServerEvents
{
    private readonly Dictionary<string, List<ServerConfig>> _servers = [];
    private readonly List<(string Server, string Leader)> _follow = [];

    public List<ServerMessage> Messages { get; } = [];

    public List<(ServerState Server, SessionShutdownReason Reason)> Shutdowns { get; } = [];

    public List<ServerState> Slow { get; } = [];

    public Dictionary<string, BackendState> Backends { get; } = [];

    public ServerTransitions Transitions { get; }

    public BalanceConfig Balance { get; set; } = new();

    public ProxyOptions Options { get; set; }

    public ServerCase() => Transitions = new ServerTransitions(this);

    /// <summary>Adds a server: <c>be/s1 weight=10 id=3 backup disabled track=be/s2 maxconn=5 minconn=1 maxqueue=2 slowstart=10000 cookie=x</c>.</summary>
    public void AddServer(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = words[0].Split('/');
        if (!_servers.TryGetValue(name[0], out var list)) _servers[name[0]] = list = [];
        var server = new ServerConfig { Name = name[1], Id = list.Count + 1, Endpoint = new IpEndpoint(IPAddress.Loopback, 80) };
        foreach (var word in words.AsSpan(1))
        {
            var pair = word.Split('=');
            var number = pair.Length > 1 && int.TryParse(pair[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            server = pair[0] switch
            {
                "weight" => server with { Weight = number },
                "id" => server with { Id = number },
                "backup" => server with { Backup = true },
                "disabled" => server with { Disabled = true },
                "maxconn" => server with { MaxConnections = number },
                "minconn" => server with { MinConnections = number },
                "maxqueue" => server with { MaxQueue = number },
                "slowstart" => server with { SlowStart = new Duration(number) },
                "cookie" => server with { Cookie = pair[1] },
                "addr" => server with { Endpoint = new IpEndpoint(IPAddress.Parse(pair[1]), 80) },
                "shutdown-sessions" => server with { ShutdownSessionsOnDown = true },
                "shutdown-backup-sessions" => server with { ShutdownBackupSessionsOnUp = true },
                "track" => server,
                _ => throw new InvalidOperationException(word),
            };
            if (pair[0] == "track") _follow.Add((words[0], pair[1]));
        }

        list.Add(server);
    }

    public ServerCase Build(CookieConfig? cookie = null, string? dynamicKey = null)
    {
        foreach (var (name, servers) in _servers)
        {
            var proxy = new ProxyState(new ProxyConfig
            {
                Name = name,
                Id = Backends.Count + 2,
                Capability = ProxyCapability.Backend,
                Options = Options,
                Backend = new BackendConfig { Servers = ValueList.Create<ServerConfig>(servers.ToArray()), Balance = Balance, Cookie = cookie, DynamicCookieKey = dynamicKey },
            }, 1);
            Backends[name] = proxy.Backend!;
        }

        foreach (var (server, leader) in _follow) ServerTransitions.Follow(Server(server), Server(leader));
        foreach (var backend in Backends.Values)
        {
            foreach (var server in backend.Servers)
            {
                if (server.Config.Endpoint is IpEndpoint address) server.MoveTo(SocketAddress128.From(address.Address, address.Port));
            }

            backend.Balancer = BalancerFactory.Make(backend);
        }

        return this;
    }

    public ServerState Server(string name)
    {
        var at = name.Split('/');
        return Backends[at[0]].Servers.First(s => s.Name == at[1]);
    }

    /// <summary>Carries out what the original's command line would.</summary>
    public void Command(string command, long now)
    {
        var words = command.Split(' ');
        switch (words)
        {
            case ["enable", "server", var name]: Transitions.OrderReady(Server(name), now); break;
            case ["disable", "server", var name]: Transitions.OrderMaintenance(Server(name), now); break;
            case ["set", "server", var name, "state", "ready"]: Transitions.OrderReady(Server(name), now); break;
            case ["set", "server", var name, "state", "drain"]: Transitions.OrderDrain(Server(name), now); break;
            case ["set", "server", var name, "state", "maint"]: Transitions.OrderMaintenance(Server(name), now); break;
            case ["set", "server", var name, "health", "up"]: Transitions.Up(Server(name), ", changed from CLI", now); break;
            case ["set", "server", var name, "health", "down"]: Transitions.Down(Server(name), ", changed from CLI", now); break;
            case ["set", "server", var name, "health", "stopping"]: Transitions.StopTakingClients(Server(name), ", changed from CLI", now); break;
            case ["set", "server", var name, "weight", var weight]: SetWeight(Server(name), weight, now); break;
            case ["set", "weight", var name, var weight]: SetWeight(Server(name), weight, now); break;
            default: throw new InvalidOperationException(command);
        }
    }

    void IServerEvents.Message(in ServerMessage message) => Messages.Add(message);

    void IServerEvents.ShutdownSessions(ServerState server, SessionShutdownReason reason) => Shutdowns.Add((server, reason));

    void IServerEvents.CannotBindSource(ProxyState proxy) => throw new NotSupportedException("No check of these tests connects.");

    void IServerEvents.OutOfDescriptors(ProxyState proxy) => throw new NotSupportedException("No check of these tests connects.");

    void IServerEvents.SlowStartBegins(ServerState server, int milliseconds) => Slow.Add(server);

    private void SetWeight(ServerState server, string text, long now)
    {
        var weight = text.EndsWith('%')
            ? Math.Min(ServerTransitions.HighestWeight, server.InitialWeight * int.Parse(text[..^1], CultureInfo.InvariantCulture) / 100)
            : int.Parse(text, CultureInfo.InvariantCulture);
        Transitions.SetWeight(server, weight, now);
    }
}
