using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>Tables whose rows have no index but their place, counted from 1.</summary>
internal static class NumberedTable
{
    /// <summary>A row for each thing.</summary>
    internal static MibTable<T> Of<T>(ObjectId entry, Func<IEnumerable<T>> things) => new(entry, add =>
    {
        foreach (var (thing, number) in MibSource.Number(things()))
        {
            add(thing, [number]);
        }
    });

    /// <summary>A row for each thing of each owner, the owner's number first.</summary>
    internal static MibTable<T> Of<TOwner, T>(ObjectId entry, Func<IEnumerable<(TOwner Owner, uint Number)>> owners, Func<TOwner, IEnumerable<T>> things) => new(entry, add =>
    {
        foreach (var (owner, place) in owners())
        {
            foreach (var (thing, number) in MibSource.Number(things(owner)))
            {
                add(thing, [place, number]);
            }
        }
    });
}
