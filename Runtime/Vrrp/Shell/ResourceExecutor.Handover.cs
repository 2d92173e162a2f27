using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Shell.Requests;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>What is in the kernel stays there while the program executes its successor, which has to know of it.</summary>
internal sealed partial class ResourceExecutor
{
    /// <summary>Writes what is in. What is on its way out is forgotten: the successor asks the kernel anew.</summary>
    internal void Save(StateWriter to)
    {
        to.PutEach(Field.Address, _addresses, static (writer, held) =>
        {
            writer.Put(Field.Owner, held.Owner?.Name);
            writer.Put(Field.Index, held.Index);
            writer.Put(Field.Ip, held.Config.Address);
            writer.Put(Field.Prefix, held.Config.PrefixLength);
            writer.Put(Field.Peer, held.Config.Peer);
        });
        to.PutEach(Field.Route, _routes, (writer, held) => Save(writer, held, PlaceOf(owner => owner.Routes, held.Owner, held.Config), held.Index));
        to.PutEach(Field.Rule, _rules, (writer, held) => Save(writer, held, PlaceOf(owner => owner.Rules, held.Owner, held.Config), 0));
    }

    /// <summary>Learns what the predecessor put in. An address of which the configuration says nothing (it is read by newer eyes) is taken out.</summary>
    /// <param name="from">What it wrote.</param>
    /// <param name="instances">The instances.</param>
    /// <param name="statics">What is static.</param>
    internal void Restore(StateRecord from, IReadOnlyList<InstanceState> instances, VirtualResources statics)
    {
        _statics = statics;
        foreach (var one in from.Records(Field.Address))
        {
            var owner = OwnerOf(one, instances);
            var index = one.Small(Field.Index);
            var found = ItemsOf(owner).Addresses.FirstOrDefault(address =>
                address.PrefixLength == one.Number(Field.Prefix) && address.Address.Equals(one.Address(Field.Ip)));
            if (found is not null && (owner is not null || !one.Has(Field.Owner)))
            {
                _addresses.Add(new HeldAddress(owner, found, index));
            }
            else if (Orphan(one) is { } orphan)
            {
                _ = conversation.Execute(AddressRequest.Remove(orphan, index));
            }
        }

        foreach (var one in from.Records(Field.Route))
        {
            if (At(ItemsOf(OwnerOf(one, instances)).Routes.ToArray(), one.Small(Field.Place)) is { } route)
            {
                _routes.Add(new HeldRoute(OwnerOf(one, instances), route, one.Small(Field.Index)));
            }
        }

        foreach (var one in from.Records(Field.Rule))
        {
            if (At(ItemsOf(OwnerOf(one, instances)).Rules.ToArray(), one.Small(Field.Place)) is { } rule)
            {
                _rules.Add(new HeldRule(OwnerOf(one, instances), rule));
            }
        }
    }

    /// <summary>Addresses of ours that are not there any more; they are not held from now on.</summary>
    internal IReadOnlyList<HeldAddress> FindMissingAddresses()
    {
        HeldAddress[] missing = [.. _addresses.Where(held => interfaces.Find(held.Index) is not { } link || !link.Addresses.Any(held.Is))];
        _addresses.RemoveAll(held => missing.Contains(held));
        return missing;
    }

    private VirtualResources _statics = VirtualResources.None;

    private VirtualResources ItemsOf(InstanceState? owner) => owner is null ? _statics : VirtualResources.Of(owner.Config);

    private static void Save(StateWriter to, HeldResource held, int place, int index)
    {
        to.Put(Field.Owner, held.Owner?.Name);
        to.Put(Field.Index, index);
        to.Put(Field.Place, place);
    }

    // Routes and rules have no short name: they are known by their place in the configuration, which goes along word for word.
    private int PlaceOf<T>(Func<VirtualResources, IEnumerable<T>> list, InstanceState? owner, T item) => Array.IndexOf([.. list(ItemsOf(owner))], item) is >= 0 and var at ? at : int.MaxValue;

    private static T? At<T>(T[] list, int place) => place < list.Length ? list[place] : default;

    private static InstanceState? OwnerOf(StateRecord from, IReadOnlyList<InstanceState> instances) =>
        from.Text(Field.Owner) is { } name ? instances.FirstOrDefault(instance => instance.Name == name) : null;

    private static AddressConfig? Orphan(StateRecord from) => from.Address(Field.Ip) is { } address
        ? new AddressConfig
        {
            Address = address, PrefixLength = from.Small(Field.Prefix),
            Peer = from.Address(Field.Peer) is { } peer && peer.AddressFamily == address.AddressFamily ? peer : null,
        }
        : null;

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Address = 1, Route = 2, Rule = 3, Owner = 1, Index = 2, Ip = 3, Prefix = 4, Peer = 5, Place = 6;
    }
}
