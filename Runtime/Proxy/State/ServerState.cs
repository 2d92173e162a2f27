using System.Text;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.State;

/// <summary>Whether a server takes traffic, as its checks see it.</summary>
public enum OperationalState
{
    /// <summary>Down.</summary>
    Stopped,

    /// <summary>Up, its weight still growing (slow start).</summary>
    Starting,

    /// <summary>Up.</summary>
    Running,

    /// <summary>Up, taking no new clients (check 404, agent "stopping").</summary>
    Stopping,
}

/// <summary>What the operator or another server ordered. The bits are those of srv_admin_state (management manual 9.3, <c>show servers state</c>).</summary>
[Flags]
public enum AdministrativeState
{
    /// <summary>Nothing: ready.</summary>
    Ready = 0,

    /// <summary>Maintenance by order.</summary>
    ForcedMaintenance = 0x01,

    /// <summary>Maintenance of a tracked server.</summary>
    InheritedMaintenance = 0x02,

    /// <summary>The file said <c>disabled</c>; a mark only: the maintenance itself is <see cref="ForcedMaintenance"/>.</summary>
    ConfiguredMaintenance = 0x04,

    /// <summary>Drain by order.</summary>
    ForcedDrain = 0x08,

    /// <summary>Drain of a tracked server.</summary>
    InheritedDrain = 0x10,

    /// <summary>Maintenance since its name does not resolve.</summary>
    ResolutionMaintenance = 0x20,

    /// <summary>The operator changed its host name; a mark only.</summary>
    HostNameMaintenance = 0x40,

    /// <summary>Any maintenance.</summary>
    AnyMaintenance = ForcedMaintenance | InheritedMaintenance | ResolutionMaintenance,

    /// <summary>Any drain.</summary>
    AnyDrain = ForcedDrain | InheritedDrain,
}

/// <summary>A live server.</summary>
/// <remarks>
/// State and weights change only under <see cref="BackendState.Gate"/>, and the backend's balancer is told; traffic reads
/// them without a lock. Counters belong to their threads.
/// </remarks>
public sealed class ServerState
{
    /// <summary>Makes a server in the state its configuration asks for.</summary>
    public ServerState(ServerConfig config, BackendState backend, int threads)
    {
        Config = config;
        Backend = backend;
        Counters = new CounterSet(threads);
        Idle = new IdleList[threads];
        for (var i = 0; i < threads; i++)
        {
            Idle[i] = new IdleList();
        }

        UserWeight = config.Weight;
        InitialWeight = config.Weight;
        EffectiveWeight = config.Weight * Balancer.WeightScale;
        CookieValue = config.Cookie;
        PortIsOffset = config.PortIsOffset;
        MaxConnections = config.MaxConnections;
        MinConnections = config.MinConnections == 0 ? config.MaxConnections : config.MinConnections;
        Admin = config.Disabled ? AdministrativeState.ConfiguredMaintenance | AdministrativeState.ForcedMaintenance : AdministrativeState.Ready;
        Operational = config.Disabled ? OperationalState.Stopped : OperationalState.Running;
        Health = new ServerHealth(this);
    }

    /// <summary>What the file asked for.</summary>
    public ServerConfig Config { get; }

    /// <summary>The backend it belongs to.</summary>
    public BackendState Backend { get; }

    /// <summary>A number of its own among all servers that the process has had.</summary>
    public int SerialNumber { get; internal set; }

    /// <summary>A rule, a sample fetch or another server names it: it cannot be removed.</summary>
    public bool IsNamed { get; internal set; }

    /// <summary>It was removed from its backend: nothing new begins for it.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Its idle connections by thread.</summary>
    internal IdleList[] Idle { get; }

    /// <summary>Connections to it that carry a stream or a check, on all threads.</summary>
    public int UsedConnections;

    /// <summary>The most of them at once lately.</summary>
    public int UsedMaximum { get; internal set; }

    /// <summary>How many connections were in use at once lately: so many are worth keeping.</summary>
    public int NeededConnections { get; internal set; }

    /// <summary>Idle connections to it on all threads.</summary>
    public int IdleCount;

    /// <summary>Those of them that have shown that they can be used again.</summary>
    public int SafeIdleCount;

    /// <summary>A connection to it comes into use.</summary>
    internal void EnterUse()
    {
        var used = Interlocked.Increment(ref UsedConnections);
        if (used > NeededConnections)
        {
            NeededConnections = used;
        }

        if (used > UsedMaximum)
        {
            UsedMaximum = used;
        }
    }

    /// <summary>A connection to it is no longer in use.</summary>
    internal void LeaveUse() => Interlocked.Decrement(ref UsedConnections);

    /// <summary>Its name.</summary>
    public string Name => Config.Name;

    private readonly Published<SocketAddress128> _address = new();
    private byte[] _cookie = [];

    /// <summary>Where connections go.</summary>
    public ref readonly SocketAddress128 Address => ref _address.Value;

    /// <summary>Changes where connections go (<c>set server addr</c>), under the gate.</summary>
    public void MoveTo(in SocketAddress128 address) => _address.Set(address);

    /// <summary>Whether the port is added to the client's. Changed by <c>set server addr … port</c>.</summary>
    public bool PortIsOffset { get; set; }

    /// <summary>How connections to it are made; set by Apply.</summary>
    internal ConnectOptions Connecting;

    /// <summary>Its checks name their own addresses in a PROXY header of version 2, in the place of LOCAL (<c>pp2-never-send-local</c>); set by Apply.</summary>
    internal bool ChecksAreNeverLocal { get; set; }

