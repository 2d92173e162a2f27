using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Virtual interfaces stay while the program executes its successor, and so does the duty to restore the settings of those below.</summary>
internal sealed partial class VirtualInterfaces
{
    internal void Save(StateWriter to)
    {
        foreach (var name in _made.Keys)
        {
            to.Put(Field.Made, name);
        }

        to.Put(Field.Tuning, _tuning.Save);
        to.Put(Field.Reports, reports.Save);
    }

    internal void Restore(StateRecord from, KeepalivedConfig config, VirtualMacNames names)
    {
        HashSet<string> made = [.. from.Texts(Field.Made)];
        foreach (var wish in VirtualInterfaceWish.Of(config, names).Where(wish => made.Contains(wish.Name) && interfaces.Find(wish.Name) is not null))
        {
            _made[wish.Name] = wish;
        }

        _tuning.Restore(from.Record(Field.Tuning));
        reports.Restore(from.Record(Field.Reports));
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Made = 1, Tuning = 2, Reports = 3;
    }
}
