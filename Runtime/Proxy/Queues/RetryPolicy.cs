using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Queues;

/// <summary>Where a failed connection is tried again (configuration manual 4.2, <c>retries</c>, <c>option redispatch</c>); fitted to the original's behaviour.</summary>
/// <remarks>
/// Without <c>option redispatch</c> each retry goes to the same server, after a pause. With it, a stream whose server the algorithm chose by turn or load
/// looks for another one at once, each time. A stream that persistence or a hash leads to its server stays there until the retry which the
/// option's interval names. Nobody moves where there is only one server to use, or where the server was forced. After a choice of another server the
/// stream counts as led by the algorithm.
/// </remarks>
public static class RetryPolicy
{
    /// <summary>The longest pause before the same server is tried again, in milliseconds; a shorter <c>timeout connect</c> shortens it.</summary>
    public const int LongestPause = 1000;

    /// <summary>Whether a retry looks for a server anew, at once; else it goes to the same one after the pause.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="isPersistent">Whether a cookie, stick table or rule led to the server.</param>
    /// <param name="isForced">Whether the server was meant even while down. That binds by <c>force-persist</c>, not by <c>option persist</c>.</param>
    /// <param name="retriesLeft">Retries left after this one.</param>
    public static bool ChoosesAnew(BackendState backend, bool isPersistent, bool isForced, int retriesLeft)
    {
        if ((backend.Proxy.Config.Options & ProxyOptions.Redispatch) == 0 || IsBound(backend, isForced) || backend.Balancer.UsedCount < 2)
        {
            return false;
        }

        return (!isPersistent && IsByTurnOrLoad(backend.Config.Balance.Algorithm)) || IsAtInterval(backend, retriesLeft);
    }

    /// <summary>The same question after the pause, right before the same server is tried: it may have gone down meanwhile.</summary>
    public static bool LeavesAfterPause(ServerState server, bool isForced) =>
        (server.Backend.Proxy.Config.Options & ProxyOptions.Redispatch) != 0 && !IsBound(server.Backend, isForced) && !server.IsUp;

    /// <summary>Milliseconds to wait before the same server is tried again.</summary>
    public static int Pause(BackendState backend) => Math.Min(LongestPause, backend.Proxy.Config.Timeouts.Connect?.Milliseconds ?? LongestPause);

    private static bool IsBound(BackendState backend, bool isForced) => isForced && (backend.Proxy.Config.Options & ProxyOptions.Persist) == 0;

    private static bool IsAtInterval(BackendState backend, int retriesLeft) => backend.Config.RedispatchInterval switch
    {
        0 => false,
        < 0 and var fromEnd => retriesLeft == -fromEnd - 1,
        var interval => (backend.Config.Retries - retriesLeft) % interval == 0,
    };

    private static bool IsByTurnOrLoad(BalanceAlgorithm algorithm) => algorithm is BalanceAlgorithm.RoundRobin or BalanceAlgorithm.StaticRoundRobin
        or BalanceAlgorithm.LeastConnections or BalanceAlgorithm.First or BalanceAlgorithm.Random;
}