    /// <summary>The local ports that its connections share; null where the system chooses or there is only one.</summary>
    internal SourcePorts? SourcePorts { get; set; }

    /// <summary>Whether <see cref="Address"/> is known.</summary>
    public bool HasAddress => Address.Length > 0;

    /// <summary>What its checks, its agent and its traffic tell.</summary>
    public ServerHealth Health { get; }

    /// <summary>Whether it takes traffic, as its checks see it.</summary>
    public OperationalState Operational { get; set; }

    /// <summary>What the operator ordered.</summary>
    public AdministrativeState Admin { get; set; }

    /// <summary>The weight in force without slow start, 0 to 256.</summary>
    public int UserWeight { get; set; }

    /// <summary>The weight of the file.</summary>
    public int InitialWeight { get; set; }

    /// <summary>The weight the balancer works with, scaled (<see cref="Balancer.WeightScale"/>) and slowed by slow start.</summary>
    public int EffectiveWeight { get; set; }

    /// <summary>Most concurrent requests; 0 unlimited. Changed by <c>set maxconn server</c>.</summary>
    public int MaxConnections { get; set; }

    /// <summary>Concurrent requests at low load.</summary>
    public int MinConnections { get; set; }

    /// <summary>Streams that hold a place on it (CSV scur counts sessions).</summary>
    public Gauge Sessions { get; } = new();

    /// <summary>Places taken against <see cref="MaxConnections"/>.</summary>
    public Gauge Served { get; } = new();

    /// <summary>Streams that wait for this server. Used under the gate.</summary>
    public WaitQueue Queue { get; } = new();

    /// <summary>How far slow start is, 1 to 100; 100 unless <see cref="OperationalState.Starting"/>.</summary>
    public int SlowStartPercent { get; set; } = 100;

    /// <summary>Streams in its own queue (qcur, qmax).</summary>
    public Gauge Queued { get; } = new();

    /// <summary>New sessions a second (rate, rate_max).</summary>
    public FrequencyCounter SessionRate { get; } = new();

    /// <summary>How long its streams took.</summary>
    public TimeStatistics Times { get; } = new();

    /// <summary>The highest rate.</summary>
    public int SessionRateMaximum;

    /// <summary>Counts by thread.</summary>
    public CounterSet Counters { get; }

    /// <summary>Balancer's own data about this server.</summary>
    public BalancerNode? Node { get; set; }

    /// <summary>Wall time of the last change of state, seconds since 1970.</summary>
    public long LastChangeSeconds { get; set; }

    /// <summary>Seconds it was down in all, not counting now.</summary>
    public long DownSeconds { get; set; }

    /// <summary>How often it went down (chkdown).</summary>
    public long DownTransitions { get; set; }

    /// <summary>Wall time of the last session, seconds since 1970; 0 never (lastsess).</summary>
    public long LastSessionSeconds;

    /// <summary>Whether it may take a new request now.</summary>
    public bool IsUsable => Operational is OperationalState.Running or OperationalState.Starting && (Admin & (AdministrativeState.AnyMaintenance | AdministrativeState.AnyDrain)) == 0
        && EffectiveWeight > 0;

    /// <summary>Whether it is in maintenance of any kind.</summary>
    public bool IsInMaintenance => (Admin & AdministrativeState.AnyMaintenance) != 0;

    /// <summary>Whether it drains by any order.</summary>
    public bool IsDraining => (Admin & AdministrativeState.AnyDrain) != 0;

    /// <summary>The server whose state it follows (<c>track</c>); null none.</summary>
    public ServerState? Leader { get; internal set; }

    /// <summary>The servers that follow this one.</summary>
    public ServerState[] Followers { get; private set; } = [];

    /// <summary>
    /// A server follows this one: the last one of the file, or of run time, is told first. Under the gate; those who read the followers have the ones of
    /// before or of after.
    /// </summary>
    internal void AddFollower(ServerState server) => Followers = server.Config.AtRunTime ? [server, .. Followers] : [.. Followers, server];

    /// <summary>A server follows this one no longer. Under the gate.</summary>
    internal void RemoveFollower(ServerState server) => Followers = Array.FindAll(Followers, follower => !ReferenceEquals(follower, server));

    /// <summary>It is no server of its backend any more.</summary>
    internal void Retire() => IsRemoved = true;

    /// <summary>How many sixteenths of its weight it has, 1 to 16 (throttle); of meaning while <see cref="OperationalState.Starting"/>.</summary>
    public int SlowStartShare { get; internal set; } = Balancer.WeightScale;

    /// <summary>Whether it is up, draining or not.</summary>
    public bool IsUp => Operational != OperationalState.Stopped && (Admin & AdministrativeState.AnyMaintenance) == 0;

    /// <summary>Whether persistence may still lead to it: up, or draining.</summary>
    public bool IsUsableForPersistence => IsUp;

    /// <summary>The cookie's value; changes with a dynamic cookie's address.</summary>
    public string? CookieValue
    {
        get;
        set
        {
            field = value;
            _cookie = value is null ? [] : Encoding.Latin1.GetBytes(value);
        }
    }

    /// <summary>The bytes of <see cref="CookieValue"/>; empty where it has none.</summary>
    public ReadOnlyMemory<byte> CookieBytes => _cookie;

    /// <inheritdoc/>
    public override string ToString() => Backend.Name + "/" + Name;
}
