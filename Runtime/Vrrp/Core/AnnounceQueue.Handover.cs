using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What still waits is announced by the next execution of the program.</summary>
internal sealed partial class AnnounceQueue
{
    public void Save(StateWriter to) => to.PutEach(Field.Limit, _limits, static (writer, limit) =>
    {
        writer.Put(Field.Key, limit.Key);
        writer.Put(Field.Interval, limit.Interval);
        writer.Put(Field.NextAt, limit.NextAt);
        writer.PutEach(Field.Waiting, limit.Waiting, static (inner, item) =>
        {
            inner.Put(Field.Instance, item.Instance.Name);
            inner.Put(Field.Address, item.Address.Address);
            inner.Put(Field.Reason, (long)item.Reason);
        });
    });

    public void Restore(StateRecord from, IReadOnlyList<InstanceState> instances)
    {
        foreach (var limit in from.Records(Field.Limit))
        {
            var made = Find(limit.Name(Field.Key), limit.Number(Field.Interval));
            made.NextAt = limit.Number(Field.NextAt);
            foreach (var item in limit.Records(Field.Waiting))
            {
                if (instances.FirstOrDefault(i => i.Name == item.Text(Field.Instance)) is not { State: VrrpState.Master } instance) continue;
                var wanted = item.Address(Field.Address);
                if (VirtualResources.Of(instance.Config).Addresses.FirstOrDefault(a => a.Address.Equals(wanted)) is { } address)
                    made.Waiting.Enqueue((instance, address, (AnnounceReason)item.Small(Field.Reason, (int)AnnounceReason.Reload)));
            }
        }
    }

    private static class Field
    {
        internal const int Limit = 1, Key = 1, Interval = 2, NextAt = 3, Waiting = 4, Instance = 1, Address = 2, Reason = 3;
    }
}
