using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>virtual_server</c>.</summary>
internal static class VirtualServerKeywords
{
    /// <summary>Reason of the registry.</summary>
    public const string NotYet = "virtual servers (IPVS) are not executed yet";

    private static readonly DiagnosticDescriptor s_scheduler = FindingKind.Warning("vs-scheduler", "Invalid lvs_scheduler '{0}' - ignoring");
    private static readonly DiagnosticDescriptor s_onlyHash = FindingKind.Warning("vs-scheduler-flag", "{0} only applies to sh scheduler - ignoring");
    private static readonly DiagnosticDescriptor s_protocol = FindingKind.Warning("vs-protocol", "Unknown protocol {0} - ignoring");
    private static readonly DiagnosticDescriptor s_family = FindingKind.Warning("vs-family", "unknown address family {0}");
    private static readonly DiagnosticDescriptor s_familyConflict = FindingKind.Warning("vs-family-conflict", "Virtual server specified family {0} conflicts with server family");
    private static readonly DiagnosticDescriptor s_persistence = FindingKind.Warning("vs-persistence", "persistence_timeout invalid");
    private static readonly DiagnosticDescriptor s_granularity = FindingKind.Warning("vs-granularity", "Invalid IPv{0} persistence_granularity specified - {1}");
    private static readonly DiagnosticDescriptor s_quorum = FindingKind.Warning("vs-quorum", "Quorum {0} must be in [1, 4294967295]. Setting to 1.");
    private static readonly DiagnosticDescriptor s_hysteresis = FindingKind.Warning("vs-hysteresis", "Hysteresis {0} must be in [0, 4294967295] - ignoring");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("vs-script-twice", "((null)) {1} script already specified - ignoring {2}");
    private static readonly DiagnosticDescriptor s_host = FindingKind.Warning("vs-host", "virtual server virtualhost missing");
    private static readonly DiagnosticDescriptor s_snmp = FindingKind.Warning("vs-snmp", "virtual server snmp_name missing or extra parameters");
    private static readonly DiagnosticDescriptor s_alert = FindingKind.Warning("vs-alert", "Invalid virtual_server smtp_alert parameter {0}");
    private static readonly DiagnosticDescriptor s_weight = FindingKind.Warning("vs-weight", "Virtual server weight {0} is outside range 1-2147483647");
    private static readonly DiagnosticDescriptor s_sorry = FindingKind.Warning("vs-sorry", "Invalid sorry server IP address {0} - skipping");
    private static readonly DiagnosticDescriptor s_sorryInhibit = FindingKind.Warning("vs-sorry-inhibit", "Ignoring sorry_server inhibit used before or without sorry_server");
    private static readonly DiagnosticDescriptor s_sorryMethod = FindingKind.Warning("vs-sorry-method", "sorry_server forwarding used without sorry_server");
    private static readonly DiagnosticDescriptor s_sorryFamily = FindingKind.Warning("vs-sorry-family",
        "Address family of virtual server and sorry server {0} don't match - skipping sorry server.");

    private static readonly CheckTimeWords s_times = new(
        FindingKind.Warning("vs-connect-timeout", "virtual server connect_timeout {0} invalid - ignoring"),
        FindingKind.Warning("vs-retry", "retry value invalid - {0}"), 1,
        FindingKind.Warning("vs-delay", "virtual server delay before retry '{0}' invalid - ignoring"),
        FindingKind.Warning("vs-warmup", "virtual server warmup '{0}' invalid - ignoring"),
        FindingKind.Warning("vs-loop", "virtual server delay loop '{0}' invalid - ignoring"));

    private static readonly string[] s_schedulers = ["rr", "wrr", "lc", "wlc", "lblc", "sh", "mh", "dh", "fo", "ovf", "lblcr", "sed", "nq", "twos"];

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = Build();

