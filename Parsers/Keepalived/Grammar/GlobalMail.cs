using System.Net;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of global_defs about mail.</summary>
internal static class GlobalMail
{
    private static readonly DiagnosticDescriptor s_empty = FindingKind.Warning("mail-empty", "Warning - empty notification_email block");
    private static readonly DiagnosticDescriptor s_noSender = FindingKind.Warning("mail-sender", "emailfrom missing - ignoring");
    private static readonly DiagnosticDescriptor s_server = FindingKind.Warning("mail-server", "Invalid smtp server {0} {1}");
    private static readonly DiagnosticDescriptor s_timeout = FindingKind.Warning("mail-timeout-zero", "smtp_conect_timeout must be greater than 0, setting to 1");

    public static void AddTo(KeywordTable table) => table
        .Executed("notification_email", Recipients, KeywordForm.List)
        .Executed("notification_email_from", Sender)
        .Executed("smtp_server", Server)
        .Executed("smtp_helo_name", s => Set(s, s.Word(1) is { } name ? m => m with { HeloName = name } : m => m))
        .Executed("smtp_connect_timeout", Timeout)
        .Executed("smtp_alert", GlobalKeywords.Switch((g, on) => g.SmtpAlert = on))
        .Executed("smtp_alert_vrrp", GlobalKeywords.Switch((g, on) => g.SmtpAlertVrrp = on))
        .Accepted("smtp_alert_checker", GlobalKeywords.NoIpvs, GlobalKeywords.Switch((g, on) => g.SmtpAlertChecker = on))
        .Executed("no_email_faults", s => Set(s, m => m with { NoFaults = true }))
        .Accepted("no_checker_emails", GlobalKeywords.NoIpvs, GlobalKeywords.Switch((_, _) => { }));

    private static void Set(Statement s, Func<Runtime.Ir.Vrrp.MailConfig, Runtime.Ir.Vrrp.MailConfig> change)
    {
        var global = s.Document.Global;
        global.Config = global.Config with { Mail = change(global.Config.Mail) };
    }

    private static void Recipients(Statement s)
    {
        var any = false;
        s.ReadList(entry =>
        {
            any = true;
            foreach (var word in entry.Words)
            {
                Set(s, m => m with { Recipients = m.Recipients.Add(word) });
            }
        });
        if (!any && !s.Document.Sink.Stopped)
        {
            s.Document.Sink.Add(s_empty, s.Document.Lines!.At, false);
        }
    }

    private static void Sender(Statement s)
    {
        if (s.Word(1) is { } sender)
        {
            Set(s, m => m with { Sender = sender });
        }
        else
        {
            s.Report(s_noSender);
        }
    }

    private static void Server(Statement s)
    {
        if (!s.Need(out var host))
        {
            return;
        }

        if (s.Word(2) is { } port)
        {
            if (!s.Unsigned(port, 1, 65535, out _))
            {
                s.Unsigned(port, 1, 65535, out _);
                s.Report(s_server, host, port);
                return;
            }
        }
        else
        {
            port = "25";
        }

        var address = Addresses.Parse(host) ?? Addresses.ParseLoose(host) ?? s.Document.Facts.Resolve(host);
        if (address is null)
        {
            s.Report(s_server, host, port);
            return;
        }

        Set(s, m => m with { Server = new IPEndPoint(address, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)) });
    }

    private static void Timeout(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (!s.Unsigned(word, 0, Statement.MostSeconds, out var seconds))
        {
            s.Report(GlobalTexts.MustBeIn, s.Keyword, word, "0, 4294");
            return;
        }

        if (seconds == 0)
        {
            s.Report(s_timeout);
            seconds = 1;
        }

        Set(s, m => m with { Timeout = TimeSpan.FromSeconds(seconds) });
    }
}
