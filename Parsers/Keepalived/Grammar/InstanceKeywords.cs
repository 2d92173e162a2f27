using System.Globalization;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>vrrp_instance</c>.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_name = FindingKind.Warning("instance-name", "vrrp_instance must have a name");
    private static readonly DiagnosticDescriptor s_defined = FindingKind.Warning("instance-defined", "vrrp instance {0} already defined");
    private static readonly DiagnosticDescriptor s_loopback = FindingKind.Warning("instance-loopback", "({0}) cannot use a loopback interface ({1}) for vrrp - ignoring");
    private static readonly DiagnosticDescriptor s_tooLong = FindingKind.Warning("interface-name", "Interface name '{0}' too long - ignoring");
    private static readonly DiagnosticDescriptor s_interface = FindingKind.Warning("instance-interface", "WARNING - interface {0} for vrrp_instance {1} doesn't exist");
    private static readonly DiagnosticDescriptor s_vrfTwice = FindingKind.Warning("instance-vrf", "({0}) Cannot specify VRF interface and interface - ignoring");
    private static readonly DiagnosticDescriptor s_noVrf = FindingKind.Warning("instance-vrf-missing", "({0}) WARNING - VRF interface {1} doesn't exist");
    private static readonly DiagnosticDescriptor s_routerId = FindingKind.Warning("instance-vrid", "({0}): VRID '{1}' not valid - must be between 1 & 255");
    private static readonly DiagnosticDescriptor s_priority = FindingKind.Warning("instance-priority", "({0}) Priority not valid! must be between 1 & 255. Using default 100");
    private static readonly DiagnosticDescriptor s_interval = FindingKind.Warning("instance-interval", "({0}) Advert interval ({1}) not valid! Must be > 0 - ignoring");
    private static readonly DiagnosticDescriptor s_state = FindingKind.Warning("instance-state", "({0}) unknown state '{1}', defaulting to BACKUP");
    private static readonly DiagnosticDescriptor s_stateTwice = FindingKind.Warning("instance-state-twice", "({0}) state previously set as {1} - ignoring {2}");
    private static readonly DiagnosticDescriptor s_version = FindingKind.Warning("instance-version", "({0}): Version must be either 2 or 3");
    private static readonly DiagnosticDescriptor s_versionConflict = FindingKind.Warning("instance-version-conflict",
        "({0}) vrrp_version {1} conflicts with configured or deduced version {2}; ignoring.");

    private static readonly DiagnosticDescriptor s_preemptDelay = FindingKind.Warning("instance-preempt-delay", "({0}) Preempt_delay not valid! must be between 0-1000");
    private static readonly DiagnosticDescriptor s_debug = FindingKind.Warning("instance-debug", "({0}) Debug value '{1}' not valid; must be between 0-4");
    private static readonly DiagnosticDescriptor s_down = FindingKind.Warning("instance-down-timer", "({0}): Invalid down_timer_adverts [1:100] '{1}'");
    private static readonly DiagnosticDescriptor s_switch = FindingKind.Warning("instance-switch", "({0}) invalid {1} {2} specified");
    private static readonly DiagnosticDescriptor s_buffer = FindingKind.Warning("instance-buffer", "({0}) invalid kernel_rx_buf_size specified");
    private static readonly DiagnosticDescriptor s_linkbeat = FindingKind.Warning("instance-linkbeat",
        "({0}) 'linkbeat_use_polling' in vrrp instance deprecated - use linkbeat_interfaces block");

    private static readonly DiagnosticDescriptor s_native = FindingKind.Warning("instance-native-ipv6", "({0}) Cannot specify native_ipv6 with IPv4 addresses");
    private static readonly DiagnosticDescriptor s_sync = FindingKind.Warning("instance-sync-daemon", "({0}) Specifying lvs_sync_daemon_interface against a vrrp is deprecated.");
    private static readonly DiagnosticDescriptor s_syncPlease = FindingKind.Warning("instance-sync-daemon-please", "      {0}Please use global lvs_sync_daemon");
    private static readonly DiagnosticDescriptor s_syncTwice = FindingKind.Warning("instance-sync-daemon-twice",
        "({0}) lvs_sync_daemon_interface has already been specified as {1} - ignoring");

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = Build();

    /// <summary>The keywords of <c>authentication</c>.</summary>
    public static KeywordTable AuthenticationTable => s_authentication;

    private static KeywordTable Build()
    {
        var table = new KeywordTable("vrrp_instance")
            .Executed("state", State)
            .Executed("interface", Interface)
            .Executed("vrf", Vrf)
            .Executed("virtual_router_id", RouterId)
            .Executed("priority", Priority)
            .Executed("advert_int", AdvertInterval)
            .Executed("version", Version)
            .Executed("native_ipv6", NativeIpv6)
            .Executed("down_timer_adverts", DownTimer)
            .Executed("nopreempt", s => Of(s).NoPreempt = true)
            .Executed("preempt", s => Of(s).NoPreempt = false)
            .Executed("preempt_delay", PreemptDelay)
            .Executed("accept", s => Of(s).Accept = true)
            .Executed("no_accept", s => Of(s).Accept = false)
            .Executed("strict_mode", s => Switch(s, (i, on) => i.Strict = on))
            .Executed("skip_check_adv_addr", s => Switch(s, (i, on) => i.SkipAddressCheck = on))
            .Executed("lower_prio_no_advert", s => Switch(s, (i, on) => i.NoAdvertToLower = on))
            .Executed("higher_prio_send_advert", s => Switch(s, (i, on) => i.AdvertToHigher = on))
            .Executed("dont_track_primary", s => Of(s).IgnorePrimaryFault = true)
            .Executed("linkbeat_use_polling", Linkbeat)
            .Executed("promote_secondaries", s => Of(s).PromoteSecondaries = true)
            .Accepted("debug", "the original has no use for it either", Debug)
            .Executed("kernel_rx_buf_size", ReceiveBuffer)
            .Refused("lvs_sync_daemon_interface", "the connection table of IPVS is not synchronised yet", SyncDaemon)
            .Foreign("newer than the announced release", "auth_hmac", "no_virtual_ipaddress", "owner_ignore_adverts", "thread_timer_expired",
                "timer_expired_backup", "v3_checksum_as_v2");
        AddAuthentication(table);
        AddAddresses(table);
        AddUnicast(table);
        AddVirtualMac(table);
        AddGarp(table);
        AddTracking(table);
        return table;
    }

    /// <summary>Begins an instance.</summary>
    public static void Open(Statement s)
    {
        var vrrp = s.Document.Vrrp;
        if (s.OpensNamed(name => vrrp.Instances.Find(name) is not null, s_name, s_defined) is { } name)
        {
            vrrp.Instance = new InstanceSyntax(name, s.At);
            vrrp.Instances.Add(vrrp.Instance);
        }
    }

    private static InstanceSyntax Of(Statement s) => s.Document.Vrrp.Instance!;

    private static void Switch(Statement s, Action<InstanceSyntax, bool> set)
    {
        s.ReadSwitch(on => set(Of(s), on), s_switch, Of(s).Name, s.Keyword);
    }

    private static void State(Statement s)
    {
        if (!s.Need(out var state))
        {
            return;
        }

        var instance = Of(s);
        if (state is not ("MASTER" or "BACKUP"))
        {
            s.Report(s_state, instance.Name, state);
            state = "BACKUP";
            instance.Master ??= false;
            return;
        }

        // Only a master stays what it is; a backup may become one.
        if (instance.State is "MASTER" and var already && already != state)
        {
            s.Report(s_stateTwice, instance.Name, already, state);
            return;
        }

        instance.State = state;
        instance.Master = state == "MASTER";
    }

    private static void Interface(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        var instance = Of(s);
        if (name.Length > 15)
        {
            s.Report(s_tooLong, name);
            return;
        }

        instance.HasInterface = s.CheckInterface(name, s_interface, name, instance.Name);
        instance.Interface = name;
        if (s.Document.Facts.FindInterface(name) is { IsLoopback: true })
        {
            s.Report(s_loopback, instance.Name, name);
            instance.HasInterface = false;
            instance.Interface = null;
        }
    }

    private static void Vrf(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        var instance = Of(s);
        if (instance.Interface is not null)
        {
            s.Report(s_vrfTwice, instance.Name);
        }
        else if (s.CheckInterface(name, s_noVrf, instance.Name, name) && s.Document.Facts.FindInterface(name) is { Kind: "vrf" })
        {
            instance.Vrf = name;
        }
    }

    private static void RouterId(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 1, 255, out var id))
        {
            Of(s).RouterId = (int)id;
        }
        else
        {
            s.Report(s_routerId, Of(s).Name, word);
        }
    }

    private static void Priority(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Unsigned(word, 1, 255, out var priority))
        {
            s.Report(s_priority, Of(s).Name);
            priority = 100;
        }

        Of(s).Priority = (int)priority;
    }

    private static void AdvertInterval(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Decimal(word, 10_000, 255_000_000, out var interval))
        {
            Of(s).AdvertMicroseconds = interval;
        }
        else
        {
            s.Report(s_interval, Of(s).Name, word);
        }
    }

    private static void Version(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        var instance = Of(s);
        if (!s.Integer(word, 2, 3, out var version))
        {
            s.Report(s_version, instance.Name);
            return;
        }

        if ((instance.Version != 0 && instance.Version != version) || (version == 2 && instance.Family == AddressFamily.InterNetworkV6))
        {
            s.Report(s_versionConflict, instance.Name, word, instance.Version.ToString(CultureInfo.InvariantCulture));
            return;
        }

        instance.Version = version;
    }

    private static void NativeIpv6(Statement s)
    {
        var instance = Of(s);
        if (instance.Family == AddressFamily.InterNetwork)
        {
            s.Report(s_native, instance.Name);
            return;
        }

        instance.Family = AddressFamily.InterNetworkV6;
        instance.NativeIpv6 = true;
    }

    private static void DownTimer(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 1, 100, out var adverts))
        {
            Of(s).DownTimerAdverts = (int)adverts;
        }
        else
        {
            s.Report(s_down, Of(s).Name, word);
        }
    }

    private static void PreemptDelay(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Seconds(word, 0, 1_000_000_000, out var delay))
        {
            Of(s).PreemptDelay = delay;
        }
        else
        {
            s.Report(s_preemptDelay, Of(s).Name);
        }
    }

    private static void Linkbeat(Statement s)
    {
        s.Report(s_linkbeat, Of(s).Name);
        Of(s).LinkbeatPolling = true;
    }

    private static void Debug(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Unsigned(word, 0, 4, out _))
        {
            s.Report(s_debug, Of(s).Name, word);
        }
    }

    private static void ReceiveBuffer(Statement s)
    {
        if (s.Count == 2 && s.Unsigned(s.Words[1], 0, uint.MaxValue, out var size))
        {
            Of(s).ReceiveBuffer = (int)Math.Min(size, int.MaxValue);
        }
        else
        {
            s.Report(s_buffer, Of(s).Name);
        }
    }

    private static void SyncDaemon(Statement s)
    {
        var instance = Of(s);
        s.Report(s_sync, instance.Name);
        s.Report(s_syncPlease, new string(' ', Math.Abs(instance.Name.Length - 2)));
        if (!s.Need(out var name))
        {
            return;
        }

        if (instance.SyncDaemonInterface is { } already)
        {
            s.Report(s_syncTwice, instance.Name, already);
            return;
        }

        instance.SyncDaemonInterface = name;
    }
}
