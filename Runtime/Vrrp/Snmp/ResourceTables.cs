using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>Addresses, routes and rules: those of instances, and the static ones as those of an instance 0.</summary>
internal static partial class ResourceTables
{
    internal static IEnumerable<MibTable> Of(MibSource source) => [Addresses(source), Routes(source), Hops(source), Rules(source)];

    private static MibTable Addresses(MibSource source) => Rows(6, source, config => config.StaticAddresses, config => [.. config.Addresses, .. config.ExcludedAddresses])
        .Column(2, row => MibValues.FamilyOf(row.Item.Family))
        .Column(3, row => MibValues.Address(row.Item.Address))
        .Column(4, row => row.Item.Family == AddressFamily.InterNetworkV6 ? null : MibValues.Address(row.Item.Broadcast) ?? SnmpValue.Octets(0, 0, 0, 0))
        .Column(5, row => SnmpValue.Gauge((uint)row.Item.PrefixLength))
        .Column(6, row => MibValues.Scope(row.Item.Scope))
        .Column(7, row => SnmpValue.Integer((int)source.IndexOf(PlaceOf(source, row))))
        .Column(8, row => MibValues.Text(PlaceOf(source, row)))
        .Column(9, row => MibValues.Text(row.Item.Label))
        .Column(10, row => SnmpValue.Truth(source.Node.IsIn(row.Owner, row.Item)))
        .Column(11, row => SnmpValue.Truth(row.Owner != null && row.Owner.Config.Addresses.Contains(row.Item)))
        .Column(12, row => MibValues.Address(row.Item.Peer));

    private static string? PlaceOf(MibSource source, Resource<AddressConfig> row) =>
        row.Owner == null ? row.Item.Interface ?? source.Global.DefaultInterface : source.Node.PlaceOf(row.Owner, row.Item);

    private static MibTable Rules(MibSource source) => Rows(8, source, config => config.StaticRules, config => config.Rules)
        .Column(2, row => SnmpValue.Text((row.Item.From, row.Item.To) switch { (null, null) => "", (_, null) => "from", (null, _) => "to", _ => "both" }))
        .Column(3, row => row.Item.To == null && row.Item.From == null ? null : MibValues.FamilyOf(row.Item.Family))
        .Column(4, row => MibValues.Address(row.Item.To ?? row.Item.From))
        .Column(5, row => MibValues.Gauge(row.Item.To != null ? (uint)row.Item.ToPrefixLength : row.Item.From != null ? (uint)row.Item.FromPrefixLength : null))
        .Column(6, Table)
        .Column(7, row => SnmpValue.Truth(source.Node.IsIn(row.Owner, row.Item)))
        .Column(8, row => SnmpValue.Truth(row.Item.Invert))
        .Column(9, row => row.Item.To == null ? null : MibValues.FamilyOf(row.Item.Family))
        .Column(10, row => MibValues.Address(row.Item.To))
        .Column(11, row => row.Item.To == null ? null : SnmpValue.Gauge((uint)row.Item.ToPrefixLength))
        .Column(12, row => row.Item.From == null ? null : MibValues.FamilyOf(row.Item.Family))
        .Column(13, row => MibValues.Address(row.Item.From))
        .Column(14, row => row.Item.From == null ? null : SnmpValue.Gauge((uint)row.Item.FromPrefixLength))
        .Column(15, row => SnmpValue.Gauge(row.Item.Tos))
        .Column(16, row => MibValues.Gauge(row.Item.Mark))
        .Column(17, row => MibValues.Gauge(row.Item.MarkMask))
        .Column(18, row => MibValues.Gauge(row.Item.Realms & 0xffff))
        .Column(19, row => MibValues.Gauge(row.Item.Realms >> 16))
        .Column(20, row => MibValues.Text(row.Item.InputInterface))
        .Column(21, row => MibValues.Text(row.Item.OutputInterface))
        .Column(22, row => MibValues.Gauge(row.Item.Goto))
        .Column(23, row => SnmpValue.Integer(row.Item.Action))
        .Column(24, Table)
        .Column(25, row => MibValues.Gauge(row.Item.Preference))
        .Column(26, row => MibValues.Gauge((uint?)row.Item.SuppressPrefixLength))
        .Column(27, row => MibValues.Text(row.Item.SuppressGroup?.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        .Column(28, row => MibValues.Gauge((uint?)(row.Item.TunnelId >> 32)))
        .Column(29, row => MibValues.Gauge((uint?)(row.Item.TunnelId & uint.MaxValue)))
        .Column(30, row => MibValues.Gauge(row.Item.Uids?.First))
        .Column(31, row => MibValues.Gauge(row.Item.Uids?.Last))
        .Column(32, row => row.Item.Layer3Master ? SnmpValue.Truth(true) : null);

    private static SnmpValue? Table(Resource<RoutingRuleConfig> row) => row.Item.Action == 1 ? SnmpValue.Gauge(row.Item.Table) : null;

    private static MibTable<Resource<T>> Rows<T>(uint table, MibSource source, Func<KeepalivedConfig, IEnumerable<T>> fixedOnes, Func<InstanceConfig, IEnumerable<T>> ofInstance) =>
        new(TrackingTables.Root.With(table, 1), add =>
        {
            foreach (var (item, number) in MibSource.Number(fixedOnes(source.Config)))
            {
                add(new Resource<T>(null, item), [0, number]);
            }

            foreach (var (instance, owner) in source.Instances)
            {
                foreach (var (item, number) in MibSource.Number(ofInstance(instance.Config)))
                {
                    add(new Resource<T>(instance, item), [owner, number]);
                }
            }
        });

    /// <summary>Something that an instance holds, or nobody: then it is static.</summary>
    private sealed record Resource<T>(InstanceState? Owner, T Item);
}
