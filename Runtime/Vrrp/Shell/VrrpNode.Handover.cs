using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>The program executes its successor: kernel and sockets stay as they are, the state goes along.</summary>
public sealed partial class VrrpNode
{
    /// <summary>The descriptors that have to stay open over the execution.</summary>
    public IEnumerable<int> Handed => Sockets.Handed;

    /// <summary>Writes the state. To be called from the loop, between two inputs; nothing changes, so this node can go on where the execution fails.</summary>
    public void Save(StateWriter to)
    {
        to.Put(Field.Core, Core.Save);
        to.Put(Field.Resources, _resources.Save);
        to.Put(Field.Interfaces, _virtualInterfaces.Save);
        to.Put(Field.FilterFamilies, _filterTable.Families.AsSpan());
        to.Put(Field.AcceptFilter, _acceptFilter.Save);
        to.Put(Field.Sockets, Sockets.Save);
    }

    /// <summary>Masters send one more advert: their peers wait a whole interval from now on.</summary>
    public void Remind() => Input(Core.Remind);

    /// <summary>Whether a state can be taken over by a node of that configuration; nothing in the system is touched.</summary>
    public static bool CanRestore(KeepalivedConfig config, StateRecord from) =>
        new VrrpCore(new VirtualMacNames(config).Fill(config)).Restore(MonotonicClock.Microseconds, from.Record(Field.Core)) && !from.IsDamaged;

    /// <summary>
    /// Goes on where the predecessor was, in place of <see cref="Start"/>. What happened to interfaces, addresses, routes and rules while nobody
    /// listened counts as having happened now. Whether it can was asked before (<see cref="CanRestore"/>).
    /// </summary>
    /// <returns>False where the state makes no sense all the same: nothing was touched but this node, which is of no use then.</returns>
    public bool Restore(StateRecord from)
    {
        if (!Core.Restore(MonotonicClock.Microseconds, from.Record(Field.Core)))
        {
            return false;
        }

        _filterTable.Restore(from.Bytes(Field.FilterFamilies).Span);
        _virtualInterfaces.Restore(from.Record(Field.Interfaces), _config, _names);
        _acceptFilter.Restore(from.Record(Field.AcceptFilter), Core.Instances);
        _resources.Restore(from.Record(Field.Resources), Core.Instances, VirtualResources.StaticOf(_config));
        Sockets.Restore(from.Record(Field.Sockets), Core.Channels);
        foreach (var known in Core.Interfaces)
        {
            Interfaces.Find(known.Name)?.Arrange(known.Facts.Addresses);
        }

        _linkbeats.Configure(_config);
        _linkbeats.Poll();
        _isRunning = true;
        _changed.UnionWith(Core.Interfaces.Where(known => known.Facts.Exists).Select(known => known.Name));
        _changed.UnionWith(Interfaces.All.Select(link => link.Name));
        TellChanged();
        TellMissing();
        return true;
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Core = 1, Resources = 2, Interfaces = 3, FilterFamilies = 4, AcceptFilter = 5, Sockets = 6;
    }
}
