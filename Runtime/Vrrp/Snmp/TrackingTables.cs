using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>What instances and groups track, and the scripts, files and processes themselves (subtree <c>vrrp</c> of KEEPALIVED-MIB).</summary>
/// <remarks>Of files and processes the original shows the weight that they have themselves, of scripts and interfaces that which the tracker names.</remarks>
internal static class TrackingTables
{
    internal static readonly ObjectId Root = MibSource.Keepalived.With(2);

    internal static IEnumerable<MibTable> Of(MibSource source)
    {
        IEnumerable<(TrackingConfig, uint)> instances() => source.Instances.Select(one => (one.Instance.Config.Tracking, one.Number));
        IEnumerable<(TrackingConfig, uint)> groups() => MibSource.Number(source.Node.Core.Groups).Select(one => (one.Item.Config.Tracking, one.Number));
        yield return Interfaces(4, instances);
        yield return Scripts(5, instances);
        yield return Files(12, instances);
        yield return Processes(20, instances);
        yield return Interfaces(14, groups);
        yield return Scripts(15, groups);
        yield return Files(16, groups);
        yield return Processes(22, groups);
        yield return ScriptTable(source);
        yield return FileTable(source);
        yield return ProcessTable(source);
    }

    private static MibTable<TrackedInterface> Interfaces(uint table, Func<IEnumerable<(TrackingConfig, uint)>> owners) => Rows(table, owners, tracking => tracking.Interfaces)
        .Column(1, tracked => SnmpValue.Text(tracked.Interface))
        .Column(2, tracked => SnmpValue.Integer(tracked.Weight))
        .Column(3, tracked => SnmpValue.Truth(tracked.Reverse));

    private static MibTable<Tracked<TrackScriptConfig>> Scripts(uint table, Func<IEnumerable<(TrackingConfig, uint)>> owners) => Rows(table, owners, tracking => tracking.Scripts)
        .Column(2, tracked => SnmpValue.Text(tracked.Target.Name))
        .Column(3, tracked => SnmpValue.Integer(tracked.Weight))
        .Column(4, tracked => SnmpValue.Truth(tracked.Reverse));

    private static MibTable<Tracked<TrackFileConfig>> Files(uint table, Func<IEnumerable<(TrackingConfig, uint)>> owners) => Rows(table, owners, tracking => tracking.Files)
        .Column(2, tracked => SnmpValue.Text(tracked.Target.Name))
        .Column(3, tracked => SnmpValue.Integer(tracked.Target.Weight))
        .Column(4, tracked => SnmpValue.Truth(tracked.Target.Reverse));

    private static MibTable<Tracked<TrackProcessConfig>> Processes(uint table, Func<IEnumerable<(TrackingConfig, uint)>> owners) => Rows(table, owners, tracking => tracking.Processes)
        .Column(2, tracked => SnmpValue.Text(tracked.Target.Name))
        .Column(3, tracked => SnmpValue.Integer(tracked.Target.Weight))
        .Column(4, tracked => SnmpValue.Truth(tracked.Target.Reverse));

    private static MibTable<ScriptState> ScriptTable(MibSource source) => Rows(9, () => source.Node.Core.Scripts.Where(source.Node.Core.IsTracked))
        .Column(2, script => SnmpValue.Text(script.Config.Name))
        .Column(3, script => MibValues.Script(script.Config.Command))
        .Column(4, script => SnmpValue.Integer((int)script.Config.Interval.TotalSeconds))
        .Column(5, script => SnmpValue.Integer(script.Config.Weight))
        .Column(6, script => SnmpValue.Integer(script.HasRun ? script.IsGood ? 3 : 2 : script.Config.StartsFailed ? 5 : 1))
        .Column(7, script => SnmpValue.Gauge((uint)script.Config.Rise))
        .Column(8, script => SnmpValue.Gauge((uint)script.Config.Fall))
        .Column(9, script => SnmpValue.Truth(script.Config.Reverse));

    private static MibTable<FileState> FileTable(MibSource source) => Rows(13, () => source.Node.Core.Files)
        .Column(2, file => SnmpValue.Text(file.Config.Name))
        .Column(3, file => SnmpValue.Text(file.Config.Path))
        .Column(4, file => SnmpValue.Integer(file.Number))
        .Column(5, file => SnmpValue.Integer(file.Config.Weight))
        .Column(6, file => SnmpValue.Truth(file.Config.Reverse));

    private static MibTable<ProcessState> ProcessTable(MibSource source) => Rows(21, () => source.Node.Core.Processes)
        .Column(2, process => SnmpValue.Text(process.Config.Name))
        .Column(3, process => SnmpValue.Text(process.Config.Words.Count > 0 ? process.Config.Words[0] : ""))
        .Column(4, process => SnmpValue.Text(string.Join(' ', process.Config.Words.Skip(1))))
        // The numbers that the original sends, not those of its MIB.
        .Column(5, process => SnmpValue.Integer(process.Config.Parameters switch { null => 0, ParameterMatch.Exact => 1, ParameterMatch.Initial => 2, _ => 3 }))
        .Column(6, process => SnmpValue.Integer(process.Config.Weight))
        .Column(7, process => SnmpValue.Truth(process.Config.Reverse))
        .Column(8, process => SnmpValue.Gauge((uint)process.Config.Quorum))
        .Column(9, process => SnmpValue.Integer(process.Config.QuorumMax == int.MaxValue ? -1 : process.Config.QuorumMax))
        .Column(10, process => SnmpValue.Gauge((uint)process.Config.ForkDelay.TotalMicroseconds))
        .Column(11, process => SnmpValue.Gauge((uint)process.Config.TerminateDelay.TotalMicroseconds))
        .Column(12, process => SnmpValue.Truth(process.Config.FullCommand || process.Config.Parameters != null))
        .Column(13, process => SnmpValue.Integer(process.Count))
        .Column(14, process => SnmpValue.Truth(process.HasQuorum));

    private static MibTable<T> Rows<T>(uint table, Func<IEnumerable<(TrackingConfig, uint)>> owners, Func<TrackingConfig, IEnumerable<T>> of) =>
        NumberedTable.Of(Root.With(table, 1), owners, of);

    private static MibTable<T> Rows<T>(uint table, Func<IEnumerable<T>> of) => NumberedTable.Of(Root.With(table, 1), of);
}
