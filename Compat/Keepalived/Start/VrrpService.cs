using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Notify;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Trackers;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>VRRP as it runs in this process: the node, what moves its priorities, and whom it tells.</summary>
internal sealed class VrrpService : IDisposable
{
    private const int MostFarewellMilliseconds = 1000; // so long scripts of the end may last; the original always waits so long
    private readonly Loop _loop;
    private readonly LogChannel _log;
    private readonly ScriptRunner _runner;
    private readonly Notifier _notifier;
    private readonly MailAlerts _mail;
    private readonly VrrpSentences _sentences;
    private readonly TrackerSet _trackers;
    private readonly AutomaticPriority _priority;
    private readonly BusService _bus;
    private readonly SnmpAgent _snmp;
    private readonly bool _monitorsAddresses;

    /// <summary>For a configuration; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="loop">The loop it lives in.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="log">The channel of VRRP.</param>
    /// <param name="monitorsAddresses">Each address that comes or goes is told (<c>-a</c>).</param>
    /// <param name="networkNamespace">The network namespace of the process; null for that of the host.</param>
    /// <param name="reload">Asks for a reload.</param>
    /// <param name="from">What the former execution of this program has left, for <see cref="Resume"/>; null at a start.</param>
    internal VrrpService(Loop loop, KeepalivedConfig config, LogChannel log, bool monitorsAddresses, string? networkNamespace, Action reload, StateRecord? from = null)
    {
        (_loop, _log, _monitorsAddresses) = (loop, log, monitorsAddresses);
        Node = new VrrpNode(loop, config);
        _sentences = new VrrpSentences(log);
        _runner = new ScriptRunner(loop);
        _notifier = new Notifier(config.Global, _runner, log, from?.Record(Field.Pipes));
        _mail = new MailAlerts(loop, log, () => Config.Global);
        _trackers = new TrackerSet(loop, Node, _runner, log);
        Node.Logged += _sentences.Tell;
        _priority = new AutomaticPriority(() => Config.Global);
        Node.Logged += _priority.Watch;
        _snmp = new SnmpAgent(loop, Node, log);
        Node.Logged += _snmp.Watch;
        Node.Notified += Notify;
        _bus = new BusService(loop, this, log, networkNamespace, _sentences.Tell, reload);
    }

    /// <summary>The running node, for dumps.</summary>
    internal VrrpNode Node { get; }

    /// <summary>The configuration that runs.</summary>
    internal KeepalivedConfig Config => Node.Core.Config;

    /// <summary>Starts all instances; the reason where the system does not let it run.</summary>
    internal SysError Start()
    {
        TellFirewall(Config);
        var error = Node.Open();
        if (!error.IsNone)
            return error;
        TellMissing();
        _snmp.Begin(Config.Global.Snmp);
        if (_monitorsAddresses)
            new AddressMonitor(Node, _log).Begin(tellsPresent: true);
        _trackers.Prepare(Config);
        Node.Start();
        _trackers.Start();
        _bus.Start(isResuming: false);
        return error;
    }

    /// <summary>The descriptors that have to stay open while the program executes its successor.</summary>
    internal IEnumerable<int> Handed => [.. Node.Handed, .. _notifier.Handed];

    /// <summary>Writes what the successor has to know. Nothing changes here.</summary>
    internal void Save(StateWriter to)
    {
        to.Put(Field.Node, Node.Save);
        to.Put(Field.Trackers, _trackers.Save);
        to.Put(Field.Pipes, _notifier.Save);
        to.Put(Field.Mails, _mail.Save);
        to.Put(Field.AutomaticPriority, _priority.Taken);
        to.Put(Field.Bus, _bus.IsOn);
        foreach (var pid in _runner.Running)
            to.Put(Field.Child, pid);
    }

    /// <summary>Whether a state of that configuration can be taken over; nothing in the system is touched.</summary>
    internal static bool CanResume(KeepalivedConfig config, StateRecord from) => VrrpNode.CanRestore(config, from.Record(Field.Node));

    /// <summary>Goes on where the former execution of this program was, in place of <see cref="Start"/>, and without a word.</summary>
    /// <returns>Why that cannot be; null where it can.</returns>
    internal string? Resume(StateRecord from)
    {
        var error = Node.Open();
        if (!error.IsNone)
            return error.Text;
        if (_monitorsAddresses)
            new AddressMonitor(Node, _log).Begin(tellsPresent: false);
        _priority.Taken = from.Small(Field.AutomaticPriority);
        if (!Node.Restore(from.Record(Field.Node)))
            return "its state makes no sense";
        _snmp.Begin(Config.Global.Snmp, quietly: true);
        _trackers.Resume(Config, from.Record(Field.Trackers));
        _mail.Restore(from.Record(Field.Mails));
        foreach (var pid in from.Numbers(Field.Child))
            _ = _runner.Adopt((int)pid, null); // those that nobody waits for are still to be reaped
        _bus.Start(isResuming: from.Flag(Field.Bus));
        return null;
    }

    /// <summary>Goes on with another configuration.</summary>
    internal void Reload(KeepalivedConfig config)
    {
        TellFirewall(config);
        _notifier.Reload(config.Global);
        _bus.BeginReload();
        Node.Reload(config);
        _snmp.Reload(config.Global.Snmp);
        _trackers.Reload(config);
        _bus.EndReload();
    }

    /// <summary>The end: addresses go, scripts hear of it.</summary>
    /// <param name="keepAddresses">Addresses stay.</param>
    /// <param name="ended">Called when all is done.</param>
    internal void Stop(bool keepAddresses, Action ended)
    {
        _trackers.Stop();
        Node.Stop(() => new Farewell(_loop, _runner, MostFarewellMilliseconds, Leave).Begin(), keepAddresses);

        void Leave()
        {
            _bus.Stop();
            ended();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bus.Dispose();
        _snmp.Dispose();
        _runner.TerminateAll();
        _notifier.Dispose();
        _trackers.Dispose();
        Node.Dispose();
    }

    private void TellFirewall(KeepalivedConfig config)
    {
        if (!config.Global.NamesFirewall && config.Instances.Any(instance => instance.VirtualMac != null || instance.Accept == false || instance.Strict))
            _log.Say("use_vmac or no_accept/strict specified, but no firewall configured - using nftables");
    }

    private void TellMissing()
    {
        foreach (var name in Config.Instances.Select(instance => instance.Interface).Distinct())
        {
            if (Node.Interfaces.Find(name) == null)
                _log.Say($"Configuration specifies interface {name} which doesn't currently exist - will use if created");
        }
    }

    private void Notify(VrrpEffect effect)
    {
        switch (effect)
        {
            case InstanceChanged change:
                _notifier.Tell(change);
                _snmp.Tell(change);
                _mail.Tell(change);
                _bus.Tell(change);
                break;
            case GroupChanged change:
                _notifier.Tell(change);
                _snmp.Tell(change);
                _mail.Tell(change);
                break;
            case GroupKept kept:
                _notifier.Tell(kept);
                break;
            case PriorityChanged change:
                _notifier.Tell(change);
                break;
            case MasterHeardLower heard:
                _notifier.Tell(heard);
                break;
        }
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Node = 1, Trackers = 2, Pipes = 3, Mails = 4, AutomaticPriority = 5, Child = 6, Bus = 7;
    }
}
