using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>The subtree <c>global</c> of KEEPALIVED-MIB.</summary>
internal static class GlobalTables
{
    internal static readonly ObjectId Root = MibSource.Keepalived.With(1);

    internal static readonly ObjectId RouterId = Root.With(2, 0);

    private const int Unset = 3, Off = 2;

    internal static IEnumerable<MibTable> Of(MibSource source)
    {
        yield return new MibTable<GlobalConfig>(Root, add => add(source.Global, [0]))
            .Column(1, _ => SnmpValue.Text(source.Product))
            .Column(2, _ => SnmpValue.Text(source.RouterName))
            .Column(4, global => SnmpValue.Truth(global.Snmp.Traps))
            .Column(5, _ => SnmpValue.Integer(1)) // netlink; linkbeat_interfaces poll single ones
            .Column(6, _ => SnmpValue.Integer(Off)) // no virtual servers run: nothing is flushed
            .Column(7, _ => SnmpValue.Truth(true))
            .Column(8, global => SnmpValue.Text(global.NetworkNamespace ?? ""))
            .Column(9, global => SnmpValue.Truth(global.Bus))
            .Column(10, global => SnmpValue.Truth(global.DynamicInterfaces))
            .Column(11, _ => SnmpValue.Integer(Off));
        yield return new MibTable<MailConfig>(Root.With(3), add => add(source.Global.Mail, [0]))
            .Column(1, mail => SnmpValue.Integer(mail.Server?.AddressFamily == AddressFamily.InterNetwork ? 1 : 2))
            .Column(2, mail => mail.Server == null ? SnmpValue.Octets(0, 0, 0, 0) : MibValues.Address(mail.Server.Address))
            .Column(3, mail => mail.Server == null && mail.Recipients.Count == 0 ? SnmpValue.Gauge(0) : MibValues.Seconds(mail.Timeout))
            .Column(4, mail => MibValues.Text(mail.Sender))
            .Column(6, mail => SnmpValue.Gauge((uint)(mail.Server?.Port ?? 0)))
            .Column(7, mail => SnmpValue.Truth(!mail.NoFaults))
            .Column(8, mail => SnmpValue.Integer(mail.Default is { } wanted ? wanted ? 1 : Off : Unset))
            .Column(9, _ => SnmpValue.Integer(Unset))
            .Column(10, _ => SnmpValue.Integer(Unset));
        yield return NumberedTable.Of(Root.With(3, 5, 1), () => source.Global.Mail.Recipients)
            .Column(2, recipient => SnmpValue.Text(recipient));
    }
}
