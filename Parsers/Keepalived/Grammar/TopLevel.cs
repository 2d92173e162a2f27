using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of the top level, and who reads each.</summary>
internal static class TopLevel
{
    private static readonly DiagnosticDescriptor s_instance = FindingKind.Warning("instance-name-missing", "instance name missing - ignoring");
    private static readonly DiagnosticDescriptor s_namespace = FindingKind.Warning("namespace-missing", "net_namespace name missing - ignoring");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("duplicate-definition", "Duplicate {0} definition {1} - ignoring");
    private static readonly DiagnosticDescriptor s_wait = FindingKind.Warning("child-wait-time", "Invalid child_wait_time {0}");

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = Build();

    private static KeywordTable Build()
    {
        const Passes Vrrp = Passes.Vrrp;
        var table = new KeywordTable("")
            .Executed("net_namespace", Namespace, passes: Passes.Parent)
            .Accepted("net_namespace_ipvs", GlobalKeywords.NoIpvs, NamespaceIpvs, passes: Passes.Parent)
            .Accepted("namespace_with_ipsets", "no ipsets are used", passes: Passes.Parent)
            .Executed("instance", Instance, passes: Passes.Parent)
            .Executed("use_pid_dir", s => s.Document.Global.Config = s.Document.Global.Config with { UsePidDirectory = true }, passes: Passes.Parent)
            .Executed("linkbeat_use_polling", s => s.Document.Global.LinkbeatPolling = true, passes: Passes.Parent)
            .Accepted("child_wait_time", GlobalKeywords.OneProcess, ChildWait, passes: Passes.Parent)
            .Block("global_defs", GlobalKeywords.Table, _ => { }, passes: Passes.Parent)
            .Executed("linkbeat_interfaces", InterfaceBlocks.Linkbeat, KeywordForm.List, Vrrp)
            .Executed("interface_up_down_delays", InterfaceBlocks.Delays, KeywordForm.List, Vrrp)
            .Executed("static_ipaddress", InterfaceBlocks.StaticAddresses, KeywordForm.List, Vrrp)
            .Executed("static_routes", InterfaceBlocks.StaticRoutes, KeywordForm.List, Vrrp)
            .Executed("static_rules", InterfaceBlocks.StaticRules, KeywordForm.List, Vrrp)
            .Block("track_group", InterfaceBlocks.TrackGroup, InterfaceBlocks.OpenTrackGroup, passes: Vrrp)
            .Block("garp_group", InterfaceBlocks.GarpGroup, InterfaceBlocks.OpenGarpGroup, InterfaceBlocks.CloseGarpGroup, passes: Vrrp)
            .Block("vrrp_script", TrackScriptKeywords.Table, TrackScriptKeywords.Open, TrackScriptKeywords.Close, passes: Vrrp)
            .Block("vrrp_track_process", TrackProcessKeywords.Table, TrackProcessKeywords.Open, TrackProcessKeywords.Close, passes: Vrrp)
            .Block("track_file", TrackFileKeywords.Table("track_file"), TrackFileKeywords.Open, TrackFileKeywords.Close, passes: Vrrp | Passes.Checker)
            .Block("vrrp_track_file", TrackFileKeywords.Table("vrrp_track_file"), TrackFileKeywords.Open, TrackFileKeywords.Close, passes: Vrrp | Passes.Checker)
            .Block("vrrp_instance", InstanceKeywords.Table, InstanceKeywords.Open, InstanceKeywords.Close, passes: Vrrp)
            .Block("vrrp_sync_group", SyncGroupKeywords.Table, SyncGroupKeywords.Open, passes: Vrrp)
            .Block("virtual_server", VirtualServerKeywords.Table, VirtualServerKeywords.Open, VirtualServerKeywords.Close, KeywordStatus.Refused,
                VirtualServerKeywords.NotYet, Passes.Checker)
            .Refused("virtual_server_group", VirtualServerKeywords.NotYet, VirtualServerGroups.Read, KeywordForm.List, Passes.Checker)
            .Block("SSL", VirtualServerGroups.Tls, VirtualServerGroups.OpenTls, status: KeywordStatus.Accepted, why: GlobalKeywords.NoIpvs, passes: Passes.Checker)
            .Block("bfd_instance", BfdKeywords.Table, BfdKeywords.Open, BfdKeywords.Close, KeywordStatus.Refused, BfdKeywords.NotYet,
                Vrrp | Passes.Checker | Passes.Bfd);
        return table;
    }

    private static void Instance(Statement s)
    {
        var global = s.Document.Global;
        if (s.Word(1) is not { } name)
        {
            s.Report(s_instance);
        }
        else if (global.Config.InstanceName is not null)
        {
            s.Report(s_twice, "instance", name);
        }
        else
        {
            global.Config = global.Config with { InstanceName = name };
        }
    }

    private static void Namespace(Statement s)
    {
        var global = s.Document.Global;
        if (s.Word(1) is not { } name)
        {
            s.Report(s_namespace);
        }
        else if (!global.Once.Add(s.Keyword))
        {
            s.Report(s_twice, "net_namespace", name);
        }
        else
        {
            global.Config = global.Config with { NetworkNamespace = s.Document.Options.NetworkNamespace ?? name };
        }
    }

    private static void NamespaceIpvs(Statement s)
    {
        if (!s.Document.Global.Once.Add(s.Keyword))
        {
            s.Report(s_twice, "net_namespace_ipvs", s.Word(1) ?? "");
        }
    }

    private static void ChildWait(Statement s)
    {
        if (s.Need(out var word) && !s.Unsigned(word, 0, uint.MaxValue, out _))
        {
            s.Report(s_wait, word);
        }
    }
}
