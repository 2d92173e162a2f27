using System.Globalization;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Trackers;

namespace Dropin.Compat.Keepalived.Notify;

/// <summary>
/// Tells scripts and pipes of changes, with the original's words, arguments and order: the script for the state, then the one for all changes,
/// then the pipes. Scripts run beside one another and nobody waits for them.
/// </summary>
internal sealed class Notifier : IDisposable
{
    private const int PipeField = 1;
    private readonly ScriptRunner _runner;
    private readonly LogChannel _log;
    private readonly List<NotifyPipe> _pipes = [];
    private GlobalConfig _global;

    /// <summary>Opens the pipes of the configuration.</summary>
    /// <param name="global">The global definitions.</param>
    /// <param name="runner">Who runs scripts.</param>
    /// <param name="log">Told of what goes wrong.</param>
    /// <param name="from">What the former execution of this program has left; null at a start.</param>
    internal Notifier(GlobalConfig global, ScriptRunner runner, LogChannel log, StateRecord? from)
    {
        (_global, _runner, _log) = (global, runner, log);
        foreach (var one in from?.Records(PipeField) ?? [])
        {
            if (Wanted().FirstOrDefault(config => NotifyPipe.IsIn(one, config)) is { } config)
                _pipes.Add(new NotifyPipe(config, runner, log, one));
            else
                NotifyPipe.Drop(one);
        }
        OpenPipes();
    }

    /// <summary>The descriptors that stay open while the program executes its successor.</summary>
    internal IEnumerable<int> Handed => _pipes.Where(pipe => pipe.Descriptor >= 0).Select(pipe => pipe.Descriptor);

    /// <summary>Writes what the successor has to know.</summary>
    internal void Save(StateWriter to) => to.PutEach(PipeField, _pipes, static (writer, pipe) => pipe.Save(writer));

    /// <summary>Goes on with another configuration: pipes that stay keep their readers.</summary>
    internal void Reload(GlobalConfig global)
    {
        _global = global;
        foreach (var pipe in _pipes.Where(pipe => !Wanted().Contains(pipe.Config)).ToList())
        {
            _pipes.Remove(pipe);
            pipe.Dispose();
        }
        OpenPipes();
    }

    /// <summary>An instance changed its state.</summary>
    internal void Tell(InstanceChanged change)
    {
        var config = change.Instance.Config;
        var word = change.To == VrrpState.Deleted && !config.Notify.DeletedState ? "FAULT" : StateWord.Of(change.To);
        var priority = Number(change.Instance.EffectivePriority);
        RunFor(config.Notify, change.To, ["INSTANCE", config.Name, word, priority]);
        WriteAll($"INSTANCE \"{config.Name}\" {word} {priority}");
    }

    /// <summary>A group changed its state; groups have no priority, scripts hear 0.</summary>
    internal void Tell(GroupChanged change)
    {
        var word = StateWord.Of(change.To);
        RunFor(change.Group.Config.Notify, change.To, ["GROUP", change.Group.Name, word, "0"]);
        WriteAll($"GROUP \"{change.Group.Name}\" {word} 0");
    }

    /// <summary>A group lived through a reload: only pipes hear of it.</summary>
    internal void Tell(GroupKept kept) => WriteAll($"GROUP \"{kept.Group.Name}\" {StateWord.Of(kept.Group.State)} 0");

    /// <summary>The effective priority of an instance moved: only pipes hear of it.</summary>
    internal void Tell(PriorityChanged change)
    {
        if (!_global.NotifyPriorityChanges && !change.Instance.Config.Notify.PriorityChanges)
            return;
        WriteAll($"INSTANCE \"{change.Instance.Name}\" {StateWord.Of(change.Instance.State)}_PRIORITY {Number(change.To)}");
    }

    /// <summary>A master heard a router of lower priority.</summary>
    internal void Tell(MasterHeardLower heard)
    {
        if (heard.Instance.Config.Notify.MasterHearsLower is { } script)
            Run(script, []);
        WriteAll($"INSTANCE \"{heard.Instance.Name}\" MASTER_RX_LOWER_PRI {Number(heard.Instance.EffectivePriority)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pipe in _pipes)
            pipe.Dispose();
        _pipes.Clear();
    }

    private void RunFor(NotifyConfig notify, VrrpState state, string[] words)
    {
        var script = state switch
        {
            VrrpState.Master => notify.Master,
            VrrpState.Backup => notify.Backup,
            VrrpState.Fault => notify.Fault,
            VrrpState.Stopped => notify.Stop,
            VrrpState.Deleted => notify.DeletedState ? notify.Deleted : notify.Fault,
            _ => null,
        };
        if (script != null)
            Run(script, []);
        if (notify.Any != null)
            Run(notify.Any, words);
    }

    private void Run(ScriptCommand script, string[] words)
    {
        if (_runner.Start(script, words, null, out var error) == null)
            _log.Say($"Unable to run script {script.Line} - {error.Text}");
    }

    private void WriteAll(string line)
    {
        foreach (var pipe in _pipes)
            pipe.Write(line);
    }

    private void OpenPipes()
    {
        foreach (var wanted in Wanted())
        {
            if (!_pipes.Exists(pipe => pipe.Config.Equals(wanted)))
                _pipes.Add(new NotifyPipe(wanted, _runner, _log));
        }
    }

    private IEnumerable<NotifyFifoConfig> Wanted()
    {
        if (_global.Fifo != null)
            yield return _global.Fifo;
        if (_global.VrrpFifo != null)
            yield return _global.VrrpFifo;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
