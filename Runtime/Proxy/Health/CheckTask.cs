using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What all checks of a process share.</summary>
/// <param name="Judge">Draws the consequences.</param>
/// <param name="Expressions">Evaluates what scripts are written with.</param>
/// <param name="SpreadPercent">By how much intervals are varied, 0 to 50.</param>
/// <param name="Node">The host name that is sent in the server's state.</param>
internal sealed record CheckSetting(HealthJudge Judge, ICheckExpressions Expressions, int SpreadPercent, string Node);

/// <summary>Runs the checks, or asks the agent, of one server again and again on one loop.</summary>
internal sealed class CheckTask : LoopTask
{
    private readonly ServerState _server;
    private readonly CheckState _check;
    private readonly CheckSchedule _schedule;
    private readonly CheckSetting _setting;
    private readonly Loop _loop;
    private readonly Func<CheckRun, ValueTask<CheckOutcome>> _run;
    private bool _isRunning;

    internal CheckTask(
        ServerState server, CheckState check, CheckSchedule schedule, CheckSetting setting, Loop loop, Func<CheckRun, ValueTask<CheckOutcome>> run)
    {
        _server = server;
        _check = check;
        _schedule = schedule;
        _setting = setting;
        _loop = loop;
        _run = run;
    }

    /// <summary>The interval that counts now, milliseconds.</summary>
    internal int Interval => _schedule.Current(_check.Counter, _server.Operational == OperationalState.Stopped);

    /// <summary>Begins; called on the loop's thread.</summary>
    internal void Begin(int milliseconds) => _loop.SetDeadline(this, _loop.NowMilliseconds + milliseconds);

    /// <summary>Runs earlier than planned, from any thread.</summary>
    internal void Hasten() => _loop.Post(() =>
    {
        var wanted = _loop.NowMilliseconds + (_schedule.FastInterval ?? _schedule.Interval).Milliseconds;
        if (!_isRunning && wanted < Deadline)
        {
            _loop.SetDeadline(this, wanted);
        }
    });

    /// <summary>Does what an agent says, besides its health.</summary>
    internal static void Obey(ServerState server, in AgentAnswer answer, ServerTransitions transitions, long now)
    {
        switch (answer.Order)
        {
            case AgentOrder.Ready:
                transitions.OrderReady(server, now);
                break;
            case AgentOrder.Drain:
                transitions.OrderDrain(server, now);
                break;
            case AgentOrder.Maintenance:
                transitions.OrderMaintenance(server, now);
                break;
            default:
                break;
        }

        if (answer.WeightPercent is { } percent)
        {
            var weight = (int)Math.Min(ServerTransitions.HighestWeight, (long)server.InitialWeight * percent / 100);
            if (weight != server.UserWeight)
            {
                transitions.SetWeight(server, weight, now);
            }
        }

        if (answer.MaxConnections is { } most && most != server.MaxConnections)
        {
            ServerTransitions.SetMaxConnections(server, most);
        }
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        if (_isRunning || loop.NowMilliseconds < Deadline || _server.IsRemoved)
        {
            return;
        }

        if (!_check.Enabled || _check.Paused || _server.Backend.Proxy.Activity == ProxyActivity.Stopped || !HasAddress)
        {
            Plan();
            return;
        }

        // What awaits continues inside the loop's turns; nobody waits for the task itself.
        _ = RunOnceAsync();
    }

    private bool HasAddress => AddressOf().Length > 0;

    private async Task RunOnceAsync()
    {
        _isRunning = true;
        _loop.Cancel(this);
        _check.Begin();
        var run = new CheckRun(_server, _loop, _setting.Expressions, Interval, AddressOf()) { Node = _setting.Node };
        try
        {
            var outcome = await _run(run);
            if (_check.Enabled && !_check.Paused && !_server.IsRemoved)
            {
                _setting.Judge.Take(_server, _check, outcome, _loop.NowMilliseconds - run.Start, _loop.WallMicroseconds);
            }
        }
        finally
        {
            _check.InProgress = false;
            _isRunning = false;
            Plan();
        }
    }

    private void Plan()
    {
        var next = CheckSchedule.Next(Interval, _setting.SpreadPercent, _setting.SpreadPercent == 0 ? 0 : Random.Shared.NextDouble());
        _loop.SetDeadline(this, _loop.NowMilliseconds + Math.Max(1, next));
    }

    private SocketAddress128 AddressOf()
    {
        var health = _server.Health;
        return _check.IsAgent
            ? Pick(health.AgentAddress, _server.Config.Agent!.Address, health.AgentPort)
            : Pick(health.CheckAddress, _server.Config.Check!.Address, health.CheckPort != 0 ? health.CheckPort : _server.Config.Check.Port ?? 0);
    }

    private SocketAddress128 Pick(in SocketAddress128 ordered, Ir.Endpoint? configured, int port)
    {
        var address = ordered.Length > 0 ? ordered : configured is null ? default : ListeningSocket.AddressOf(configured);
        if (address.Length == 0)
        {
            address = _server.Address;
        }

        if (address.Family is SocketFamily.IPv4 or SocketFamily.IPv6)
        {
            if (port != 0)
            {
                address.SetPort(port);
            }
            else if (address.Port == 0)
            {
                address.SetPort(_server.Address.Port);
            }
        }

        return address;
    }
}
