using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Results of scripts, files and processes.</summary>
public sealed partial class VrrpCore
{
    /// <summary>A tracked script has run.</summary>
    /// <param name="now">The time.</param>
    /// <param name="script">Its name.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="status">Exit code, or the signal that ended it.</param>
    public void ScriptFinished(long now, string script, ScriptOutcome outcome, int status)
    {
        if (_scripts.Find(s => s.Config.Name == script) is not { } state) return;
        // Only codes are compared: what was ended in between, or has not run yet, counts as 0 for this line.
        if (outcome is ScriptOutcome.Succeeded or ScriptOutcome.Failed)
        {
            if (state.LastExit != status) Effects.Add(new ScriptOutcomeChanged(script, outcome, status));
            state.LastExit = status;
        }
        (state.LastOutcome, state.LastStatus) = (outcome, status);
        if (!state.Learn(outcome == ScriptOutcome.Succeeded)) return;
        Effects.Add(new ScriptStateChanged(script, state.IsGood, outcome, status));
        if (_started) ReassessAll(now);
    }

    /// <summary>A tracked file was read.</summary>
    /// <param name="now">The time.</param>
    /// <param name="file">Its name.</param>
    /// <param name="number">The number in it; 0 where it is missing or empty.</param>
    public void FileRead(long now, string file, int number)
    {
        if (_files.Find(f => f.Config.Name == file) is not { } state || state.Number == number) return;
        var before = _started ? FaultsBy(state) : [];
        state.Number = number;
        if (!_started) return;
        var after = FaultsBy(state);
        for (var i = 0; i < _instances.Count; i++)
            if (before[i] != after[i]) Effects.Add(new FileFaultChanged(_instances[i].Name, file, after[i]));
        ReassessAll(now);
    }

    /// <summary>Tracked processes were counted.</summary>
    public void ProcessCounted(long now, string process, int count)
    {
        if (_processes.Find(p => p.Config.Name == process) is not { } state || (_started && state.Count == count)) return;
        var from = state.Count;
        state.Count = count;
        if (!_started)
        {
            state.HasQuorum = state.WantsQuorum;
            return;
        }
        Effects.Add(new ProcessCountChanged(process, from, count, state.WantsQuorum == state.HasQuorum ? null : state.WantsQuorum));
        if (state.WantsQuorum == state.HasQuorum)
        {
            state.ChangeAt = Microseconds.Never;
            return;
        }
        var delay = Microseconds.Of(state.WantsQuorum ? state.Config.ForkDelay : state.Config.TerminateDelay);
        if (delay == 0) SettleQuorum(now, state);
        else if (state.ChangeAt == Microseconds.Never) state.ChangeAt = now + delay;
    }

    /// <summary>Whether anybody tracks it.</summary>
    public bool IsTracked(ScriptState script) => AnyTracks(t => Names(t.Scripts, script.Config.Name));

    /// <summary>Whether anybody tracks it.</summary>
    public bool IsTracked(FileState file) => AnyTracks(t => Names(t.Files, file.Config.Name));

    /// <summary>Whether anybody tracks them.</summary>
    public bool IsTracked(ProcessState process) => AnyTracks(t => Names(t.Processes, process.Config.Name));

    private void SettleQuorum(long now, ProcessState state)
    {
        state.ChangeAt = Microseconds.Never;
        state.HasQuorum = state.WantsQuorum;
        ReassessAll(now);
    }

    private bool[] FaultsBy(FileState file)
    {
        var faults = new bool[_instances.Count];
        for (var i = 0; i < faults.Length; i++)
        {
            var instance = _instances[i];
            faults[i] = instance.IsFaultBy(instance.Config.Tracking, file) || (instance.Group is { } group && instance.IsFaultBy(group.Config.Tracking, file));
        }
        return faults;
    }

    private bool AnyTracks(Predicate<TrackingConfig> names) =>
        _instances.Exists(i => names(i.Config.Tracking)) || _groups.Exists(g => names(g.Config.Tracking));

    private static bool Names<T>(Ir.ValueList<Tracked<T>> list, string name)
    {
        foreach (var tracked in list)
            if (NameOf(tracked.Target) == name) return true;
        return false;
    }

    private static string? NameOf<T>(T target) => target switch
    {
        TrackScriptConfig script => script.Name,
        TrackFileConfig file => file.Name,
        TrackProcessConfig process => process.Name,
        _ => null,
    };
}
