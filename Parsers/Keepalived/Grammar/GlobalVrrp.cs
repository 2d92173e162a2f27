using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of global_defs that set defaults of virtual routers.</summary>
internal static class GlobalVrrp
{
    private const string NoFirewall = "no firewall is needed: VMACs send no IGMP, and addresses of no_accept are not answered for";
    private static readonly DiagnosticDescriptor s_version = FindingKind.Warning("global-version", "VRRP Error: Version must be either 2 or 3");
    private static readonly DiagnosticDescriptor s_down = FindingKind.Warning("global-down-timer", "Invalid {0} [1:100] '{1}'");
    private static readonly DiagnosticDescriptor s_nftables = FindingKind.Warning("nftables-twice", "{0}nftables already specified - ignoring");
    private static readonly DiagnosticDescriptor s_chain = FindingKind.Warning("nftables-priority", "invalid {0} '{1}'");
    private static readonly DiagnosticDescriptor s_iptables = FindingKind.Warning("iptables",
        "iptables not supported, using nftables instead. Please replace 'vrrp_iptables and 'vrrp_ipsets' with 'nftables' config option");

    private static readonly DiagnosticDescriptor s_extra = FindingKind.Warning("garp-extra-time", "{0} specified without time - ignoring");
    private static readonly DiagnosticDescriptor s_prefix = FindingKind.Warning("vmac-prefix-twice", "{0} prefix has already been specified - ignoring {1}");

    public static void AddTo(KeywordTable table) => table
        .Executed("vrrp_mcast_group4", s => Group(s, AddressFamily.InterNetwork))
        .Executed("vrrp_mcast_group6", s => Group(s, AddressFamily.InterNetworkV6))
        .Executed("vrrp_version", Version)
        .Executed("vrrp_strict", GlobalKeywords.Flag(g => g.Config = g.Config with { Strict = true }))
        .Executed("vrrp_down_timer_adverts", s => Count(s, 1, 100, s_down, (g, v) => g.Config = g.Config with { DownTimerAdverts = (int)v }))
        .Executed("vrrp_garp_master_delay", s => Delay(s, (g, v) => g.Garp.Delay = v))
        .Executed("vrrp_garp_master_repeat", s => Repeat(s, (g, v) => g.Garp.Repeat = v))
        .Executed("vrrp_garp_master_refresh", s => Count(s, 0, uint.MaxValue, GlobalTexts.InvalidIgnored, (g, v) => g.Garp.Refresh = TimeSpan.FromSeconds(v)))
        .Executed("vrrp_garp_master_refresh_repeat", s => Repeat(s, (g, v) => g.Garp.RefreshRepeat = v))
        .Executed("vrrp_garp_lower_prio_delay", s => Delay(s, (g, v) => g.Garp.LowerPriorityDelay = v))
        .Executed("vrrp_garp_lower_prio_repeat", s => Count(s, 0, int.MaxValue * 2U + 1, GlobalTexts.Invalid, (g, v) => g.Garp.LowerPriorityRepeat = (int)Math.Min(v, int.MaxValue)))
        .Executed("vrrp_garp_interval", s => Interval(s, (g, v) => g.Config = g.Config with { GarpInterval = v }))
        .Executed("vrrp_gna_interval", s => Interval(s, (g, v) => g.Config = g.Config with { NeighbourInterval = v }))
        .Executed("vrrp_min_garp", GlobalKeywords.PlainSwitch(MinimalGarp))
        .Executed("vrrp_garp_extra_if", s => Extra(s))
        .Executed("vrrp_vmac_garp_intvl", s =>
        {
            s.Report(GlobalTexts.Deprecated, s.Keyword, "vrrp_garp_extra_if");
            Extra(s);
        })
        .Executed("vrrp_lower_prio_no_advert", GlobalKeywords.PlainSwitch((g, on) => g.LowerPriorityNoAdvert = on))
        .Executed("vrrp_higher_prio_send_advert", GlobalKeywords.PlainSwitch((g, on) => g.HigherPrioritySendAdvert = on))
        .Executed("vrrp_check_unicast_src", GlobalKeywords.Flag(g => g.CheckUnicastSource = true))
        .Executed("vrrp_skip_check_adv_addr", GlobalKeywords.Flag(g => g.SkipAddressCheck = true))
        .Executed("vrrp_notify_priority_changes", GlobalKeywords.Switch((g, on) => g.Config = g.Config with { NotifyPriorityChanges = on }))
        .Executed("log_unknown_vrids", GlobalKeywords.Flag(g => g.Config = g.Config with { LogUnknownRouterIds = true }))
        .Executed("disable_local_igmp", GlobalKeywords.Flag(g => g.Config = g.Config with { DisableLocalIgmp = true }))
        .Executed("vrrp_startup_delay", s => Seconds(s, 1000, (g, v) => g.Config = g.Config with { StartupDelay = v }))
        .Executed("vmac_prefix", s => Prefix(s, "vmac", (g, v) => g.Config = g.Config with { VirtualMacPrefix = v }))
        .Executed("vmac_addr_prefix", s => Prefix(s, "vmac_addr", (g, v) => g.Config = g.Config with { AddressMacPrefix = v }))
        .Accepted("nftables", NoFirewall, s => Nftables(s, s.Document.Global.HasNftables, "", () => s.Document.Global.HasNftables = true))
        .Accepted("nftables_priority", NoFirewall, s => Chain(s, "nftables chain priority"))
        .Accepted("nftables_counters", NoFirewall)
        .Accepted("nftables_ifindex", NoFirewall)
        .Accepted("nftables_ipvs", GlobalKeywords.NoIpvs, s => Nftables(s, s.Document.Global.HasNftablesIpvs, "ipvs ", () => s.Document.Global.HasNftablesIpvs = true))
        .Accepted("nftables_ipvs_priority", GlobalKeywords.NoIpvs, s => Chain(s, "ipvs nftables chain priority"))
        .Accepted("nftables_ipvs_start_fwmark", GlobalKeywords.NoIpvs, StartMark)
        .Accepted("vrrp_iptables", NoFirewall, s =>
        {
            s.Report(s_iptables);
            s.Document.Global.HasNftables = true;
        })
        .Foreign("of a build with ipsets", "vrrp_ipsets")
        .Foreign("newer than the announced release", "vrrp_delay_after_boot", "vrrp_owner_ignore_adverts", "v3_checksum_as_v2");

