using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Timers, the earliest first.</summary>
public sealed partial class VrrpCore
{
    private long _lateDeadline;

    /// <summary>Time has come: timers that ended are served.</summary>
    public void Tick(long now)
    {
        if (!_started) return;
        NoteLateTurn(now);
        foreach (var state in _interfaces)
            if (state.DebounceUntil <= now) Settle(now, state);
        foreach (var state in _processes)
            if (state.ChangeAt <= now) SettleQuorum(now, state);
        // Each timer that is served ends later than now, so this ends; the bound is for our own mistakes.
        for (var turns = 0; turns <= 4 * _instances.Count && Earliest() is { } instance && instance.TimerAt <= now; turns++) instance.TimerEnded(now);
        foreach (var instance in _instances) instance.Announce(now);
        Announcements.Tick(now);
    }

    // Told once for each timer, before a datagram can move it.
    private void NoteLateTurn(long now)
    {
        var deadline = NextDeadline;
        var late = now - deadline;
        if (deadline == _lateDeadline || late <= Microseconds.Of(Config.Global.MinAutoPriorityDelay)) return;
        _lateDeadline = deadline;
        Effects.Add(new LateTurn(late));
    }

    private InstanceState? Earliest()
    {
        InstanceState? first = null;
        foreach (var instance in _instances)
            if (first is null || instance.TimerAt < first.TimerAt) first = instance;
        return first;
    }

    private long FindNextDeadline()
    {
        if (!_started) return Microseconds.Never;
        var first = Announcements.NextDeadline;
        foreach (var instance in _instances) first = Math.Min(first, instance.NextDeadline);
        foreach (var state in _interfaces) first = Math.Min(first, state.DebounceUntil);
        foreach (var state in _processes) first = Math.Min(first, state.ChangeAt);
        return first;
    }
}
