using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>An address, route or rule that we put into the kernel.</summary>
/// <param name="Owner">Whose; null for static ones.</param>
internal abstract record HeldResource(InstanceState? Owner);

/// <summary>An address.</summary>
internal sealed record HeldAddress(InstanceState? Owner, AddressConfig Config, int Index) : HeldResource(Owner)
{
    internal bool Is(AddressNotice notice) =>
        notice.Index == Index && notice.PrefixLength == Config.PrefixLength && notice.Address.Equals(Config.Address)
        && (Config.Peer is null || notice.Peer.Equals(Config.Peer));
}

/// <summary>A route.</summary>
internal sealed record HeldRoute(InstanceState? Owner, RouteConfig Config, int Index) : HeldResource(Owner)
{
    internal bool Is(RouteNotice notice) =>
        notice.Family == Config.Family && notice.PrefixLength == Config.PrefixLength && notice.Table == Config.Table && notice.Tos == Config.Tos
        && notice.Type == Config.Type && notice.Protocol == Config.Protocol && (Config.Metric is null || notice.Metric == Config.Metric)
        && (Config.PrefixLength == 0 || Equals(notice.Destination, Config.Destination))
        && (Index == 0 || notice.Interface == 0 || notice.Interface == Index);
}

/// <summary>A routing rule.</summary>
internal sealed record HeldRule(InstanceState? Owner, RoutingRuleConfig Config) : HeldResource(Owner)
{
    internal bool Is(RuleNotice notice) =>
        notice.Family == Config.Family && (Config.Preference is null || notice.Preference == Config.Preference) && notice.Action == Config.Action
        && (Config.Layer3Master || notice.Table == Config.Table)
        && notice.FromPrefixLength == Config.FromPrefixLength && notice.ToPrefixLength == Config.ToPrefixLength
        && (Config.FromPrefixLength == 0 || Equals(notice.From, Config.From)) && (Config.ToPrefixLength == 0 || Equals(notice.To, Config.To));
}
