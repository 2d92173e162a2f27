using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>The server with the fewest streams for its weight, those waiting for it included (<c>balance leastconn</c>).</summary>
/// <remarks>
/// An idle server ranks 0; one with n streams ranks (n + 1) / weight. Among equals the one that changed its rank longest ago comes first, so that idle
/// servers take turns. Fitted to the original's choices (fixtures/balance).
/// </remarks>
public sealed class LeastConnectionsBalancer : Balancer
{
    private sealed class Node : RankedNode;

    private const long Scale = 256 * WeightScale;

    private readonly RankedHeap _active;
    private readonly RankedHeap _backup;
    private long _sequence;

    /// <summary>A balancer over a backend's servers.</summary>
    public LeastConnectionsBalancer(BackendState backend)
        : base(backend)
    {
        _active = new RankedHeap(Servers.Length);
        _backup = new RankedHeap(Servers.Length);
        foreach (var server in Servers)
        {
            server.Node = new Node { Server = server };
            Place(server);
        }
    }

    /// <inheritdoc/>
    public override bool WatchesLoad => true;

    /// <inheritdoc/>
    public override void Taken(ServerState server) => Place(server);

    /// <inheritdoc/>
    public override void Dropped(ServerState server) => Place(server);

    /// <inheritdoc/>
    protected override ServerState? ChooseFrom(bool backups, BalanceHash hash, ServerState? avoid, out bool saturated)
    {
        saturated = false;
        var heap = backups ? _backup : _active;
        RankedNode? skipped = null;
        ServerState? chosen = null;
        ServerState? avoided = null;
        while (heap.First is { } node)
        {
            if (!MayTake(node.Server))
            {
                saturated = true;
            }
            else if (ReferenceEquals(node.Server, avoid))
            {
                avoided = node.Server;
            }
            else
            {
                chosen = node.Server;
                break;
            }

            RankedHeap.Remove(node);
            node.NextSkipped = skipped;
            skipped = node;
        }

        while (skipped is not null)
        {
            var next = skipped.NextSkipped;
            skipped.NextSkipped = null;
            heap.Add(skipped);
            skipped = next;
        }

        chosen ??= avoided;
        saturated &= chosen is null;
        return chosen;
    }

    /// <inheritdoc/>
    protected override void Entered(ServerState server) => server.Node = new Node { Server = server };

    /// <inheritdoc/>
    protected override void Changed(ServerState server) => Place(server);

    /// <summary>A server with an explicit <c>maxqueue</c> takes streams into its queue up to that (configuration manual 5.2, <c>maxqueue</c>).</summary>
    private static bool MayTake(ServerState server) =>
        server.MaxConnections == 0
        || server.Served.Value + server.Queued.Value < ServerLimits.Now(server) + (server.Config.MaxQueue > 0 ? server.Config.MaxQueue : 0);

    private void Place(ServerState server)
    {
        var node = (Node)server.Node!;
        RankedHeap.Remove(node);
        if (!server.IsUsable)
        {
            return;
        }

        var load = server.Served.Value + server.Queued.Value;
        node.Rank = load == 0 ? 0 : (load + 1) * Scale / server.EffectiveWeight;
        node.Sequence = _sequence++;
        (server.Config.Backup ? _backup : _active).Add(node);
    }
}
