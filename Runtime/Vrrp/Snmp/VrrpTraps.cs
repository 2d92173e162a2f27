using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>A trap.</summary>
/// <param name="Name">Which.</param>
/// <param name="Binds">What it carries.</param>
public sealed record Trap(ObjectId Name, VarBind[] Binds);

/// <summary>The traps of the three MIBs, with the names that the original gives what they carry (columns without an index in KEEPALIVED-MIB).</summary>
public static class VrrpTraps
{
    /// <summary>vrrpInstanceStateChange.</summary>
    public static Trap Of(MibSource source, InstanceChanged change) => new(TrackingTables.Root.With(10, 0, 2),
    [
        new VarBind(InstanceTable.Entry.With(2), SnmpValue.Text(change.Instance.Name)),
        new VarBind(InstanceTable.Entry.With(4), MibValues.State(IsFault(change) ? VrrpState.Fault : change.To)),
        new VarBind(InstanceTable.Entry.With(5), InstanceTable.InitialState(change.Instance)!.Value),
        Router(source),
    ]);

    /// <summary>vrrpSyncGroupStateChange.</summary>
    public static Trap Of(MibSource source, GroupChanged change) => new(TrackingTables.Root.With(10, 0, 1),
    [
        new VarBind(GroupTables.Entry.With(2), SnmpValue.Text(change.Group.Name)),
        new VarBind(GroupTables.Entry.With(3), MibValues.State(change.To)),
        Router(source),
    ]);

    /// <summary>vrrpTrapNewMaster of RFC 2787; null for a router that it does not know.</summary>
    public static Trap? NewMaster2(MibSource source, InstanceState instance) => !Rfc2787Tables.Has(instance) ? null : new(MibSource.Version2.With(0, 1),
        [new VarBind(Rfc2787Tables.Operation.With(7).With(Rfc2787Tables.IndexOf(source, instance)), MibValues.IpAddress(instance.SourceAddress))]);

    /// <summary>vrrpTrapAuthFailure of RFC 2787; null where the packet had no such problem.</summary>
    public static Trap? AuthenticationFailure(MibSource source, InstanceState instance, AdvertProblem problem, RouterAddress sender)
    {
        var kind = problem switch
        {
            AdvertProblem.AuthenticationType => 1,
            AdvertProblem.AuthenticationMismatch => 2,
            AdvertProblem.Password or AdvertProblem.Proof or AdvertProblem.Replayed or AdvertProblem.SecurityIndex => 3,
            _ => 0,
        };
        if (kind == 0 || !Rfc2787Tables.Has(instance))
        {
            return null;
        }

        var index = Rfc2787Tables.IndexOf(source, instance);
        return new Trap(MibSource.Version2.With(0, 2),
        [
            new VarBind(MibSource.Version2.With(1, 5).With(index), MibValues.IpAddress(sender)),
            new VarBind(MibSource.Version2.With(1, 6).With(index), SnmpValue.Integer(kind)),
        ]);
    }

    /// <summary>vrrpv3NewMaster of RFC 6527.</summary>
    public static Trap NewMaster3(MibSource source, InstanceState instance)
    {
        var index = Rfc6527Tables.IndexOf(source, instance);
        return new Trap(MibSource.Version3.With(0, 1),
        [
            new VarBind(Rfc6527Tables.Operation.With(3).With(index), MibValues.Address(instance.SourceAddress, instance.Config.Family)),
            new VarBind(Rfc6527Tables.Statistics.With(2).With(index), SnmpValue.Integer((int)instance.NewMasterReason)),
        ]);
    }

    /// <summary>vrrpv3ProtoError of RFC 6527; null where the packet had no such problem.</summary>
    public static Trap? ProtocolError(MibSource source, InstanceState instance, AdvertProblem problem) => Rfc6527Tables.ErrorOf(problem) is not (> 0 and var error) ? null
        : new Trap(MibSource.Version3.With(0, 2), [new VarBind(Rfc6527Tables.Statistics.With(6).With(Rfc6527Tables.IndexOf(source, instance)), SnmpValue.Integer(error))]);

    // As scripts hear of it: what a reload took away is in fault, unless the operator knows the word deleted.
    private static bool IsFault(InstanceChanged change) => change.To == VrrpState.Deleted && !change.Instance.Config.Notify.DeletedState;

    private static VarBind Router(MibSource source) => new(GlobalTables.RouterId, SnmpValue.Text(source.RouterName));
}
