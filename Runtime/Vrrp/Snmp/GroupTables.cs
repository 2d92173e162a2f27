using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>vrrpSyncGroupTable and vrrpSyncGroupMemberTable.</summary>
internal static class GroupTables
{
    internal static readonly ObjectId Entry = TrackingTables.Root.With(1, 1);

    internal static IEnumerable<MibTable> Of(MibSource source)
    {
        yield return NumberedTable.Of(Entry, () => source.Node.Core.Groups)
            .Column(2, group => SnmpValue.Text(group.Name))
            .Column(3, group => MibValues.State(group.State))
            .Column(4, group => SnmpValue.Truth(group.Config.Notify.SmtpAlert))
            .Column(5, group => MibValues.RunsScripts(group.Config.Notify))
            .Column(6, group => MibValues.Script(group.Config.Notify.Master))
            .Column(7, group => MibValues.Script(group.Config.Notify.Backup))
            .Column(8, group => MibValues.Script(group.Config.Notify.Fault))
            .Column(9, group => MibValues.Script(group.Config.Notify.Any))
            .Column(10, group => SnmpValue.Truth(group.Config.TrackingWeight))
            .Column(11, group => MibValues.Script(group.Config.Notify.Stop));
        yield return NumberedTable.Of(TrackingTables.Root.With(2, 1), () => MibSource.Number(source.Node.Core.Groups), group => group.Members)
            .Column(2, member => SnmpValue.Text(member.Name));
    }
}
