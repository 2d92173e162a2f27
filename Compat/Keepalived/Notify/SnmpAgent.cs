using System.Globalization;
using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Snmp;

namespace Dropin.Compat.Keepalived.Notify;

/// <summary>Shows VRRP to SNMP's master agent and tells it of changes (traps), with the original's log lines.</summary>
internal sealed class SnmpAgent : IDisposable
{
    private readonly Loop _loop;
    private readonly LogChannel _log;
    private readonly MibSource _source;
    private readonly MibView _view;
    private SnmpConfig _config = new();
    private SubAgent? _agent;
    private bool _hasFailed;

    /// <summary>For a node; nothing happens before <see cref="Begin"/>.</summary>
    internal SnmpAgent(Loop loop, VrrpNode node, LogChannel log)
    {
        (_loop, _log) = (loop, log);
        _source = new MibSource(node, $"Keepalived {ProductVersion.Text}", SystemName.HostName, static () => MonotonicClock.Microseconds);
        _view = VrrpMib.View(_source);
    }

    /// <summary>Connects to the master, where the configuration asks for it.</summary>
    /// <param name="config">What is asked for.</param>
    /// <param name="quietly">In place of the former execution of this program: nobody hears of it.</param>
    internal void Begin(SnmpConfig config, bool quietly = false)
    {
        _config = config;
        _source.Since = MonotonicClock.Microseconds;
        if (!config.IsWanted)
            return;
        if (!quietly)
            _log.Say("Starting SNMP subagent");
        var subtrees = VrrpMib.Subtrees(config);
        var session = new AgentxSession(_view, subtrees, "Keepalived");
        session.Refused += (subtree, error) => _log.Error(FormattableString.Invariant($"SNMP: the master agent refuses {subtree.Name} (error {error})"));
        var where = config.Socket ?? "[NIL]"; // net-snmp's word for its default
        _agent = new SubAgent(_loop, session, MasterAddress.TryRead(config.Socket, out var address) ? address : null);
        _agent.Connected += () =>
        {
            _hasFailed = false;
            _log.Say("NET-SNMP version 5.9.3 AgentX subagent connected"); // the line that is looked for, with the version that Debian 12 has
        };
        _agent.Disconnected += () => _log.Say($"AgentX master disconnected us, reconnecting in {SubAgent.RetryMilliseconds / 1000}");
        _agent.Failed += error =>
        {
            if (!_hasFailed)
                _log.Say($"Warning: Failed to connect to the agentx master agent ({where}): {error.Text}");
            _hasFailed = true; // told once, tried on
        };
        _agent.Begin();
    }

    /// <summary>Goes on with another configuration: the session stays where nothing of it is another.</summary>
    internal void Reload(SnmpConfig config)
    {
        _source.Since = MonotonicClock.Microseconds;
        _view.Forget();
        if (config == _config)
            return;
        var isAsked = (config with { Traps = _config.Traps }) != _config;
        _config = config;
        if (!isAsked)
            return;
        Stop();
        Begin(config);
    }

    /// <summary>An instance changed its state.</summary>
    internal void Tell(InstanceChanged change)
    {
        if (!_config.Traps)
            return;
        if (_config.Keepalived)
            Send($"({change.Instance.Name}) Sending SNMP notification", VrrpTraps.Of(_source, change));
        if (change.To != VrrpState.Master)
            return;
        if (_config.Version2)
            Send($"({change.Instance.Name}) Sending SNMP notification vrrpTrapNewMaster", VrrpTraps.NewMaster2(_source, change.Instance));
        if (_config.Version3)
            Send(string.Create(CultureInfo.InvariantCulture, $"({change.Instance.Name}) Sending SNMP notification vrrpv3NotifyNewMaster, reason {(int)change.Instance.NewMasterReason}"),
                VrrpTraps.NewMaster3(_source, change.Instance));
    }

    /// <summary>A group changed its state.</summary>
    internal void Tell(GroupChanged change)
    {
        if (_config is { Traps: true, Keepalived: true })
            Send($"VRRP_Group({change.Group.Name}): Sending SNMP notification", VrrpTraps.Of(_source, change));
    }

    /// <summary>Something was logged: packets that are wrong make traps of their own.</summary>
    internal void Watch(VrrpEvent happened)
    {
        if (!_config.Traps || happened is not PacketDiscarded packet || Find(packet.Name) is not { } instance)
            return;
        if (_config.Version2)
            Send($"({packet.Name}) Sending SNMP notification vrrpTrapAuthFailure", VrrpTraps.AuthenticationFailure(_source, instance, packet.Problem, packet.Sender));
        if (_config.Version3)
            Send($"({packet.Name}) Sending SNMP notification vrrpTrapProtoError", VrrpTraps.ProtocolError(_source, instance, packet.Problem));
    }

    /// <summary>The end.</summary>
    internal void Stop()
    {
        _agent?.Stop();
        _agent = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private void Send(string sentence, Trap? trap)
    {
        if (trap == null)
            return;
        _log.Say(sentence);
        _agent?.Notify(trap.Name, trap.Binds);
    }

    private InstanceState? Find(string name)
    {
        foreach (var instance in _source.Node.Core.Instances)
        {
            if (instance.Name == name)
                return instance;
        }
        return null;
    }
}