    private static KeywordTable Build()
    {
        var table = new KeywordTable("virtual_server");
        s_times.AddTo(table, (s, change) => Set(s, c => c with { Times = change(c.Times) }));
        Word("lvs_sched", Scheduler);
        Word("lb_algo", Scheduler);
        Word("lvs_method", Method);
        Word("lb_kind", Method);
        Word("protocol", Protocol);
        Word("ip_family", Family);
        Word("persistence_engine", s =>
        {
            if (s.Need(out var engine))
            {
                Set(s, c => c with { PersistenceEngine = engine });
            }
        });
        Word("persistence_timeout", Persistence);
        Word("persistence_granularity", Granularity);
        Word("ha_suspend", s => Set(s, c => c with { SuspendsWithoutAddress = true }));
        Word("ops", s => Set(s, c => c with { OnePacket = true }));
        Word("alpha", s => Set(s, c => c with { Alpha = true }));
        Word("omega", s => Set(s, c => c with { Omega = true }));
        Word("inhibit_on_failure", s => Set(s, c => c with { InhibitOnFailure = true }));
        Word("flag-1", s => Flag(s, 1, false));
        Word("flag-2", s => Flag(s, 2, false));
        Word("flag-3", s => Flag(s, 4, false));
        Word("sh-fallback", s => Flag(s, 1, true));
        Word("mh-fallback", s => Flag(s, 1, true));
        Word("sh-port", s => Flag(s, 2, true));
        Word("mh-port", s => Flag(s, 2, true));
        Word("hashed", s => Flag(s, 2, true));
        Word("quorum", Quorum);
        Word("hysteresis", Hysteresis);
        Word("quorum_up", s => Notify.Read(s, Of(s).Scripts, s_twice, ""));
        Word("quorum_down", s => Notify.Read(s, Of(s).Scripts, s_twice, ""));
        Word("virtualhost", s => Text(s, s.Count > 1, s_host, (c, v) => c with { VirtualHost = v }));
        Word("snmp_name", s => Text(s, s.Count == 2, s_snmp, (c, v) => c with { SnmpName = v }));
        Word("smtp_alert", Alert);
        Word("weight", Weight);
        Word("sorry_server", Sorry);
        Word("sorry_server_inhibit", SorryInhibit);
        Word("sorry_server_lvs_method", SorryMethod);
        return table.Block("real_server", RealServerKeywords.Table, RealServerKeywords.Open, RealServerKeywords.Close, KeywordStatus.Accepted, GlobalKeywords.NoIpvs);

        void Word(string name, StatementReader reader) => table.Accepted(name, GlobalKeywords.NoIpvs, reader);
    }

    /// <summary>Begins a virtual server.</summary>
    public static void Open(Statement s)
    {
        if (VirtualServerHead.Read(s) is not { } server)
        {
            s.SkipBlock = true;
            return;
        }

        s.Document.Checkers.Server = server;
        s.Document.Checkers.Servers.Add(server);
    }

    /// <summary>Ends it.</summary>
    public static void Close(Document document)
    {
        var server = document.Checkers.Server!;
        if (server.Config.Sorry is { } sorry && server.ServerFamily is { } family && sorry.Address.AddressFamily != family &&
            (sorry.Forwarding ?? server.Forwarding)?.Method != ForwardingMethod.Tunnel)
        {
            document.Sink.Add(s_sorryFamily, document.Lines!.At, false, sorry.Address.ToString());
            server.Config = server.Config with { Sorry = null };
        }
    }

    private static VirtualServerSyntax Of(Statement s) => s.Document.Checkers.Server!;

    private static void Set(Statement s, Func<VirtualServerConfig, VirtualServerConfig> change) => Of(s).Config = change(Of(s).Config);

    private static void Scheduler(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s_schedulers.Contains(word))
        {
            s.Report(s_scheduler, word);
            return;
        }

