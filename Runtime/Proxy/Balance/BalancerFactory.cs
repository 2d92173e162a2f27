using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Makes the balancer a backend asks for.</summary>
public static class BalancerFactory
{
    /// <summary>A balancer over the servers in their present state.</summary>
    public static Balancer Make(BackendState backend)
    {
        var config = backend.Config.Balance;
        return config.Algorithm switch
        {
            BalanceAlgorithm.RoundRobin => new RoundRobinBalancer(backend),
            BalanceAlgorithm.StaticRoundRobin => new MapBalancer(backend),
            BalanceAlgorithm.LeastConnections => new LeastConnectionsBalancer(backend),
            BalanceAlgorithm.First => new FirstBalancer(backend),
            BalanceAlgorithm.Random => new RingBalancer(backend),
            _ => config.Method == HashMethod.Consistent ? new RingBalancer(backend) : new MapBalancer(backend),
        };
    }
}
