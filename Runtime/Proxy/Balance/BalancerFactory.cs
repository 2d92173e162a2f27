using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Balance;

/// <summary>Makes the balancer a backend asks for.</summary>
public static class BalancerFactory
{
    /// <summary>A balancer over the servers in their present state.</summary>
    public static Balancer Make(BackendState backend) => backend.Config.Balance.Algorithm switch
    {
        BalanceAlgorithm.RoundRobin => new RoundRobinBalancer(backend),
        var other => throw new NotSupportedException($"{other}"),
    };
}
