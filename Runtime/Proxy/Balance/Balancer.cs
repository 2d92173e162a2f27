using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>What a balancer keeps about a server; each algorithm derives its own.</summary>
public abstract class BalancerNode;

/// <summary>Chooses servers. All members are called with <see cref="BackendState.Gate"/> held.</summary>
/// <remarks>
/// The common law of all algorithms (configuration manual, <c>option allbackups</c>): while an active server is usable only
/// active ones are chosen; else the first usable backup of the file alone, or all backups where the option asks for it.
/// </remarks>
public abstract class Balancer
{
    /// <summary>Weights are multiplied by it, so that slow start has steps between 0 and 1.</summary>
    public const int WeightScale = 16;

    private readonly BackendState _backend;
    private readonly bool _allBackups;

    /// <summary>A balancer over a backend's servers, whose states and weights are already set.</summary>
    protected Balancer(BackendState backend)
    {
        _backend = backend;
        _allBackups = (backend.Proxy.Config.Options & ProxyOptions.AllBackups) != 0;
        Recount();
    }

    /// <summary>Usable servers that are no backups.</summary>
    public int ActiveCount { get; private set; }

    /// <summary>Usable backup servers.</summary>
    public int BackupCount { get; private set; }

    /// <summary>Sum of the effective weights of the usable active servers.</summary>
    public int ActiveWeight { get; private set; }

    /// <summary>Sum of the effective weights of the usable backup servers.</summary>
    public int BackupWeight { get; private set; }

    /// <summary>Servers that take traffic now: the active ones, else the backups or the one backup.</summary>
    public int UsedCount => ActiveCount > 0 ? ActiveCount : OnlyBackup is not null ? 1 : BackupCount;

    /// <summary>Sum of the effective weights of the servers that take traffic now.</summary>
    public int TotalWeight => ActiveCount > 0 ? ActiveWeight : OnlyBackup is { } one ? one.EffectiveWeight : BackupWeight;

    /// <summary>Whether <see cref="Taken"/> and <see cref="Dropped"/> have to be called: the choice depends on the load.</summary>
    public virtual bool WatchesLoad => false;

    /// <summary>Whether weights may only be switched between 0 and the configured one (management manual 9.3, <c>set weight</c>).</summary>
    public virtual bool IsStatic => false;

    /// <summary>The backup that takes everything; null while an active server is usable, or with <c>option allbackups</c>.</summary>
    protected ServerState? OnlyBackup { get; private set; }

    /// <summary>The servers in the order of the file.</summary>
    protected ReadOnlySpan<ServerState> Servers => _backend.Servers;

    /// <summary>The backend.</summary>
    protected BackendState Backend => _backend;

    /// <summary>Chooses a server.</summary>
    /// <param name="hash">What a hashing algorithm goes by; the others do not look at it.</param>
    /// <param name="avoid">A server not to take if there is another one (redispatch); null none.</param>
    /// <param name="saturated">Set where all usable servers are at their limit: the stream then queues on the backend.</param>
    /// <returns>Null where no server is usable or all are saturated.</returns>
    public ServerState? Choose(BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        saturated = false;
        if (ActiveCount > 0)
        {
            return ChooseFrom(backups: false, hash, avoid, out saturated);
        }

        if (OnlyBackup is { } one)
        {
            return one;
        }

        return BackupCount > 0 ? ChooseFrom(backups: true, hash, avoid, out saturated) : null;
    }

    /// <summary>A server's state, weight or availability has changed.</summary>
    public void Update(ServerState server)
    {
        Recount();
        Changed(server);
    }

    /// <summary>A server was added to the backend's.</summary>
    public void Enter(ServerState server)
    {
        Entered(server);
        Update(server);
    }

    /// <summary>A server that is not usable was taken out of the backend's.</summary>
    public void Leave(ServerState server)
    {
        Recount();
        Left(server);
    }

    /// <summary>The algorithm's part of <see cref="Enter"/>: it gives the server what it keeps about one.</summary>
    protected virtual void Entered(ServerState server)
    {
    }

    /// <summary>The algorithm's part of <see cref="Leave"/>; <see cref="Changed"/> has already been told that the server is not usable.</summary>
    protected virtual void Left(ServerState server)
    {
    }

    /// <summary>A stream took a place on a server or in its queue.</summary>
    public virtual void Taken(ServerState server)
    {
    }

    /// <summary>A stream gave its place on a server or in its queue back.</summary>
    public virtual void Dropped(ServerState server)
    {
    }

    /// <summary>Chooses among the active servers or among the backups, one of which is usable.</summary>
    protected abstract ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated);

    /// <summary>The algorithm's part of <see cref="Update"/>; counts and sums are already those after the change.</summary>
    protected abstract void Changed(ServerState server);

    /// <summary>Whether a server has a place: others wait for it neither here nor, by the law of queues, before us.</summary>
    protected static bool HasPlace(ServerState server) => ServerLimits.HasPlace(server);

    private void Recount()
    {
        int active = 0, backup = 0, activeWeight = 0, backupWeight = 0;
        ServerState? first = null;
        foreach (var server in _backend.Servers)
        {
            if (!server.IsUsable)
            {
                continue;
            }

            if (server.Config.Backup)
            {
                backup++;
                backupWeight += server.EffectiveWeight;
                first ??= server;
            }
            else
            {
                active++;
                activeWeight += server.EffectiveWeight;
            }
        }

        (ActiveCount, BackupCount, ActiveWeight, BackupWeight) = (active, backup, activeWeight, backupWeight);
        OnlyBackup = active == 0 && !_allBackups ? first : null;
    }
}