        Of(s).HasScheduler = true;
        Set(s, c => c with { Scheduler = word });
    }

    private static void Flag(Statement s, int bit, bool hashOnly)
    {
        if (hashOnly && Of(s).Config.Scheduler is not ("sh" or "mh"))
        {
            s.Report(s_onlyHash, s.Keyword);
            return;
        }

        Set(s, c => c with { SchedulerFlags = c.SchedulerFlags | bit });
    }

    private static void Method(Statement s)
    {
        if (Forwarding.Read(s, "virtual") is { } forwarding)
        {
            Of(s).Forwarding = forwarding;
        }
    }

    private static void Protocol(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        ProtocolType? protocol = word.ToUpperInvariant() switch { "TCP" => ProtocolType.Tcp, "UDP" => ProtocolType.Udp, "SCTP" => (ProtocolType)132, _ => null };
        if (protocol is null)
        {
            s.Report(s_protocol, word);
        }
        else
        {
            Set(s, c => c with { Protocol = protocol });
        }
    }

    private static void Family(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        AddressFamily? family = word switch { "inet" => AddressFamily.InterNetwork, "inet6" => AddressFamily.InterNetworkV6, _ => null };
        if (family is null)
        {
            s.Report(s_family, word);
        }
        else if (Of(s).Config.Family is { } own && own != family)
        {
            s.Report(s_familyConflict, word);
        }
        else
        {
            Set(s, c => c with { Family = family });
        }
    }

    private static void Persistence(Statement s)
    {
        var seconds = 360u;
        if (s.Word(1) is { } word && !s.Unsigned(word, 1, 2_678_400, out seconds))
        {
            s.Report(s_persistence);
            return;
        }

        Set(s, c => c with { PersistenceTimeout = TimeSpan.FromSeconds(seconds) });
    }

    private static void Granularity(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (Of(s).Config.Family == AddressFamily.InterNetworkV6)
        {
            if (s.Unsigned(word, 1, 128, out var length))
            {
                Set(s, c => c with { PersistenceGranularity = length });
            }
            else
            {
                s.Report(s_granularity, "6", word);
            }

            return;
        }

        if (Addresses.ParseLoose(word) is not { } mask)
        {
            s.Report(s_granularity, "4", word);
            return;
        }

        var bytes = mask.GetAddressBytes();
        Set(s, c => c with { PersistenceGranularity = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3] });
    }

    private static void Quorum(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Unsigned(word, 1, uint.MaxValue, out var quorum))
        {
            s.Report(s_quorum, word);
            quorum = 1;
        }

        Set(s, c => c with { Quorum = quorum });
    }

    private static void Hysteresis(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, uint.MaxValue, out var hysteresis))
        {
            Set(s, c => c with { Hysteresis = hysteresis });
        }
        else
        {
            s.Report(s_hysteresis, word);
        }
    }

    private static void Text(Statement s, bool good, DiagnosticDescriptor complaint, Func<VirtualServerConfig, string, VirtualServerConfig> change)
    {
        if (good)
        {
            Set(s, c => change(c, s.Words[1]));
        }
        else
        {
            s.Report(complaint);
        }
    }

    private static void Alert(Statement s) => s.ReadSwitch(on => Set(s, c => c with { SmtpAlert = on }), s_alert);

    private static void Weight(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 1, int.MaxValue, out var weight))
        {
            Set(s, c => c with { Weight = weight });
        }
        else
        {
            s.Report(s_weight, word);
        }
    }

    private static void Sorry(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        if (VirtualServerHead.Endpoint(s, name, s.Word(2)) is not var (address, port))
        {
            s.Report(s_sorry, name);
            return;
        }

        Set(s, c => c with { Sorry = new SorryServerConfig(address, port) });
    }

    private static void SorryInhibit(Statement s)
    {
        if (Of(s).Config.Sorry is null)
        {
            s.Report(s_sorryInhibit);
        }
        else
        {
            Set(s, c => c with { Sorry = c.Sorry! with { Inhibit = true } });
        }
    }

    private static void SorryMethod(Statement s)
    {
        if (Of(s).Config.Sorry is null)
        {
            s.Report(s_sorryMethod);
        }
        else if (Forwarding.Read(s, "sorry") is { } forwarding)
        {
            Set(s, c => c with { Sorry = c.Sorry! with { Forwarding = forwarding } });
        }
    }
}
