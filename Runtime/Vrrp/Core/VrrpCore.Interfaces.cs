using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Interfaces come, go, fail and return.</summary>
public sealed partial class VrrpCore
{
    /// <summary>An interface appeared, went, changed its flags or its addresses.</summary>
    public void InterfaceChanged(long now, InterfaceFacts facts)
    {
        var state = FindInterface(facts.Name);
        if (state is null) _interfaces.Add(state = new InterfaceState(facts.Name));
        var before = state.Facts;
        state.Facts = facts;
        if (!_started)
        {
            state.IsUp = facts.IsGood;
            return;
        }
        if (facts.Exists && !before.Exists && IsUsed(facts.Name)) Effects.Add(new InterfaceExistence(facts.Name, true));
        TellAddress(before, facts, false);
        TellAddress(before, facts, true);
        Debounce(now, state);
        ReassessAll(now);
        if (before.Exists && !facts.Exists && IsUsed(facts.Name)) Effects.Add(new InterfaceExistence(facts.Name, false));
    }

    private void TellAddress(InterfaceFacts before, InterfaceFacts after, bool isV6)
    {
        var (from, to) = (FirstAddress(before, isV6), FirstAddress(after, isV6));
        if (from == to || !IsUsed(after.Name)) return;
        if (!from.IsNone) Effects.Add(new InterfaceAddressChanged(after.Name, from, false));
        if (!to.IsNone) Effects.Add(new InterfaceAddressChanged(after.Name, to, true));
    }

    // A change that does not last as long as the operator wants it to is none.
    private void Debounce(long now, InterfaceState state)
    {
        if (state.IsUp == state.Facts.IsGood)
        {
            state.DebounceUntil = Microseconds.Never;
            return;
        }
        var delay = DelayOf(state);
        if (delay == 0) Settle(now, state);
        else if (state.DebounceUntil == Microseconds.Never) state.DebounceUntil = now + delay;
    }

    private long DelayOf(InterfaceState state)
    {
        foreach (var config in Config.InterfaceDelays)
            if (config.Interface == state.Name) return Microseconds.Of(state.Facts.IsGood ? config.Up : config.Down);
        return 0;
    }

    private void Settle(long now, InterfaceState state)
    {
        state.DebounceUntil = Microseconds.Never;
        state.IsUp = state.Facts.IsGood;
        if (IsUsed(state.Name)) Effects.Add(new InterfaceReported(state.Name, state.IsUp));
        ReassessAll(now);
    }

    // Of interfaces that no instance cares for the log says nothing: a host may have thousands.
    private bool IsUsed(string name) => _instances.Exists(i => i.Uses(name));

    private void ReassessAll(long now)
    {
        foreach (var instance in _instances) instance.Reassess(now);
    }
}
