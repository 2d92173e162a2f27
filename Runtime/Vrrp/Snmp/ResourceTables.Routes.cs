using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>vrrpRouteTable and vrrpRouteNextHopTable.</summary>
internal static partial class ResourceTables
{
    private const byte Unicast = 1, OurProtocol = 18;
    private const int Mtu = 2, Window = 3, Rtt = 4, RttVariation = 5, SlowStart = 6, Congestion = 7, AdvertisedMss = 8, Reordering = 9, HopLimit = 10,
        InitialWindow = 11, Features = 12, RetransmitMinimum = 13, InitialReceive = 14, QuickAck = 15, FastOpen = 17;

    private static MibTable Routes(MibSource source) => Rows(7, source, config => config.StaticRoutes, config => config.Routes)
        .Column(2, row => MibValues.FamilyOf(row.Item.Family))
        .Column(3, row => MibValues.Address(row.Item.Destination) ?? SnmpValue.Octets(new byte[row.Item.Family == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 16 : 4]))
        .Column(4, row => SnmpValue.Gauge((uint)row.Item.PrefixLength))
        .Column(5, row => MibValues.Address(Single(row)?.Gateway))
        .Column(7, row => MibValues.Address(row.Item.PreferredSource))
        .Column(8, row => SnmpValue.Gauge(row.Item.Metric ?? 0))
        .Column(9, row => MibValues.Scope(row.Item.Scope ?? 0))
        .Column(10, row => SnmpValue.Integer(TypeOf(row.Item)))
        .Column(11, row => Single(row)?.Interface is { } name ? SnmpValue.Integer((int)source.IndexOf(name)) : null)
        .Column(12, row => MibValues.Text(Single(row)?.Interface))
        .Column(13, row => SnmpValue.Gauge(row.Item.Table))
        .Column(14, row => SnmpValue.Truth(source.Node.IsIn(row.Owner, row.Item)))
        .Column(15, row => MibValues.Address(row.Item.From))
        .Column(16, row => row.Item.From == null ? null : SnmpValue.Gauge((uint)row.Item.FromPrefixLength))
        .Column(17, row => row.Item.Tos == 0 ? null : SnmpValue.Gauge(row.Item.Tos))
        .Column(18, row => row.Item.NoTrack && row.Item.Protocol == OurProtocol ? null : SnmpValue.Integer(row.Item.Protocol + 1)) // as the original has it
        .Column(19, row => SnmpValue.Truth(Value(row, Features) is { } features && (features & 1) != 0))
        .Column(20, row => SnmpValue.Truth(Value(row, QuickAck) is not (null or 0)))
        .Column(21, row => row.Item.Expires is { } seconds ? SnmpValue.Integer((int)seconds) : null)
        .Column(22, row => Metric(row, Mtu)).Column(23, row => Lock(row, Mtu))
        .Column(24, row => Metric(row, HopLimit))
        .Column(25, row => Metric(row, AdvertisedMss)).Column(26, row => Lock(row, AdvertisedMss))
        // The kernel counts round trips in eighths of a millisecond, their variation in quarters.
        .Column(27, row => MibValues.Gauge(Value(row, Rtt) / 8)).Column(28, row => Lock(row, Rtt))
        .Column(29, row => MibValues.Gauge(Value(row, RttVariation) / 4)).Column(30, row => Lock(row, RttVariation))
        .Column(31, row => Metric(row, Reordering)).Column(32, row => Lock(row, Reordering))
        .Column(33, row => Metric(row, Window))
        .Column(34, row => Metric(row, Congestion)).Column(35, row => Lock(row, Congestion))
        .Column(36, row => Metric(row, SlowStart)).Column(37, row => Lock(row, SlowStart))
        .Column(38, row => Metric(row, RetransmitMinimum)).Column(39, row => Lock(row, RetransmitMinimum))
        .Column(40, row => Metric(row, InitialWindow))
        .Column(41, row => Metric(row, InitialReceive))
        .Column(42, row => MibValues.Text(row.Item.CongestionControl))
        .Column(43, row => row.Item.Preference is { } preference ? SnmpValue.Integer(preference switch { 3 => 1, 1 => 3, _ => 2 }) : null)
        .Column(44, row => MibValues.Gauge(row.Item.Realms & 0xffff))
        .Column(45, row => MibValues.Gauge(row.Item.Realms >> 16))
        .Column(55, row => Value(row, FastOpen) is { } wanted ? SnmpValue.Truth(wanted != 0) : null);

    private static MibTable Hops(MibSource source) => new MibTable<NextHopConfig>(TrackingTables.Root.With(11, 1), add =>
        {
            AddHops(0, source.Config.StaticRoutes);
            foreach (var (instance, owner) in source.Instances)
            {
                AddHops(owner, instance.Config.Routes);
            }

            void AddHops(uint owner, IEnumerable<RouteConfig> routes)
            {
                foreach (var (route, number) in MibSource.Number(routes).Where(one => one.Item.Hops.Count > 1))
                {
                    foreach (var (hop, place) in MibSource.Number(route.Hops))
                    {
                        add(hop, [owner, number, place]);
                    }
                }
            }
        })
        .Column(2, hop => hop.Gateway == null ? null : MibValues.FamilyOf(hop.Gateway.AddressFamily))
        .Column(3, hop => MibValues.Address(hop.Gateway))
        .Column(4, hop => hop.Interface == null ? null : SnmpValue.Integer((int)source.IndexOf(hop.Interface)))
        .Column(5, hop => MibValues.Text(hop.Interface))
        .Column(6, hop => SnmpValue.Gauge((uint)hop.Weight))
        .Column(7, hop => SnmpValue.Truth(hop.OnLink))
        .Column(8, hop => MibValues.Gauge(hop.Realms & 0xffff))
        .Column(9, hop => MibValues.Gauge(hop.Realms >> 16));

    private static NextHopConfig? Single(Resource<RouteConfig> row) => row.Item.Hops.Count == 1 ? row.Item.Hops[0] : null;

    // RouteType of the MIB: rtnetlink's kinds in another order; several hops are ecmp.
    private static int TypeOf(RouteConfig route) => route.Type switch
    {
        Unicast => route.Hops.Count > 1 ? 2 : 1,
        6 => 3,
        4 => 4,
        5 => 5,
        3 => 6,
        7 => 7,
        8 => 8,
        9 => 9,
        10 => 10,
        _ => 11,
    };

    private static uint? Value(Resource<RouteConfig> row, int number)
    {
        foreach (var metric in row.Item.Metrics)
        {
            if (metric.Number == number)
            {
                return metric.Value;
            }
        }

        return null;
    }

    private static SnmpValue? Metric(Resource<RouteConfig> row, int number) => MibValues.Gauge(Value(row, number));

    private static SnmpValue? Lock(Resource<RouteConfig> row, int number) =>
        Value(row, number) == null ? null : SnmpValue.Truth((row.Item.LockedMetrics & (1u << number)) != 0);
}
