using Dropin.Runtime.Ir;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>The state goes to the next execution of the program: who looks from outside sees nothing of it.</summary>
public sealed partial class VrrpCore
{
    /// <summary>Writes what another core of the same configuration needs to go on. Nothing changes here; there must be no effects left to carry out.</summary>
    public void Save(StateWriter to)
    {
        to.Put(Field.IsStarted, _started);
        to.Put(Field.StartUntil, _startUntil);
        to.Put(Field.LateDeadline, _lateDeadline);
        to.Put(Field.UnreadablePackets, (long)UnreadablePackets);
        to.Put(Field.UnknownRouterIds, (long)UnknownRouterIds);
        to.PutEach(Field.Interface, _interfaces, Save);
        to.PutEach(Field.Script, _scripts, Save);
        to.PutEach(Field.File, _files, static (writer, file) =>
        {
            writer.Put(Field.Name, file.Config.Name);
            writer.Put(Field.Number, file.Number);
        });
        to.PutEach(Field.Process, _processes, Save);
        to.PutEach(Field.Instance, _instances, static (writer, instance) => instance.Save(writer));
        to.PutEach(Field.Group, _groups, static (writer, group) =>
        {
            writer.Put(Field.Name, group.Name);
            writer.Put(Field.State, (long)group.State);
        });
        to.Put(Field.Announcements, Announcements.Save);
    }

    /// <summary>Masters send one more advert, before something that takes time.</summary>
    public void Remind(long now)
    {
        foreach (var instance in _instances) instance.Remind(now);
    }

    /// <summary>
    /// Takes the state that a core of the same configuration has written, in place of <see cref="Start"/>. An instance that is not in it begins anew; one
    /// that is in it and not here is forgotten.
    /// </summary>
    /// <param name="now">The time, of the clock by which it was written.</param>
    /// <param name="from">The state.</param>
    /// <returns>False where it makes no sense; this core is of no use then.</returns>
    public bool Restore(long now, StateRecord from)
    {
        _startUntil = from.Number(Field.StartUntil);
        _lateDeadline = from.Number(Field.LateDeadline);
        UnreadablePackets = (ulong)from.Number(Field.UnreadablePackets);
        UnknownRouterIds = (ulong)from.Number(Field.UnknownRouterIds);
        foreach (var one in from.Records(Field.Interface)) RestoreInterface(one);
        foreach (var one in from.Records(Field.Script)) RestoreScript(one);
        foreach (var one in from.Records(Field.File))
            if (_files.Find(f => f.Config.Name == one.Text(Field.Name)) is { } file) file.Number = (int)one.Number(Field.Number);
        foreach (var one in from.Records(Field.Process)) RestoreProcess(one);
        var isNew = _instances.ToList();
        foreach (var one in from.Records(Field.Instance))
        {
            if (isNew.Find(i => i.IsIn(one)) is not { } instance) continue;
            isNew.Remove(instance);
            instance.Restore(one);
        }
        foreach (var one in from.Records(Field.Group))
        {
            var state = (VrrpState)one.Small(Field.State, (int)VrrpState.Deleted);
            _groups.Find(g => g.Name == one.Text(Field.Name))?.Adopt(state);
        }
        Announcements.Restore(from.Record(Field.Announcements), _instances);
        foreach (var instance in isNew) instance.UseSource();
        foreach (var instance in _instances) instance.Assess();
        RenewChannels();
        if (from.IsDamaged || !from.Flag(Field.IsStarted)) return false;
        _started = true;
        BeginNew(now);
        return true;
    }

    private static void Save(StateWriter to, InterfaceState state)
    {
        to.Put(Field.Name, state.Name);
        to.Put(Field.Index, state.Facts.Index);
        to.Put(Field.IsUp, state.Facts.IsUp);
        to.Put(Field.IsRunning, state.Facts.IsRunning);
        to.Put(Field.Mtu, state.Facts.Mtu);
        to.Put(Field.Base, state.Facts.Base);
        foreach (var address in state.Facts.Addresses) InstanceState.Put(to, Field.Address, address);
        to.Put(Field.CountsAsUp, state.IsUp);
        to.Put(Field.DebounceUntil, state.DebounceUntil);
    }

    private void RestoreInterface(StateRecord from)
    {
        var name = from.Name(Field.Name);
        var state = FindInterface(name);
        if (state is null) _interfaces.Add(state = new InterfaceState(name));
        ValueList<RouterAddress> addresses = [.. from.Values(Field.Address).Select(bytes => RouterAddress.Read(bytes.Span)).Where(address => !address.IsNone)];
        state.Facts = new InterfaceFacts(name, from.Small(Field.Index), from.Flag(Field.IsUp), from.Flag(Field.IsRunning), addresses)
        {
            Mtu = from.Small(Field.Mtu), Base = from.Text(Field.Base),
        };
        state.IsUp = from.Flag(Field.CountsAsUp);
        state.DebounceUntil = from.Number(Field.DebounceUntil, Microseconds.Never);
    }

    private static void Save(StateWriter to, ScriptState state)
    {
        to.Put(Field.Name, state.Config.Name);
        to.Put(Field.IsGood, state.IsGood);
        to.Put(Field.HasRun, state.HasRun);
        to.Put(Field.InARow, state.InARow);
        if (state.LastOutcome is { } outcome) to.Put(Field.LastOutcome, (long)outcome);
        to.Put(Field.LastStatus, state.LastStatus);
        to.Put(Field.LastExit, state.LastExit);
    }

    private void RestoreScript(StateRecord from)
    {
        if (_scripts.Find(s => s.Config.Name == from.Text(Field.Name)) is not { } state) return;
        state.IsGood = from.Flag(Field.IsGood);
        state.HasRun = from.Flag(Field.HasRun);
        state.InARow = from.Small(Field.InARow);
        state.LastOutcome = from.Has(Field.LastOutcome) ? (ScriptOutcome)from.Small(Field.LastOutcome, (int)ScriptOutcome.TimedOut) : null;
        state.LastStatus = (int)from.Number(Field.LastStatus);
        state.LastExit = (int)from.Number(Field.LastExit);
    }

    private static void Save(StateWriter to, ProcessState state)
    {
        to.Put(Field.Name, state.Config.Name);
        to.Put(Field.Number, state.Count);
        to.Put(Field.HasQuorum, state.HasQuorum);
        to.Put(Field.ChangeAt, state.ChangeAt);
    }

    private void RestoreProcess(StateRecord from)
    {
        if (_processes.Find(p => p.Config.Name == from.Text(Field.Name)) is not { } state) return;
        state.Count = from.Small(Field.Number);
        state.HasQuorum = from.Flag(Field.HasQuorum);
        state.ChangeAt = from.Number(Field.ChangeAt, Microseconds.Never);
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int IsStarted = 1, StartUntil = 2, LateDeadline = 3, UnreadablePackets = 4, UnknownRouterIds = 5, Interface = 6, Script = 7, File = 8,
            Process = 9, Instance = 10, Group = 11, Announcements = 12;

        internal const int Name = 1, State = 2, Number = 2, HasQuorum = 3, ChangeAt = 4, IsGood = 2, HasRun = 3, InARow = 4, LastOutcome = 5, LastStatus = 6,
            LastExit = 7, Index = 2, IsUp = 3, IsRunning = 4, Mtu = 5, Base = 6, Address = 7, CountsAsUp = 8, DebounceUntil = 9;
    }
}
