using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>vrrp_sync_group</c>.</summary>
internal static class SyncGroupKeywords
{
    private static readonly DiagnosticDescriptor s_name = FindingKind.Warning("group-name", "vrrp_sync_group must have a name - skipping");
    private static readonly DiagnosticDescriptor s_defined = FindingKind.Warning("group-defined", "vrrp sync group {0} already defined");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("group-list-twice", "Group list already specified for sync group {0}");
    private static readonly DiagnosticDescriptor s_empty = FindingKind.Warning("group-empty", "Warning - sync group {0} has empty group block");
    private static readonly DiagnosticDescriptor s_notifyTwice = FindingKind.Warning("group-notify-twice", "vrrp group {0}: {1} script already specified - ignoring {2}");
    private static readonly DiagnosticDescriptor s_changes = FindingKind.Warning("group-changes", "({0}) Invalid value '{1}' for sync group notify_priority_changes specified");
    private static readonly DiagnosticDescriptor s_alert = FindingKind.Warning("group-alert", "Invalid vrrp_group smtp_alert parameter {0}");
    private static readonly DiagnosticDescriptor s_global = FindingKind.Warning("group-global-tracking",
        "({0}) global_tracking is deprecated. Use track_interface/script/file on the sync group");

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = Build();

    private static KeywordTable Build()
    {
        var table = new KeywordTable("vrrp_sync_group")
            .Executed("group", Members, KeywordForm.List)
            .Executed("track_interface", s => s.ReadList(e => Trackers.Interface(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("track_script", s => s.ReadList(e => Trackers.Script(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("track_file", s => s.ReadList(e => Trackers.File(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("track_process", s => s.ReadList(e => Trackers.Process(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Refused("track_bfd", BfdKeywords.NotYet, s => s.ReadList(e => Trackers.Bfd(e, Of(e).Name, Of(e).Tracking)), KeywordForm.List)
            .Executed("sync_group_tracking_weight", s => Of(s).TrackingWeight = true)
            .Executed("global_tracking", Global)
            .Executed("notify_priority_changes", Changes)
            .Executed("smtp_alert", Alert);
        foreach (var word in (ReadOnlySpan<string>)["notify", "notify_master", "notify_backup", "notify_fault", "notify_stop"])
        {
            table.Executed(word, s => Notify.Read(s, Of(s).Notify.Scripts, s_notifyTwice, Of(s).Name));
        }

        return table;
    }

    /// <summary>Begins a group.</summary>
    public static void Open(Statement s)
    {
        var vrrp = s.Document.Vrrp;
        if (s.OpensNamed(name => vrrp.Groups.Exists(group => group.Name == name), s_name, s_defined) is { } name)
        {
            vrrp.Group = new SyncGroupSyntax(name, s.At);
            vrrp.Groups.Add(vrrp.Group);
        }
    }

    // Its old name; the members' weights count with it as well.
    private static void Global(Statement s)
    {
        s.Report(s_global, Of(s).Name);
        Of(s).TrackingWeight = true;
    }

    private static SyncGroupSyntax Of(Statement s) => s.Document.Vrrp.Group!;

    private static void Members(Statement s)
    {
        var group = Of(s);
        if (group.Names is not null)
        {
            s.Report(s_twice, group.Name);
            s.LeaveList();
            return;
        }

        var names = new List<string>();
        s.ReadList(entry => names.AddRange(entry.Words));
        if (names.Count == 0 && !s.Document.Sink.Stopped)
        {
            s.Document.Sink.Add(s_empty, s.Document.Lines!.At, false, group.Name);
            return;
        }

        group.Names = names;
    }

    private static void Changes(Statement s) => s.ReadSwitch(on => Of(s).Notify.PriorityChanges = on, s_changes, Of(s).Name);

    private static void Alert(Statement s) => s.ReadSwitch(on => Of(s).Notify.SmtpAlert = on, s_alert);
}
