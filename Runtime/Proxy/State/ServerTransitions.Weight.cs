using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Queues;

namespace Dropin.Runtime.Proxy.State;

/// <summary>Weights, limits and slow start (configuration manual 5.2, <c>slowstart</c>; management manual 9.3, <c>set weight</c>).</summary>
public sealed partial class ServerTransitions
{
    /// <summary>The highest weight.</summary>
    public const int HighestWeight = 256;

    /// <summary>Changes the weight, 0 to 256, by order or by an agent.</summary>
    public void SetWeight(ServerState server, int weight, long now)
    {
        lock (server.Backend.Gate)
        {
            var had = server.Backend.HasServer;
            server.UserWeight = weight;
            ApplyWeight(server, now);
            server.Backend.Balancer.Update(server);
            if (server.IsUsable)
            {
                ServerSelection.HandOver(server, current: null);
            }

            RemindOfDrain(server);
            NoticeBackendDown(server.Backend, had, now);
        }
    }

    /// <summary>Changes the limit of concurrent streams (<c>set maxconn server</c>); 0 unlimited.</summary>
    public static void SetMaxConnections(ServerState server, int most)
    {
        lock (server.Backend.Gate)
        {
            if (server.MaxConnections == server.MinConnections)
            {
                server.MinConnections = most;
            }

            server.MaxConnections = most;
            ServerSelection.HandOver(server, current: null);
        }
    }

    /// <summary>One step of slow start.</summary>
    /// <returns>Milliseconds until the next step; 0 where slow start is over.</returns>
    public int AdvanceSlowStart(ServerState server, long now)
    {
        lock (server.Backend.Gate)
        {
            if (server.Operational != OperationalState.Starting)
            {
                return 0;
            }

            ApplyWeight(server, now);
            server.Backend.Balancer.Update(server);
            var granted = ServerSelection.HandOver(server, current: null);
            if (server.SlowStartShare < Balancer.WeightScale)
            {
                return SlowStartStep(server);
            }

            SetOperational(server, OperationalState.Running, now);
            Tell(server, LevelNotice, $"is UP. {Online(server, granted)}");
            return 0;
        }
    }

    private static int SlowStartStep(ServerState server) => server.Config.SlowStart is null ? 0 : 1000;

    /// <summary>Derives how far slow start is and the weight the balancer works with. The weight grows in sixteenths, by whole seconds.</summary>
    private static void ApplyWeight(ServerState server, long now)
    {
        if (server.Operational != OperationalState.Starting || server.Config.SlowStart is not { } slow)
        {
            server.SlowStartPercent = 100;
            server.EffectiveWeight = server.UserWeight * Balancer.WeightScale;
            return;
        }

        var elapsed = Math.Max(0, (now / Second) - server.LastChangeSeconds) * 1000;
        var share = (int)Math.Min(Balancer.WeightScale, (elapsed * Balancer.WeightScale / slow.Milliseconds) + 1);
        server.SlowStartPercent = (int)Math.Min(100, Math.Max(1000, elapsed) * 100 / slow.Milliseconds);
        server.EffectiveWeight = server.UserWeight * share;
        server.SlowStartShare = share;
    }
}
