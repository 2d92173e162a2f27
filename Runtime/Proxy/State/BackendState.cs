using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Proxy.Queues;

namespace Dropin.Runtime.Proxy.State;

/// <summary>The servers' side of a live proxy.</summary>
public sealed class BackendState
{
    /// <summary>Makes a backend with its servers; the balancer is set by Apply afterwards.</summary>
    public BackendState(ProxyState proxy, BackendConfig config, int threads)
    {
        Proxy = proxy;
        Config = config;
        Counters = new CounterSet(threads);
        BalanceKey = new BalanceKey(config.Balance);
        Persistence = config.Cookie is null ? null : new CookiePersistence(this, config.Cookie);
        HasDynamicCookies = config.Cookie is { Dynamic: true };
        DynamicCookieKey = config.DynamicCookieKey;
        FullConnections = config.FullConnections ?? 0;
        if (config.Servers.Count == 0 && (config.Dispatch is not null || config.Transparent))
        {
            Direct = new ServerState(
                new ServerConfig { Name = "<NOSRV>", Id = 0, Endpoint = config.Dispatch ?? new DescriptorEndpoint(-1) }, this, threads);
        }

        Servers = new ServerState[config.Servers.Count];
        for (var i = 0; i < Servers.Length; i++)
        {
            Servers[i] = new ServerState(config.Servers[i], this, threads);
        }
    }

    /// <summary>Persistence by cookie; null where the section has no <c>cookie</c> line.</summary>
    public CookiePersistence? Persistence { get; }

    /// <summary>Whether servers without a cookie of their own get a computed one (<c>cookie … dynamic</c>). Changed by the CLI under the gate.</summary>
    public bool HasDynamicCookies { get; set; }

    /// <summary>The key of computed cookies (<c>dynamic-cookie-key</c>). Changed by the CLI under the gate.</summary>
    public string? DynamicCookieKey { get; set; }

    /// <summary>The section it is part of.</summary>
    public ProxyState Proxy { get; }

    /// <summary>What the file asked for.</summary>
    public BackendConfig Config { get; }

    /// <summary>The section's name.</summary>
    public string Name => Proxy.Name;

    /// <summary>Its servers in the order of the file, those added at run time behind them. A change makes a new array: whoever walks through one is not disturbed.</summary>
    public ServerState[] Servers { get; private set; }

    /// <summary>Adds a server. Under the gate.</summary>
    internal void Add(ServerState server)
    {
        Servers = [.. Servers, server];
        Balancer.Enter(server);
    }

    /// <summary>Takes a server out that is not usable. Under the gate.</summary>
    internal void Remove(ServerState server)
    {
        Servers = Array.FindAll(Servers, other => !ReferenceEquals(other, server));
        server.Retire();
        Balancer.Leave(server);
    }

    /// <summary>Stands for the address of <c>dispatch</c> or of the client's own wish (<c>option transparent</c>) in a backend without servers; null else.</summary>
    /// <remarks>It is no server to anybody but the stream: not balanced, not checked, in no statistics.</remarks>
    internal ServerState? Direct { get; }

    /// <summary>Held while state, weights, queues or the balancer's structures change or are used.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Chooses servers. Used under <see cref="Gate"/>.</summary>
    public Balancer Balancer { get; set; } = null!;

    /// <summary>Finds what a hashing algorithm goes by.</summary>
    public BalanceKey BalanceKey { get; }

    /// <summary>Streams that hold a place (scur, smax).</summary>
    public Gauge Sessions { get; } = new();

    /// <summary>Streams that wait for any server. Used under the gate.</summary>
    public WaitQueue Queue { get; } = new();

    /// <summary>Streams in the backend's queue (qcur, qmax): those no server holds.</summary>
    public Gauge Queued { get; } = new();

    /// <summary>Places taken on all servers.</summary>
    public Gauge Served { get; } = new();

    /// <summary>New sessions a second.</summary>
    public FrequencyCounter SessionRate { get; } = new();

    /// <summary>How long its streams took.</summary>
    public TimeStatistics Times { get; } = new();

    /// <summary>The highest rate.</summary>
    public int SessionRateMaximum;

    /// <summary>Counts by thread.</summary>
    public CounterSet Counters { get; }

    /// <summary>The load at which servers reach their maxconn (<c>fullconn</c>).</summary>
    public int FullConnections { get; set; }

    /// <summary>Wall time of the last change between up and down, seconds since 1970.</summary>
    public long LastChangeSeconds { get; set; }

    /// <summary>Seconds it had no server in all, not counting now.</summary>
    public long DownSeconds { get; set; }

    /// <summary>How often it lost its last server.</summary>
    public long DownTransitions { get; set; }

    /// <summary>Wall time of the last session, seconds since 1970; 0 never.</summary>
    public long LastSessionSeconds;

    /// <summary>Whether any server is usable.</summary>
    public bool HasServer => Balancer.ActiveCount + Balancer.BackupCount > 0;

    /// <summary>Servers in use that are no backups (act).</summary>
    public int ActiveCount => Balancer.ActiveCount;

    /// <summary>Backup servers that could be used (bck).</summary>
    public int BackupCount => Balancer.BackupCount;
}
