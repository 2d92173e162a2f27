using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>Sockets, groups, scripts, files and processes as <c>/tmp/keepalived.data</c> shows them.</summary>
internal static class TrackerDump
{
    /// <summary>Writes the sections that are not empty.</summary>
    internal static void Write(DumpWriter to, VrrpNode node, DumpClock clock)
    {
        WriteSockets(to, node);
        WriteGroups(to, node.Core);
        WriteScripts(to, node.Core);
        WriteFiles(to, node.Core);
        WriteProcesses(to, node.Core, clock);
    }

    private static void WriteSockets(DumpWriter to, VrrpNode node)
    {
        to.Line($"------< VRRP Sockpool >------");
        foreach (var (channel, receive, send) in node.Sockets.Open)
        {
            to.Line($" fd_in {receive} fd_out = {send}");
            if (channel.Interface != null)
                to.Line($"   Interface = {channel.Interface}");
            to.Line($"   Family = {(channel.Family == System.Net.Sockets.AddressFamily.InterNetwork ? "IPv4" : "IPv6")}");
            to.Line($"   Protocol = {(channel.UsesHeader ? "AH" : "VRRP")}");
            to.Line($"   Type = {(channel.IsUnicast ? "Unicast" : "Multicast")}");
            if (channel.IsUnicast)
                to.Line($"   Address = {channel.Address}");
            to.Line($"   Rx buf size = {node.Core.Instances.Where(instance => instance.Channel == channel).Max(instance => instance.Config.ReceiveBuffer)}");
            to.Line($"   VRRP instances");
            foreach (var instance in node.Core.Instances.Where(instance => instance.Channel == channel))
                to.Line($"     {instance.Name} vrid {instance.Config.RouterId}");
        }
    }

    private static void WriteGroups(DumpWriter to, VrrpCore core)
    {
        if (core.Groups.Count > 0)
            to.Line($"------< VRRP Sync groups >------");
        foreach (var group in core.Groups)
        {
            to.Line($" VRRP Sync Group = {group.Name}, {InstanceDump.Word(group.State)}");
            to.Line($"   Num member fault {group.FaultyMembers}, num member init {group.Members.Count(member => member.ScriptsPending > 0)}");
            to.Line($"   VRRP member instances :");
            foreach (var member in group.Members)
                to.Line($"     {member.Name}");
            if (group.Config.TrackingWeight)
                to.Line($"   sync group tracking weight set");
            to.Line($"   Using smtp notification = {DumpWriter.YesNo(group.Config.Notify.SmtpAlert)}");
            InstanceDump.WriteScripts(to, group.Config.Notify);
        }
    }

    private static void WriteScripts(DumpWriter to, VrrpCore core)
    {
        if (core.Scripts.Count > 0)
            to.Line($"------< VRRP Scripts >------");
        foreach (var script in core.Scripts)
        {
            var config = script.Config;
            to.Line($" VRRP Script = {config.Name}");
            to.Line($"   Command = {ResourceText.Of(config.Command)}");
            to.Line($"   Interval = {config.Interval.TotalSeconds} sec");
            to.Line($"   Timeout = {config.Timeout.TotalSeconds} sec");
            to.Line($"   Weight = {config.Weight}{DumpWriter.Reverse(config.Reverse)}");
            to.Line($"   Rise = {config.Rise}");
            to.Line($"   Fall = {config.Fall}");
            to.Line($"   Result = {script.InARow}");
            to.Line($"   Insecure = no");
            to.Line($"   Init state = {(config.StartsFailed ? "failed" : "unknown")}");
            to.Line($"   Status = {(script.IsGood ? "GOOD" : "BAD")}");
            to.Line($"   Script uid:gid = {config.Command.UserId}:{config.Command.GroupId}");
            to.Line($"   VRRP instances :");
            WriteTracking(to, core, tracking => tracking.Scripts.Where(tracked => tracked.Target.Name == config.Name).Select(tracked => tracked.Weight));
            to.Line($"   State = idle");
        }
    }

    private static void WriteFiles(DumpWriter to, VrrpCore core)
    {
        if (core.Files.Count > 0)
            to.Line($"------< VRRP Track files >------");
        foreach (var file in core.Files)
        {
            to.Line($" Track file = {file.Config.Name}");
            to.Line($"   File = {file.Config.Path}");
            to.Line($"   Status = {file.Number}");
            to.Line($"   Weight = {file.Config.Weight}{DumpWriter.Reverse(file.Config.Reverse)}");
            WriteTracking(to, core, tracking => tracking.Files.Where(tracked => tracked.Target.Name == file.Config.Name).Select(tracked => tracked.Weight));
        }
    }

    private static void WriteProcesses(DumpWriter to, VrrpCore core, DumpClock clock)
    {
        if (core.Processes.Count > 0)
            to.Line($"------< VRRP Track processes >------");
        foreach (var process in core.Processes)
        {
            var config = process.Config;
            to.Line($" VRRP Track process = {config.Name}");
            to.Line($"   Process = {string.Join(' ', config.Words)}");
            to.Line($"   Min processes = {config.Quorum}");
            if (config.QuorumMax != int.MaxValue)
                to.Line($"   Max processes = {config.QuorumMax}");
            to.Line($"   Current processes = {process.Count}");
            to.Line($"   Have quorum = {DumpWriter.TrueFalse(process.HasQuorum)}");
            to.Line($"   Weight = {config.Weight}{DumpWriter.Reverse(config.Reverse)}");
            to.Line($"   Terminate delay = {config.TerminateDelay.TotalSeconds:0.000000}s");
            to.Line($"   Fork delay = {config.ForkDelay.TotalSeconds:0.000000}s");
            to.Text(process.ChangeAt == long.MaxValue ? "   Fork delay timer not running\n   Terminate delay timer not running" : $"   Delay timer runs until {clock.Moment(process.ChangeAt)}");
            to.Line($"   Full command = {DumpWriter.TrueFalse(config.FullCommand)}");
            WriteTracking(to, core, tracking => tracking.Processes.Where(tracked => tracked.Target.Name == config.Name).Select(tracked => tracked.Weight));
        }
    }

    private static void WriteTracking(DumpWriter to, VrrpCore core, Func<TrackingConfig, IEnumerable<int>> weightsIn)
    {
        to.Line($"   Tracking instances :");
        foreach (var instance in core.Instances)
        {
            foreach (var weight in weightsIn(instance.Config.Tracking))
                to.Line($"     {instance.Name}, weight {weight}");
        }
    }
}
