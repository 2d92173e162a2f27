using System.Net.Sockets;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>VRRPv3-MIB (RFC 6527): routers of version 3, and of version 2 too, as the original is built for Debian.</summary>
internal static class Rfc6527Tables
{
    internal static readonly ObjectId Operation = MibSource.Version3.With(1, 1, 1, 1);
    internal static readonly ObjectId Statistics = MibSource.Version3.With(1, 2, 5, 1);

    internal static IEnumerable<MibTable> Of(MibSource source)
    {
        yield return Routers(source, Operation)
            .Column(3, i => MibValues.Address(Master(i), i.Config.Family))
            .Column(4, i => MibValues.Address(i.SourceAddress, i.Config.Family))
            .Column(5, i => Mac(source, i))
            .Column(6, i => MibValues.StandardState(i.State))
            .Column(7, i => SnmpValue.Gauge((uint)i.BasePriority))
            .Column(8, i => SnmpValue.Integer(i.Config.Addresses.Count))
            .Column(9, i => SnmpValue.Integer((int)(i.Config.AdvertInterval.TotalMilliseconds / 10)))
            .Column(10, i => SnmpValue.Truth(!i.Config.NoPreempt))
            .Column(11, i => SnmpValue.Truth(i.Config.Accept ?? !i.Config.Strict))
            .Column(12, i => SnmpValue.Ticks(source.UpTime(i)))
            .Column(13, _ => SnmpValue.Integer(1));
        yield return new MibTable<InstanceState>(MibSource.Version3.With(1, 1, 2, 1), add =>
            {
                foreach (var instance in source.Node.Core.Instances)
                {
                    foreach (var address in instance.Config.Addresses)
                    {
                        add(instance, [.. IndexOf(source, instance), .. address.Address.GetAddressBytes().Select(part => (uint)part)]);
                    }
                }
            })
            .Column(2, _ => SnmpValue.Integer(1));
        yield return new MibTable<MibSource>(MibSource.Version3.With(1, 2), add => add(source, [0]))
            .Column(1, _ => Sum(source, counters => counters.ChecksumErrors))
            .Column(2, _ => Sum(source, counters => counters.VersionErrors))
            .Column(3, _ => SnmpValue.Counter64(0)) // the original counts none
            .Column(4, _ => SnmpValue.Ticks(0));
        yield return Routers(source, Statistics)
            .Column(1, i => SnmpValue.Counter32(i.Counters.BecameMaster))
            .Column(2, i => SnmpValue.Integer((int)i.NewMasterReason))
            .Column(3, i => SnmpValue.Counter64(i.Counters.AdvertsReceived))
            .Column(4, i => SnmpValue.Counter64(i.Counters.IntervalErrors))
            .Column(5, i => SnmpValue.Counter64(i.Counters.TtlErrors))
            .Column(6, i => SnmpValue.Integer(ErrorOf(i.Counters.LastProtocolError)))
            .Column(7, i => SnmpValue.Counter64(i.Counters.PriorityZeroReceived))
            .Column(8, i => SnmpValue.Counter64(i.Counters.PriorityZeroSent))
            .Column(9, i => SnmpValue.Counter64(i.Counters.InvalidTypes))
            .Column(10, i => SnmpValue.Counter64(i.Counters.AddressListErrors))
            .Column(11, i => SnmpValue.Counter64(i.Counters.LengthErrors))
            .Column(12, _ => SnmpValue.Ticks(0))
            .Column(13, i => SnmpValue.Gauge((uint)i.Config.AdvertInterval.TotalMilliseconds));
    }

    /// <summary>ifIndex, vrrpv3OperationsVrId and vrrpv3OperationsInetAddrType.</summary>
    internal static uint[] IndexOf(MibSource source, InstanceState instance) =>
        [source.IndexOf(instance.Config.Interface), (uint)instance.Config.RouterId, instance.Config.Family == AddressFamily.InterNetworkV6 ? 2u : 1u];

    /// <summary>The master's address: our own while we are it, none while nobody is known.</summary>
    internal static RouterAddress Master(InstanceState instance) => instance.State switch
    {
        VrrpState.Master => instance.SourceAddress,
        VrrpState.Backup => instance.MasterAddress,
        _ => RouterAddress.None,
    };

    /// <summary>The MAC by which the router is seen: its own, or that of the interface; empty where that is missing.</summary>
    internal static SnmpValue Mac(MibSource source, InstanceState instance) =>
        SnmpValue.Octets(source.Node.Interfaces.Find(instance.AddressInterface)?.Notice.Mac.GetAddressBytes() ?? []);

    /// <summary>vrrpv3StatisticsProtoErrReason.</summary>
    internal static int ErrorOf(AdvertProblem problem) => problem switch
    {
        AdvertProblem.Ttl or AdvertProblem.TtlRange => 1,
        AdvertProblem.Version => 2,
        AdvertProblem.ChecksumV2 or AdvertProblem.ChecksumV3 => 3,
        _ => 0,
    };

    private static MibTable<InstanceState> Routers(MibSource source, ObjectId entry) => new(entry, add =>
    {
        foreach (var instance in source.Node.Core.Instances)
        {
            add(instance, IndexOf(source, instance));
        }
    });

    private static SnmpValue Sum(MibSource source, Func<InstanceCounters, ulong> of)
    {
        var sum = 0ul;
        foreach (var instance in source.Node.Core.Instances)
        {
            sum += of(instance.Counters);
        }

        return SnmpValue.Counter64(sum);
    }
}
