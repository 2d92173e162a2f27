using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>A script keeps its rhythm, and a run its time, while the program executes its successor.</summary>
public sealed partial class ScriptTracker
{
    /// <summary>Writes when the next run begins, and what runs.</summary>
    public void Save(StateWriter to)
    {
        to.Put(Field.Name, Config.Name);
        to.Put(Field.NextStart, _nextStart);
        to.Put(Field.EndBy, _endBy);
        to.Put(Field.Phase, (long)_phase);
        to.Put(Field.IsDue, _isDue);
        to.Put(Field.IsToldOf, _isToldOf);
        to.Put(Field.Pid, _run?.Pid ?? 0);
    }

    /// <summary>Whether a record is that of this script.</summary>
    public bool IsIn(StateRecord from) => from.Text(Field.Name) == Config.Name;

    /// <summary>Goes on, in place of <see cref="Start"/>.</summary>
    public void Resume(StateRecord from)
    {
        _nextStart = from.Number(Field.NextStart, _loop.NowMilliseconds);
        _phase = (RunPhase)from.Small(Field.Phase, (int)RunPhase.Killed);
        _isDue = from.Flag(Field.IsDue);
        _isToldOf = from.Flag(Field.IsToldOf);
        _run = from.Small(Field.Pid) is > 0 and var pid ? _runner.Adopt(pid, Ended) : null;
        _endBy = _run is null ? Never : from.Number(Field.EndBy, Never);
        _loop.SetDeadline(this, Math.Min(_nextStart, _endBy));
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Name = 1, NextStart = 2, EndBy = 3, Phase = 4, IsDue = 5, IsToldOf = 6, Pid = 7;
    }
}
