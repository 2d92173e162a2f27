using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>What a balancer keeps about a server; each algorithm derives its own.</summary>
public abstract class BalancerNode;

/// <summary>Chooses servers. All members are called with <see cref="BackendState.Gate"/> held.</summary>
public abstract class Balancer
{
    /// <summary>Weights are multiplied by it, so that slow start has steps between 0 and 1.</summary>
    public const int WeightScale = 16;

    /// <summary>Usable servers that are no backups.</summary>
    public int ActiveCount { get; protected set; }

    /// <summary>Usable backup servers.</summary>
    public int BackupCount { get; protected set; }

    /// <summary>Sum of the effective weights of the usable active servers.</summary>
    public int ActiveWeight { get; protected set; }

    /// <summary>Sum of the effective weights of the usable backup servers.</summary>
    public int BackupWeight { get; protected set; }

    /// <summary>Chooses a server.</summary>
    /// <param name="key">What the algorithm hashes: the client's address, URI, header …; empty where there is none.</param>
    /// <param name="avoid">A server not to take if there is another one (redispatch); null none.</param>
    /// <param name="saturated">Set where all usable servers are at their limit: the stream then queues on the backend.</param>
    /// <returns>Null where no server is usable or all are saturated.</returns>
    public abstract ServerState? Choose(ReadOnlySpan<byte> key, ServerState? avoid, out bool saturated);

    /// <summary>A server's state, weight or availability has changed.</summary>
    public abstract void Update(ServerState server);

    /// <summary>A stream took a place on a server.</summary>
    public virtual void Taken(ServerState server)
    {
    }

    /// <summary>A stream gave its place on a server back.</summary>
    public virtual void Dropped(ServerState server)
    {
    }
}
