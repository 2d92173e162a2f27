using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of global_defs about the host, its files, reloads and interfaces to other programs.</summary>
internal static class GlobalHost
{
    private const string NoTemporary = "the file is read once into memory, no copy is made";
    private const string Monitor = "processes are watched over a socket whose buffer need not be tuned";
    private static readonly DiagnosticDescriptor s_router = FindingKind.Warning("router-id", "routerid name missing - ignoring");
    private static readonly DiagnosticDescriptor s_interface = FindingKind.Warning("default-interface", "default_interface requires interface name");
    private static readonly DiagnosticDescriptor s_dynamic = FindingKind.Warning("dynamic-interfaces", "Unknown dynamic_interfaces option '{0}'");
    private static readonly DiagnosticDescriptor s_include = FindingKind.Warning("include-check", "Unknown include_check type '{0}' - ignoring");
    private static readonly DiagnosticDescriptor s_includeTwice = FindingKind.Warning("include-check-twice", "Duplicate include_check '{0}' specified - ignoring");
    private static readonly DiagnosticDescriptor s_seed = FindingKind.Warning("random-seed", "random_seed {0} invalid");
    private static readonly DiagnosticDescriptor s_reloadTime = FindingKind.Warning("reload-time-file", "reload_time_file invalid");
    private static readonly DiagnosticDescriptor s_directory = FindingKind.Warning("tmp-directory", "tmp_config_directory missing directory name");
    private static readonly DiagnosticDescriptor s_directoryTwice = FindingKind.Warning("tmp-directory-twice", "tmp_config_directory already specified - ignoring");
    private static readonly DiagnosticDescriptor s_dbus = FindingKind.Warning("dbus-name", "dbus_service_name missing - ignoring");
    private static readonly DiagnosticDescriptor s_snmp = FindingKind.Warning("snmp-socket", "SNMP error : snmp socket name missing");
    private static readonly DiagnosticDescriptor s_snmpMany = FindingKind.Warning("snmp-socket-many", "Too many parameters specified for snmp_socket - ignoring");
    private static readonly DiagnosticDescriptor s_snmpTwice = FindingKind.Warning("snmp-socket-twice", "SNMP socket already set to {0} - ignoring");
    private static readonly DiagnosticDescriptor s_policy = FindingKind.Warning("rx-policy-missing", "vrrp_rx_bufs_policy missing");
    private static readonly DiagnosticDescriptor s_policyInvalid = FindingKind.Warning("rx-policy", "Invalid {0} {1}");
    private static readonly DiagnosticDescriptor s_multiplier = FindingKind.Warning("rx-multiplier", "Invalid vrrp_rx_bufs_multiplier");

    public static void AddTo(KeywordTable table) => table
        .Executed("router_id", RouterId)
        .Executed("default_interface", DefaultInterface)
        .Executed("dynamic_interfaces", DynamicInterfaces)
        .Executed("umask", UmaskWord.Read)
        .Executed("include_check", IncludeCheck)
        .Executed("random_seed", Seed)
        .Executed("reload_check_config", GlobalKeywords.Flag(g => g.Config = g.Config with { CheckBeforeReload = true }))
        .Executed("reload_time_file", ReloadTime)
        .Executed("reload_repeat", GlobalKeywords.Flag(g => g.Config = g.Config with { ReloadRepeat = true }))
        .Accepted("reload_file", "the file is read once into memory, it may change while it is read")
        .Accepted("tmp_config_directory", NoTemporary, TemporaryDirectory)
        .Accepted("config_save_dir", "it saves copies for debugging reloads of the original", s => s.Need(out _))
        .Executed("data_use_instance", GlobalKeywords.Switch((g, on) => g.Config = g.Config with { DumpsNameInstance = on }, "date_use_instance"))
        .Executed("enable_dbus", GlobalKeywords.Flag(g => g.Config = g.Config with { Bus = true }))
        .Executed("dbus_service_name", BusName)
        .Executed("enable_snmp_vrrp", Snmp(s => s with { Keepalived = true }))
        .Executed("enable_snmp_keepalived", Snmp(s => s with { Keepalived = true }))
        .Accepted("enable_snmp_checker", GlobalKeywords.NoIpvs, Snmp(s => s with { Checker = true }))
        .Executed("enable_snmp_rfc", Snmp(s => s with { Version2 = true, Version3 = true }))
        .Executed("enable_snmp_rfcv2", Snmp(s => s with { Version2 = true }))
        .Executed("enable_snmp_rfcv3", Snmp(s => s with { Version3 = true }))
        .Executed("enable_traps", Snmp(s => s with { Traps = true }))
        .Executed("snmp_socket", SnmpSocket)
        .Accepted("vrrp_rx_bufs_policy", "buffers are the system's", Policy)
        .Accepted("vrrp_rx_bufs_multiplier", "buffers are the system's", Multiplier)
        .Accepted("vrrp_netlink_cmd_rcv_bufs", "buffers are the system's", GlobalKeywords.Buffer())
        .Accepted("vrrp_netlink_cmd_rcv_bufs_force", "buffers are the system's", GlobalKeywords.Switch((_, _) => { }))
        .Accepted("vrrp_netlink_monitor_rcv_bufs", "after an overrun everything is read anew", GlobalKeywords.Buffer())
        .Accepted("vrrp_netlink_monitor_rcv_bufs_force", "after an overrun everything is read anew", GlobalKeywords.Switch((_, _) => { }))
        .Accepted("process_monitor_rcv_bufs", Monitor, GlobalKeywords.Buffer())
        .Accepted("process_monitor_rcv_bufs_force", Monitor, GlobalKeywords.Switch((_, _) => { }))
        .Foreign("newer than the announced release", "dbus_no_interface_name", "iproute_etc_dir", "iproute_usr_dir", "json_dump_file", "json_version",
            "snmp_rs_stats_update_interval", "snmp_vs_stats_update_interval", "state_dump_file", "stats_dump_file");

