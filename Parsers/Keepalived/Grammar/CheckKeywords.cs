using System.Net;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The checks of a real server, with the words that all of them or most share.</summary>
internal static partial class CheckKeywords
{
    private static readonly DiagnosticDescriptor s_switch = FindingKind.Warning("check-switch", "Invalid {0} parameter {1}");
    private static readonly DiagnosticDescriptor s_address = FindingKind.Warning("check-address", "Invalid {0} address {1} - ignoring");
    private static readonly DiagnosticDescriptor s_bindFamily = FindingKind.Warning("check-bind-family", "bindto address {0} does not match address family of connect_ip - skipping");
    private static readonly DiagnosticDescriptor s_port = FindingKind.Warning("check-port", "Invalid checker {0} '{1}'");
    private static readonly DiagnosticDescriptor s_interface = FindingKind.Warning("check-bind-interface", "Interface name {0} is too long - ignoring");
    private static readonly DiagnosticDescriptor s_linkLocal = FindingKind.Warning("check-link-local-bind", "Checker link local address {0} requires a bind_if");
    private static readonly DiagnosticDescriptor s_mark = FindingKind.Warning("check-mark", "Invalid fwmark connection value '{0}'");

    private static readonly CheckTimeWords s_times = new(
        FindingKind.Warning("check-connect-timeout", "connect_timeout {0} invalid - ignoring"),
        FindingKind.Warning("check-retry", "Invalid retry connection value '{0}'"), 0,
        FindingKind.Warning("check-delay-retry", "Invalid delay_before_retry connection value '{0}'"),
        FindingKind.Warning("check-warmup", "Invalid warmup connection value '{0}'"),
        FindingKind.Warning("check-loop", "delay_loop '{0}' is invalid - ignoring"));

    /// <summary>Adds all checks to the words of a real server.</summary>
    public static void AddTo(KeywordTable table)
    {
        Add(table, "TCP_CHECK", CheckerKind.Tcp, Connection(Table("TCP_CHECK")));
        Add(table, "PING_CHECK", CheckerKind.Ping, Connection(Table("PING_CHECK")));
        Add(table, "HTTP_GET", CheckerKind.Http, Http(Connection(Table("HTTP_GET")), "HTTP_GET"), CloseHttp);
        Add(table, "SSL_GET", CheckerKind.Https, Http(Connection(Table("SSL_GET")), "SSL_GET"), CloseHttp);
        Add(table, "SMTP_CHECK", CheckerKind.Smtp, Smtp(Connection(Table("SMTP_CHECK"))));
        Add(table, "DNS_CHECK", CheckerKind.Dns, Dns(Connection(Table("DNS_CHECK"))));
        Add(table, "UDP_CHECK", CheckerKind.Udp, Udp(Connection(Table("UDP_CHECK"))), CloseUdp);
        Add(table, "MISC_CHECK", CheckerKind.Program, Program(Table("MISC_CHECK")), CloseProgram);
        Add(table, "BFD_CHECK", CheckerKind.Bfd, Bfd(Table("BFD_CHECK")), CloseBfd);
        Add(table, "FILE_CHECK", CheckerKind.File, File(Table("FILE_CHECK")), CloseFile);
    }

    private static KeywordTable Table(string name) => new("virtual_server > real_server > " + name);

    private static void Add(KeywordTable table, string name, CheckerKind kind, KeywordTable inside, Action<Document>? close = null) => table.Block(name, inside,
        s => s.Document.Checkers.Check = new CheckSyntax(kind, s.At),
        document =>
        {
            var check = document.Checkers.Check!;
            LinkLocal(document, check);
            close?.Invoke(document);
            if (!check.Failed)
            {
                document.Checkers.Real!.Checks.Add(check);
            }
        },
        KeywordStatus.Accepted, GlobalKeywords.NoIpvs);

    private static CheckSyntax Of(Statement s) => s.Document.Checkers.Host ?? s.Document.Checkers.Check!;

    private static void Set(Statement s, Func<CheckerConfig, CheckerConfig> change) => Of(s).Config = change(Of(s).Config);

    // The words of checks that connect to something.
    private static KeywordTable Connection(KeywordTable table)
    {
        Common(table);
        s_times.AddTo(table, (s, change) => Set(s, c => c with { Times = change(c.Times) }));
        return table
            .Accepted("connect_ip", GlobalKeywords.NoIpvs, s => Address(s, (c, a) => c with { ConnectAddress = a }))
            .Accepted("connect_port", GlobalKeywords.NoIpvs, s => Port(s, (c, p) => c with { ConnectPort = p }))
            .Accepted("bindto", GlobalKeywords.NoIpvs, s => Address(s, (c, a) => c with { BindAddress = a }))
            .Accepted("bind_if", GlobalKeywords.NoIpvs, BindInterface)
            .Accepted("bind_port", GlobalKeywords.NoIpvs, s => Port(s, (c, p) => c with { BindPort = p }))
            .Accepted("fwmark", GlobalKeywords.NoIpvs, Mark);
    }

    private static KeywordTable Common(KeywordTable table) => table
        .Accepted("alpha", GlobalKeywords.NoIpvs, s => Switch(s, (c, on) => c with { Alpha = on }))
        .Accepted("log_all_failures", GlobalKeywords.NoIpvs, s => Switch(s, (c, on) => c with { LogAllFailures = on }));

    private static void Switch(Statement s, Func<CheckerConfig, bool, CheckerConfig> change)
    {
        s.ReadSwitch(on => Set(s, c => change(c, on)), s_switch, s.Keyword);
    }

    private static void Address(Statement s, Func<CheckerConfig, IPAddress, CheckerConfig> change)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (Addresses.ParseStart(word) is not { } address)
        {
            s.Report(s_address, s.Keyword, word);
            return;
        }

        var target = Of(s).Config.ConnectAddress ?? s.Document.Checkers.Real!.Config.Address;
        if (s.Keyword == "bindto" && target.AddressFamily != address.AddressFamily)
        {
            s.Report(s_bindFamily, word);
            return;
        }

        Set(s, c => change(c, address));
    }

    private static void Port(Statement s, Func<CheckerConfig, int, CheckerConfig> change)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 1, 65535, out var port))
        {
            Set(s, c => change(c, (int)port));
        }
        else
        {
            s.Report(s_port, s.Keyword, word);
        }
    }

    private static void BindInterface(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (word.Length > 15)
        {
            s.Report(s_interface, word);
        }
        else
        {
            Set(s, c => c with { BindInterface = word });
        }
    }

    private static void Mark(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, uint.MaxValue, out var mark))
        {
            Set(s, c => c with { Mark = mark });
        }
        else
        {
            s.Report(s_mark, word);
        }
    }

    private static void LinkLocal(Document document, CheckSyntax check)
    {
        if (check.Config is { ConnectAddress: { IsIPv6LinkLocal: true } address, BindInterface: null })
        {
            document.Sink.Add(s_linkLocal, document.Lines!.At, false, address.ToString());
        }
    }
}
