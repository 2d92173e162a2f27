using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What an instance tracks, and whom it tells.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_notifyTwice = FindingKind.Warning("instance-notify-twice", "({0}) {1} script already specified - ignoring {2}");
    private static readonly DiagnosticDescriptor s_deletedTwice = FindingKind.Warning("instance-deleted-twice", "({0}) notify_deleted already specified - ignoring {1}");
    private static readonly DiagnosticDescriptor s_changes = FindingKind.Warning("instance-changes", "({0}) Invalid value '{1}' for notify_priority_changes specified");
    private static readonly DiagnosticDescriptor s_alert = FindingKind.Warning("instance-alert", "Invalid vrrp_instance smtp_alert parameter {0}");

    private static void AddTracking(KeywordTable table)
    {
        table
            .Executed("track_interface", s => s.ReadList(e => Trackers.Interface(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("track_script", s => s.ReadList(e => Trackers.Script(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("track_file", s => s.ReadList(e => Trackers.File(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("track_process", s => s.ReadList(e => Trackers.Process(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Refused("track_bfd", BfdKeywords.NotYet, s => s.ReadList(e => Trackers.Bfd(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("notify_deleted", Deleted)
            .Executed("notify_priority_changes", Changes)
            .Executed("smtp_alert", Alert);
        foreach (var word in (ReadOnlySpan<string>)["notify", "notify_master", "notify_backup", "notify_fault", "notify_stop", "notify_master_rx_lower_pri"])
        {
            table.Executed(word, s => Notify.Read(s, Of(s).Notify.Scripts, s_notifyTwice, Of(s).Name));
        }
    }

    private static void Deleted(Statement s)
    {
        var notify = Of(s).Notify;
        if (notify.Deleted)
        {
            s.Report(s_deletedTwice, Of(s).Name, s.Word(1) ?? "");
            return;
        }

        notify.Deleted = true;
        if (s.Count > 1)
        {
            Notify.Read(s, notify.Scripts, s_notifyTwice, Of(s).Name);
        }
    }

    private static void Changes(Statement s) => s.ReadSwitch(on => Of(s).Notify.PriorityChanges = on, s_changes, Of(s).Name);

    private static void Alert(Statement s) => s.ReadSwitch(on => Of(s).Notify.SmtpAlert = on, s_alert);
}
