using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>What settings were before we changed them, for the execution that will restore them.</summary>
internal sealed partial class LinkTuning
{
    internal void Save(StateWriter to)
    {
        to.PutEach(Field.Below, _below, static (writer, entry) =>
        {
            writer.Put(Field.Name, entry.Key);
            writer.Put(Field.ArpIgnore, entry.Value.ArpIgnore);
            writer.Put(Field.ArpFilter, entry.Value.ArpFilter);
            foreach (var user in entry.Value.Users)
            {
                writer.Put(Field.User, user);
            }
        });
        to.PutEach(Field.Promoted, _promoted, static (writer, entry) =>
        {
            writer.Put(Field.Name, entry.Key);
            writer.Put(Field.Before, entry.Value);
        });
    }

    internal void Restore(StateRecord from)
    {
        foreach (var one in from.Records(Field.Below))
        {
            _below[one.Name(Field.Name)] = (one.Small(Field.ArpIgnore), one.Small(Field.ArpFilter), [.. one.Texts(Field.User)]);
        }

        foreach (var one in from.Records(Field.Promoted))
        {
            _promoted[one.Name(Field.Name)] = one.Small(Field.Before);
        }
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Below = 1, Promoted = 2, Name = 1, ArpIgnore = 2, ArpFilter = 3, User = 4, Before = 2;
    }
}