    private static bool NeedWord(Statement s, DiagnosticDescriptor missing)
    {
        if (s.Count > 1)
        {
            return true;
        }

        s.Report(missing);
        return false;
    }

    private static void RouterId(Statement s)
    {
        if (NeedWord(s, s_router))
        {
            s.Document.Global.Config = s.Document.Global.Config with { RouterName = s.Words[1] };
        }
    }

    private static void BusName(Statement s)
    {
        if (NeedWord(s, s_dbus))
        {
            s.Document.Global.Config = s.Document.Global.Config with { BusName = s.Words[1] };
        }
    }

    private static void DefaultInterface(Statement s)
    {
        if (NeedWord(s, s_interface))
        {
            s.Document.Global.Config = s.Document.Global.Config with { DefaultInterface = s.Words[1] };
        }
    }

    private static void DynamicInterfaces(Statement s)
    {
        var global = s.Document.Global;
        global.Config = global.Config with { DynamicInterfaces = true };
        if (s.Word(1) == "allow_if_changes")
        {
            global.Config = global.Config with { AllowInterfaceChanges = true };
        }
        else if (s.Count > 1)
        {
            s.Report(s_dynamic, s.Words[1]);
        }
    }

    private static void IncludeCheck(Statement s)
    {
        var lines = s.Document.Lines!;
        if (s.Count == 1)
        {
            lines.IncludeChecks = IncludeChecks.All;
            return;
        }

        var absolute = false;
        for (var i = 1; i < s.Count; i++)
        {
            var word = s.Words[i];
            var sign = word.Length > 0 && word[0] is '+' or '-' ? word[0] : ' ';
            var name = sign == ' ' ? word : word[1..];
            if (sign == ' ' && absolute)
            {
                s.Report(s_includeTwice, word);
                continue;
            }

            absolute |= sign == ' ';
            IncludeChecks? check = name switch
            {
                "readable" => IncludeChecks.Readable,
                "match" => IncludeChecks.Match | IncludeChecks.Readable,
                "wildcard_match" => IncludeChecks.WildcardMatch | IncludeChecks.Readable,
                "brace_match" => IncludeChecks.BraceMatch | IncludeChecks.Readable,
                _ => null,
            };
            if (check is not { } known)
            {
                s.Report(s_include, name);
                continue;
            }

            lines.IncludeChecks = sign switch
            {
                '+' => lines.IncludeChecks | known,
                '-' => lines.IncludeChecks & ~known,
                _ => known,
            };
        }
    }

    private static void Seed(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, uint.MaxValue, out var seed))
        {
            s.Document.Lines!.Reseed(unchecked((int)seed));
        }
        else
        {
            s.Report(s_seed, word);
        }
    }

    private static void ReloadTime(Statement s)
    {
        if (s.Count != 2)
        {
            s.Report(s_reloadTime);
            return;
        }

        s.Document.Global.Config = s.Document.Global.Config with { ReloadTimeFile = s.Words[1] };
    }

    private static void TemporaryDirectory(Statement s)
    {
        if (NeedWord(s, s_directory) && !s.Document.Global.Once.Add(s.Keyword))
        {
            s.Report(s_directoryTwice);
        }
    }

    private static StatementReader Snmp(Func<SnmpConfig, SnmpConfig> change) =>
        GlobalKeywords.Flag(g => g.Config = g.Config with { Snmp = change(g.Config.Snmp) });

    private static void SnmpSocket(Statement s)
    {
        var global = s.Document.Global;
        if (!NeedWord(s, s_snmp))
        {
            return;
        }

        if (s.Count > 2)
        {
            s.Report(s_snmpMany);
        }
        else if (global.Config.Snmp.Socket is { } already)
        {
            s.Report(s_snmpTwice, already);
        }
        else
        {
            global.Config = global.Config with { Snmp = global.Config.Snmp with { Socket = s.Words[1] } };
        }
    }

    private static void Policy(Statement s)
    {
        if (NeedWord(s, s_policy) && s.Words[1] is var word && word is not ("MTU" or "ADVERT") && !s.Unsigned(word, 0, uint.MaxValue, out _))
        {
            s.Report(s_policyInvalid, s.Keyword, word);
        }
    }

    private static void Multiplier(Statement s)
    {
        if (s.Count != 2)
        {
            s.Report(s_multiplier);
        }
        else if (!s.Unsigned(s.Words[1], 1, uint.MaxValue, out _))
        {
            s.Report(s_policyInvalid, s.Keyword, s.Words[1]);
        }
    }
}
