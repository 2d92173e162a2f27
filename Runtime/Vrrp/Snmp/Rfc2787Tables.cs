using System.Net.Sockets;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>VRRP-MIB (RFC 2787): the routers of version 2 over IPv4.</summary>
/// <remarks>
/// The original answers for the first router alone in its tables of operation and statistics; here all have their rows.
/// </remarks>
internal static class Rfc2787Tables
{
    internal static readonly ObjectId Operation = MibSource.Version2.With(1, 3, 1);

    internal static IEnumerable<MibTable> Of(MibSource source)
    {
        yield return new MibTable<MibSource>(MibSource.Version2.With(1), add => add(source, [0]))
            .Column(1, _ => SnmpValue.Integer(2))
            .Column(2, s => SnmpValue.Truth(s.Global.Snmp.Traps));
        yield return Routers(source, Operation)
            .Column(2, i => Rfc6527Tables.Mac(source, i))
            .Column(3, i => MibValues.StandardState(i.State))
            .Column(4, _ => SnmpValue.Integer(1))
            .Column(5, i => SnmpValue.Integer(i.BasePriority))
            .Column(6, i => SnmpValue.Integer(i.Config.Addresses.Count))
            .Column(7, i => MibValues.IpAddress(i.State == VrrpState.Backup ? i.MasterAddress : default)) // of another one, as the original has it; traps have our own
            .Column(8, i => MibValues.IpAddress(i.SourceAddress))
            .Column(9, i => SnmpValue.Integer(1 + (int)(i.Config.Authentication?.Kind ?? 0)))
            .Column(11, i => SnmpValue.Integer((int)i.Config.AdvertInterval.TotalSeconds))
            .Column(12, i => SnmpValue.Truth(!i.Config.NoPreempt))
            .Column(13, i => SnmpValue.Ticks(0)) // the agent's time at which it began: it begins with the agent
            .Column(14, _ => SnmpValue.Integer(1))
            .Column(15, _ => SnmpValue.Integer(1));
        yield return new MibTable<InstanceState>(MibSource.Version2.With(1, 4, 1), add =>
            {
                foreach (var instance in Rows(source))
                {
                    foreach (var address in instance.Config.Addresses)
                    {
                        add(instance, [.. IndexOf(source, instance), .. address.Address.GetAddressBytes().Select(part => (uint)part)]);
                    }
                }
            })
            .Column(2, _ => SnmpValue.Integer(1));
        yield return new MibTable<MibSource>(MibSource.Version2.With(2), add => add(source, [0]))
            .Column(1, _ => Sum(source, counters => counters.ChecksumErrors))
            .Column(2, _ => Sum(source, counters => counters.VersionErrors))
            .Column(3, _ => SnmpValue.Counter32(0)); // the original counts none
        yield return Routers(source, MibSource.Version2.With(2, 4, 1))
            .Column(1, i => SnmpValue.Counter32(i.Counters.BecameMaster))
            .Column(2, i => SnmpValue.Counter32(i.Counters.AdvertsReceived))
            .Column(3, i => SnmpValue.Counter32(i.Counters.IntervalErrors))
            .Column(4, i => SnmpValue.Counter32(i.Counters.AuthenticationFailures))
            .Column(5, i => SnmpValue.Counter32(i.Counters.TtlErrors))
            .Column(6, i => SnmpValue.Counter32(i.Counters.PriorityZeroReceived))
            .Column(7, i => SnmpValue.Counter32(i.Counters.PriorityZeroSent))
            .Column(8, i => SnmpValue.Counter32(i.Counters.InvalidTypes))
            .Column(9, i => SnmpValue.Counter32(i.Counters.AddressListErrors))
            .Column(10, i => SnmpValue.Counter32(i.Counters.InvalidAuthenticationTypes))
            .Column(11, i => SnmpValue.Counter32(i.Counters.AuthenticationMismatches))
            .Column(12, i => SnmpValue.Counter32(i.Counters.LengthErrors));
    }

    /// <summary>Whether RFC 2787 knows such a router.</summary>
    internal static bool Has(InstanceState instance) => instance.Config.Version == 2 && instance.Config.Family == AddressFamily.InterNetwork;

    /// <summary>ifIndex and vrrpOperVrId.</summary>
    internal static uint[] IndexOf(MibSource source, InstanceState instance) => [source.IndexOf(instance.Config.Interface), (uint)instance.Config.RouterId];

    private static IEnumerable<InstanceState> Rows(MibSource source) => source.Node.Core.Instances.Where(Has);

    private static MibTable<InstanceState> Routers(MibSource source, ObjectId entry) => new(entry, add =>
    {
        foreach (var instance in Rows(source))
        {
            add(instance, IndexOf(source, instance));
        }
    });

    private static SnmpValue Sum(MibSource source, Func<InstanceCounters, ulong> of)
    {
        var sum = 0ul;
        foreach (var instance in Rows(source))
        {
            sum += of(instance.Counters);
        }

        return SnmpValue.Counter32(sum);
    }
}
