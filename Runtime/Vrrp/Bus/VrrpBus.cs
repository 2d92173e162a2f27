using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Bus;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>The daemon on the system's message bus: its name, its objects, what it tells and what it does for others.</summary>
/// <remarks>
/// Signals and their order are those of keepalived 2.2.7. Two things are better: a bus that dies or comes late is found again (the daemon then says
/// <c>VrrpStarted</c> and all states once more), and a name that a reload changes is changed.
/// </remarks>
public sealed class VrrpBus : IDisposable
{
    private const int MostMissed = 1000;
    private const uint WaitsForName = 2, NameIsTaken = 3; // answers to RequestName (D-Bus Specification, "Message Bus Messages")
    private readonly Loop _loop;
    private readonly Action<VrrpEvent> _log;
    private readonly Action<BusErrand, InstanceState?> _carryOut;
    private readonly IReadOnlyList<InstanceState> _instances;
    private readonly List<(string Path, uint State)> _late = [];
    private readonly BusObjects _objects;
    private BusSession? _session;
    private string _name;
    private ulong _request;
    private bool _hasName;
    private bool _wasToldLost;
    private bool _isReloading;
    private bool _isResuming;
    private bool _isFull;

    /// <summary>Nothing happens before <see cref="Start"/>.</summary>
    /// <param name="loop">The loop it lives in.</param>
    /// <param name="name">The name on the bus; null for the usual one.</param>
    /// <param name="networkNamespace">The network namespace of the daemon; null for none.</param>
    /// <param name="instanceName">Its name among several; null for none.</param>
    /// <param name="instances">The instances, as the core changes them.</param>
    /// <param name="log">Told of what happens.</param>
    /// <param name="carryOut">Does what somebody wants done, after he has been answered.</param>
    public VrrpBus(
        Loop loop, string? name, string? networkNamespace, string? instanceName, IReadOnlyList<InstanceState> instances,
        Action<VrrpEvent> log, Action<BusErrand, InstanceState?> carryOut)
    {
        (_loop, _name, _instances, _log, _carryOut) = (loop, name ?? BusNames.Service, instances, log, carryOut);
        _objects = new BusObjects(new BusPaths(networkNamespace, instanceName));
    }

    /// <summary>Goes onto the bus.</summary>
    /// <param name="isResuming">The former execution of this program was there: who listens is told of a reload alone, and of what has changed since.</param>
    public void Start(bool isResuming)
    {
        _isResuming = isResuming;
        Follow();
        if (!BusConnection.IsAvailable)
        {
            _log(new BusUnavailable());
            return;
        }

        _session = new BusSession(_loop) { Joined = Joined, Lost = Lost, Drained = Drained, Came = Came };
        _session.Begin();
    }

    /// <summary>An instance has another state.</summary>
    public void Tell(InstanceChanged change)
    {
        var told = (_objects.Paths.Of(change.Instance.Config), BusStates.NumberOf(change.Instance, change.To));
        var isNew = _isReloading && change is { From: VrrpState.Initialize, To: VrrpState.Backup or VrrpState.Master };
        if (!isNew && !_isResuming)
        {
            TellState(told);
        }
        else if (_late.Count < MostMissed)
        {
            _late.Add(told);
        }
    }

    /// <summary>A reload begins. The first states of new instances are told after it.</summary>
    public void BeginReload() => _isReloading = true;

    /// <summary>A reload has ended.</summary>
    /// <param name="name">The name that is wanted now; null for the usual one.</param>
    public void EndReload(string? name)
    {
        _isReloading = false;
        Follow();
        Rename(name ?? BusNames.Service);
        if (!_isResuming)
        {
            TellReloaded();
        }
    }

    /// <summary>Leaves the bus, with a word.</summary>
    public void Stop()
    {
        if (_session == null)
        {
            return;
        }

        TellDaemon(BusNames.Stopped);
        _ = _session.CallBus("ReleaseName", out _, new BusText(_name));
        Dispose();
        _log(new BusLeft());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
        _objects.Clear();
    }

