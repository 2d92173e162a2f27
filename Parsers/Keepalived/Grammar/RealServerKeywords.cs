using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The block <c>real_server</c>.</summary>
internal static class RealServerKeywords
{
    private static readonly DiagnosticDescriptor s_address = FindingKind.Warning("rs-address", "Invalid real server ip address/port {0}/{1} - skipping");
    private static readonly DiagnosticDescriptor s_family = FindingKind.Warning("rs-family",
        "Address family of virtual server and real server {0} don't match - skipping real server.");

    private static readonly DiagnosticDescriptor s_weight = FindingKind.Warning("rs-weight", "Real server weight {0} is outside range 0-2147483647");
    private static readonly DiagnosticDescriptor s_threshold = FindingKind.Warning("rs-threshold", "Invalid real_server {0} '{1}' - ignoring");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("rs-script-twice", "((null)) {1} script already specified - ignoring {2}");
    private static readonly DiagnosticDescriptor s_alert = FindingKind.Warning("rs-alert", "Invalid real_server smtp_alert parameter {0}");
    private static readonly DiagnosticDescriptor s_switch = FindingKind.Warning("rs-switch", "Invalid {0} parameter {1}");
    private static readonly DiagnosticDescriptor s_host = FindingKind.Warning("rs-host", "real server virtualhost missing");
    private static readonly DiagnosticDescriptor s_snmp = FindingKind.Warning("rs-snmp", "real server snmp_name missing or extra parameters");

    private static readonly CheckTimeWords s_times = new(
        FindingKind.Warning("rs-connect-timeout", "real server connect_timeout {0} invalid - ignoring"),
        FindingKind.Warning("rs-retry", "retry value invalid - {0}"), 1,
        FindingKind.Warning("rs-delay", "real server delay_before_retry '{0}' invalid - ignoring"),
        FindingKind.Warning("rs-warmup", "real server warmup '{0}' invalid - ignoring"),
        FindingKind.Warning("rs-loop", "real server delay_loop '{0}' invalid - ignoring"));

    /// <summary>The keywords.</summary>
    public static KeywordTable Table { get; } = Build();

    private static KeywordTable Build()
    {
        var table = new KeywordTable("virtual_server > real_server");
        s_times.AddTo(table, (s, change) => Set(s, c => c with { Times = change(c.Times) }));
        Word("weight", s => Number(s, int.MaxValue, s_weight, false, (c, v) => c with { Weight = v }));
        Word("lvs_method", s =>
        {
            if (Forwarding.Read(s, "real") is { } forwarding)
            {
                Set(s, c => c with { Forwarding = forwarding });
            }
        });
        Word("uthreshold", s => Number(s, uint.MaxValue, s_threshold, true, (c, v) => c with { UpperThreshold = v }));
        Word("lthreshold", s => Number(s, uint.MaxValue, s_threshold, true, (c, v) => c with { LowerThreshold = v }));
        Word("notify_up", s => Notify.Read(s, Of(s).Scripts, s_twice, ""));
        Word("notify_down", s => Notify.Read(s, Of(s).Scripts, s_twice, ""));
        Word("smtp_alert", s => Switch(s, s_alert, false, (c, on) => c with { SmtpAlert = on }));
        Word("alpha", s => Switch(s, s_switch, true, (c, on) => c with { Alpha = on }));
        Word("inhibit_on_failure", s => Switch(s, s_switch, true, (c, on) => c with { InhibitOnFailure = on }));
        Word("virtualhost", s => Text(s, s.Count > 1, s_host, (c, v) => c with { VirtualHost = v }));
        Word("snmp_name", s => Text(s, s.Count == 2, s_snmp, (c, v) => c with { SnmpName = v }));
        CheckKeywords.AddTo(table);
        return table;

        void Word(string name, StatementReader reader) => table.Accepted(name, GlobalKeywords.NoIpvs, reader);
    }

    /// <summary>Begins a server.</summary>
    public static void Open(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        if (VirtualServerHead.Endpoint(s, name, s.Word(2)) is not var (address, port))
        {
            s.Report(s_address, name, s.Word(2) ?? "(null)");
            s.SkipBlock = true;
            return;
        }

        s.Document.Checkers.Real = new RealServerSyntax(address, port, s.At);
    }

    /// <summary>Ends it: servers that are not reached through a tunnel are of the service's family.</summary>
    public static void Close(Document document)
    {
        var server = document.Checkers.Server!;
        var real = document.Checkers.Real!;
        var family = real.Config.Address.AddressFamily;
        var isTunnel = (real.Config.Forwarding ?? server.Forwarding)?.Method == ForwardingMethod.Tunnel;
        if (!isTunnel && server.Config.GroupName is null)
        {
            server.ServerFamily ??= family;
            if (server.ServerFamily != family)
            {
                document.Sink.Add(s_family, document.Lines!.At, false, real.Config.Address.ToString());
                return;
            }
        }

        server.Servers.Add(real);
    }

    private static RealServerSyntax Of(Statement s) => s.Document.Checkers.Real!;

    private static void Set(Statement s, Func<RealServerConfig, RealServerConfig> change) => Of(s).Config = change(Of(s).Config);

    private static void Number(Statement s, uint max, DiagnosticDescriptor complaint, bool named, Func<RealServerConfig, uint, RealServerConfig> change)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, max, out var value))
        {
            Set(s, c => change(c, value));
        }
        else
        {
            s.Report(complaint, named ? [s.Keyword, word] : [word]);
        }
    }

    private static void Switch(Statement s, DiagnosticDescriptor complaint, bool named, Func<RealServerConfig, bool, RealServerConfig> change)
    {
        s.ReadSwitch(on => Set(s, c => change(c, on)), complaint, named ? [s.Keyword] : []);
    }

    private static void Text(Statement s, bool good, DiagnosticDescriptor complaint, Func<RealServerConfig, string, RealServerConfig> change)
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
}
