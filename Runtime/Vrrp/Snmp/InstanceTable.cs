using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>vrrpInstanceTable. Two of its columns can be set: the base priority and the preemption.</summary>
internal static class InstanceTable
{
    internal static readonly ObjectId Entry = TrackingTables.Root.With(3, 1);

    internal static MibTable Of(MibSource source) => NumberedTable.Of(Entry, () => source.Node.Core.Instances)
        .Column(2, i => SnmpValue.Text(i.Name))
        .Column(3, i => SnmpValue.Gauge((uint)i.Config.RouterId))
        .Column(4, i => MibValues.State(i.State))
        .Column(5, InitialState)
        .Column(6, i => MibValues.State(i.WantedState))
        .Column(7, i => SnmpValue.Integer(i.BasePriority), new MibSetter<InstanceState>(
            value => Check(value, most: 255), (i, value) => source.Node.SetBasePriority(i, (int)value.Number)))
        .Column(8, i => SnmpValue.Integer(i.EffectivePriority))
        .Column(9, i => SnmpValue.Truth(i.HoldsAddresses))
        .Column(10, i => SnmpValue.Text(i.InterfaceName))
        .Column(11, i => SnmpValue.Truth(i.Config.Tracking.Interfaces.Count > 0))
        .Column(12, i => SnmpValue.Gauge((uint)(i.Config.Version == 2 ? i.Config.AdvertInterval.TotalSeconds : i.Config.AdvertInterval.TotalMilliseconds / 10)))
        .Column(13, i => SnmpValue.Truth(!i.Config.NoPreempt), new MibSetter<InstanceState>(
            value => Check(value, most: 2), (i, value) => source.Node.SetPreemption(i, value.Number == 1)))
        .Column(14, i => MibValues.Seconds(i.Config.PreemptDelay))
        .Column(15, i => SnmpValue.Integer(i.Config.Version == 2 && i.Config.Authentication is { } proof ? (int)proof.Kind : 0))
        .Column(16, _ => SnmpValue.Truth(false)) // the synchronisation of IPVS is not executed
        .Column(18, i => MibValues.Text(i.Group?.Name))
        .Column(19, i => MibValues.Seconds(i.Config.Garp.Delay))
        .Column(20, i => SnmpValue.Truth(i.Config.Notify.SmtpAlert))
        .Column(21, i => MibValues.RunsScripts(i.Config.Notify))
        .Column(22, i => MibValues.Script(i.Config.Notify.Master))
        .Column(23, i => MibValues.Script(i.Config.Notify.Backup))
        .Column(24, i => MibValues.Script(i.Config.Notify.Fault))
        .Column(25, i => MibValues.Script(i.Config.Notify.Stop))
        .Column(26, i => MibValues.Script(i.Config.Notify.Any))
        .Column(27, i => i.Config.Version == 2 ? SnmpValue.Integer(0) : SnmpValue.Truth(i.Config.Accept ?? !i.Config.Strict))
        .Column(28, i => SnmpValue.Truth(i.Config.PromoteSecondaries))
        .Column(29, i => SnmpValue.Truth(i.Config.LinkbeatPolling))
        .Column(30, i => SnmpValue.Integer(i.Config.Version))
        .Column(31, i => MibValues.Script(i.Config.Notify.MasterHearsLower))
        .Column(32, i => MibValues.Script(i.Config.Notify.Deleted))
        .Column(33, i => SnmpValue.Truth(i.Config.Notify.DeletedState))
        .Column(34, i => i.Config.Path.IsUnicast ? null : MibValues.FamilyOf(i.Config.Family))
        .Column(35, i => i.Config.Path.IsUnicast ? null : MibValues.Address(i.Channel.Address, i.Config.Family));

    /// <summary>vrrpInstanceInitialState; traps have it too.</summary>
    internal static SnmpValue? InitialState(InstanceState instance) => MibValues.State(instance.Config.WantsMaster ? VrrpState.Master : VrrpState.Backup);

    private static AgentxError Check(SnmpValue value, int most) =>
        value.Type != SnmpType.Integer ? AgentxError.WrongType : value.Number < 1 || value.Number > most ? AgentxError.WrongValue : AgentxError.None;
}