    private void Follow() =>
        _objects.Follow(_instances, instance => _log(new BusObjectGone(instance.Name)), path => _log(new BusPlaceTaken(path)));

    private void Rename(string name)
    {
        if (name == _name)
        {
            return;
        }

        if (_session is { IsReady: true })
        {
            _ = _session.CallBus("ReleaseName", out _, new BusText(_name));
        }

        (_name, _hasName, _wasToldLost) = (name, false, false);
        if (_session is { IsReady: true })
        {
            RequestName();
        }
    }

    private void Joined()
    {
        (_hasName, _wasToldLost, _isFull) = (false, false, false);
        _log(new BusJoined(_name));
        if (_isResuming)
        {
            _isResuming = false;
            TellReloaded();
        }
        else
        {
            TellDaemon(BusNames.Started);
            TellStates();
        }

        RequestName();
    }

    // Some changes were not told: who listens gets the states as they are now.
    private void Drained()
    {
        _isFull = false;
        _log(new BusSignalsAgain());
        TellStates();
    }

    private void TellStates()
    {
        foreach (var instance in _instances)
        {
            TellState((_objects.Paths.Of(instance.Config), BusStates.NumberOf(instance, instance.State)));
        }
    }

    private void TellReloaded()
    {
        TellDaemon(BusNames.Reloaded);
        foreach (var state in _late)
        {
            TellState(state);
        }

        _late.Clear();
    }

    private void RequestName()
    {
        _request = _session!.CallBus("RequestName", out var error, new BusText(_name), new BusNumber(0));
        if (!error.IsNone)
        {
            LoseName(null, error);
        }
    }

    // A bus that is not there is told of once, however often it is looked for.
    private void Lost(SysError error) => LoseName(null, error);

    private void LoseName(string? refusal, SysError error)
    {
        if (!_wasToldLost)
        {
            _log(new BusNameLost(_name, refusal, error));
        }

        (_hasName, _wasToldLost) = (false, true);
    }

    private void Came(nint call, BusMessage message)
    {
        if (message.Kind == BusMessageKind.Call)
        {
            var answer = _objects.Answer(message);
            _session!.Answer(call, answer);
            if (answer.Errand != BusErrand.None)
            {
                _carryOut(answer.Errand, answer.Instance);
            }
        }
        else if (message.Sender == BusConnection.BusName)
        {
            BusSays(message);
        }
    }

    private void BusSays(BusMessage message)
    {
        if (message.Answers != 0)
        {
            if (message.Answers != _request)
            {
                return;
            }

            if (message.Kind == BusMessageKind.Error)
            {
                LoseName(message.ErrorText, SysError.None);
            }
            else if (message.Number is WaitsForName or NameIsTaken)
            {
                LoseName(null, SysError.None);
            }
        }
        else if (message.Texts.Count == 1 && message.Texts[0] == _name)
        {
            if (message.Member == "NameLost")
            {
                LoseName(null, SysError.None);
            }
            else if (message.Member == "NameAcquired" && !_hasName)
            {
                (_hasName, _wasToldLost) = (true, false);
                _log(new BusNameAcquired(_name));
            }
        }
    }

    private void TellState((string Path, uint State) told) => Tell(told.Path, BusNames.Instance, BusNames.StateChanged, new BusNumber(told.State));

    private void TellDaemon(string signal) => Tell(_objects.Paths.Daemon, BusNames.Daemon, signal);

    private void Tell(string path, string interfaceName, string signal, params ReadOnlySpan<BusValue> values)
    {
        // Nobody is told anything by a daemon that has been refused the name: another one speaks there.
        if (_session is not { IsReady: true } || (_wasToldLost && !_hasName && signal != BusNames.Started))
        {
            return;
        }

        if (!_session.Signal(path, interfaceName, signal, values) && !_isFull)
        {
            _isFull = true;
            _log(new BusSignalsLost());
        }
    }
}
