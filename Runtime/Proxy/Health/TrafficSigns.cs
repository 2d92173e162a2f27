using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What traffic shows of a server (configuration manual 5.2, <c>observe</c>).</summary>
public enum TrafficSign
{
    /// <summary>Connected.</summary>
    Connected,

    /// <summary>Not connected, for whatever reason.</summary>
    NotConnected,

    /// <summary>A good response.</summary>
    GoodResponse,

    /// <summary>A status that says the server does not work, 500 or more.</summary>
    BadStatus,

    /// <summary>A head that is no HTTP.</summary>
    InvalidResponse,

    /// <summary>No response in time.</summary>
    ReadTimeout,

    /// <summary>The server closed before a response.</summary>
    BrokenPipe,
}

/// <summary>Watches traffic in place of checks, and hastens or replaces them.</summary>
public sealed class TrafficObserver
{
    private static readonly (ObserveMode Layer, bool Good, string Text)[] Signs =
    [
        (ObserveMode.Layer4, true, "L4 successful connection"),
        (ObserveMode.Layer4, false, "L4 unsuccessful connection"),
        (ObserveMode.Layer7, true, "Correct http response"),
        (ObserveMode.Layer7, false, "Wrong http response"),
        (ObserveMode.Layer7, false, "Invalid http response (headers)"),
        (ObserveMode.Layer7, false, "Read timeout (http)"),
        (ObserveMode.Layer7, false, "Close from server (http)"),
    ];

    private readonly HealthJudge _judge;

    /// <summary>An observer that acts through a judge.</summary>
    public TrafficObserver(HealthJudge judge) => _judge = judge;

    /// <summary>Tells a sign; cheap where nothing is observed. From any thread.</summary>
    /// <param name="server">The server.</param>
    /// <param name="sign">What was seen.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void Notice(ServerState server, TrafficSign sign, long now)
    {
        var config = server.Config;
        if (config.Observe == ObserveMode.None || server.Health.Check is not { Enabled: true } check)
        {
            return;
        }

        var (layer, good, text) = Signs[(int)sign];
        if (layer != config.Observe || server.Operational == OperationalState.Stopped || server.IsInMaintenance)
        {
            return;
        }

        var health = server.Health;
        if (good)
        {
            health.ForgetErrors();
            return;
        }

        var errors = health.CountError();
        if (errors < config.ErrorLimit)
        {
            return;
        }

        health.ForgetErrors();
        health.FailedAnalyses++;
        Act(server, check, $"Detected {errors} consecutive errors, last one was: {text}", now);
        if (config.Check!.FastInterval is not null)
        {
            health.Hasten?.Invoke();
        }
    }

    private void Act(ServerState server, CheckState check, string why, long now)
    {
        switch (server.Config.OnError)
        {
            case OnErrorAction.FastInterval:
                return;
            case OnErrorAction.SuddenDeath:
                check.Order(CheckOrder.NearDeath);
                break;
            case OnErrorAction.MarkDown:
                check.Order(CheckOrder.Trust);
                break;
            default:
                break;
        }

        _judge.Take(server, check, new CheckOutcome(CheckStatus.TrafficAnalysis, 0, why), -1, now);
    }
}