    private static void Group(Statement s, AddressFamily family)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (Addresses.ParseStart(word) is not { } address || address.AddressFamily != family)
        {
            s.Report(GlobalTexts.CannotParse, s.Keyword, word);
            return;
        }

        var global = s.Document.Global;
        global.Config = family == AddressFamily.InterNetwork ? global.Config with { Group4 = address } : global.Config with { Group6 = address };
    }

    private static void Version(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Integer(word, 2, 3, out var version))
        {
            s.Report(s_version);
            return;
        }

        s.Document.Global.Config = s.Document.Global.Config with { Version = version };
        s.Document.Global.HasVersion = true;
    }

    private static void Count(Statement s, uint min, uint max, DiagnosticDescriptor complaint, Action<GlobalSyntax, uint> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, min, max, out var value))
        {
            set(s.Document.Global, value);
        }
        else
        {
            s.Report(complaint, s.Keyword, word);
        }
    }

    private static void Delay(Statement s, Action<GlobalSyntax, TimeSpan> set) =>
        Count(s, 0, Statement.MostSeconds, GlobalTexts.InvalidIgnoring, (g, v) => set(g, TimeSpan.FromSeconds(v)));

    private static void Repeat(Statement s, Action<GlobalSyntax, int> set) => Count(s, 0, uint.MaxValue, GlobalTexts.InvalidIgnoring, (g, v) =>
    {
        if (v == 0)
        {
            s.Report(GlobalTexts.AtLeastOne, s.Keyword);
        }

        set(g, (int)Math.Clamp(v, 1, int.MaxValue));
    });

    private static void Interval(Statement s, Action<GlobalSyntax, TimeSpan> set) => Seconds(s, 1, set);

    private static void Seconds(Statement s, ulong min, Action<GlobalSyntax, TimeSpan> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Seconds(word, min, Statement.MostMicroseconds, out var time))
        {
            set(s.Document.Global, time);
        }
        else
        {
            s.Report(GlobalTexts.IsInvalid, s.Keyword, word);
        }
    }

    private static void MinimalGarp(GlobalSyntax global, bool on)
    {
        if (!on)
        {
            return;
        }

        global.Garp.Repeat ??= 1;
        global.Garp.Delay ??= TimeSpan.Zero;
        global.Garp.RefreshRepeat ??= 1;
        global.Garp.LowerPriorityDelay ??= TimeSpan.Zero;
        global.Garp.LowerPriorityRepeat ??= 1;
    }

    private static void Extra(Statement s)
    {
        var all = s.Word(1) == "all";
        if (s.Count == (all ? 2 : 1))
        {
            s.Report(s_extra, s.Keyword);
            return;
        }

        var word = s.Words[^1];
        if (!s.Unsigned(word, 1, 86400, out var seconds))
        {
            s.Report(GlobalTexts.InvalidIgnoring, s.Keyword, word);
            return;
        }

        s.Document.Global.Garp.ExtraInterval = TimeSpan.FromSeconds(seconds);
        s.Document.Global.Garp.ExtraForAll = all;
    }

    private static void Prefix(Statement s, string name, Action<GlobalSyntax, string> set)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Document.Global.Once.Add(s.Keyword))
        {
            set(s.Document.Global, word);
        }
        else
        {
            s.Report(s_prefix, name, word);
        }
    }

    private static void Nftables(Statement s, bool already, string what, Action set)
    {
        if (already)
        {
            s.Report(s_nftables, what);
        }

        set();
    }

    private static void Chain(Statement s, string what)
    {
        if (s.Need(out var word) && !s.Integer(word, int.MinValue, int.MaxValue, out _))
        {
            s.Report(s_chain, what, word);
        }
    }

    private static void StartMark(Statement s)
    {
        if (s.Need(out var word) && !s.Unsigned(word, 1, uint.MaxValue, out _))
        {
            s.Report(s_chain, "ipvs nftables start_fwmark priority", word);
        }
    }
}
