using System.Globalization;
using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Compat.Keepalived.Notify;

/// <summary>Mails changes of state where the configuration asks for it (<c>smtp_alert</c>), with the original's words.</summary>
internal sealed class MailAlerts(Loop loop, LogChannel log, Func<GlobalConfig> global)
{
    private const int SmtpPort = 25;

    /// <summary>An instance changed its state.</summary>
    internal void Tell(InstanceChanged change)
    {
        if (!change.Instance.Config.Notify.SmtpAlert || !IsTold(change.To))
            return;
        var owns = change.To == VrrpState.Master ? "now" : "no longer";
        Send($"VRRP Instance {change.Instance.Name} - Entering {Word(change.To)} state", $"=> VRRP Instance is {owns} owning VRRP VIPs <=");
    }

    /// <summary>A group changed its state.</summary>
    internal void Tell(GroupChanged change)
    {
        if (!change.Group.Config.Notify.SmtpAlert || !IsTold(change.To))
            return;
        Send($"VRRP Group {change.Group.Name} - Entering {Word(change.To)} state", $"=> All VRRP group instances are now in {Word(change.To)} state <=");
    }

    private bool IsTold(VrrpState state) => state is VrrpState.Master or VrrpState.Backup || (state == VrrpState.Fault && !global().Mail.NoFaults);

    private void Send(string subject, string body)
    {
        var mail = global().Mail;
        if (mail.Recipients.Count == 0)
            return;
        var now = MonotonicClock.ToLocalTime(MonotonicClock.WallMicroseconds);
        var offset = TimeZoneInfo.Local.GetUtcOffset(now);
        var zone = string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}");
        var from = mail.Sender ?? "root@" + SystemName.HostName;
        var letter = $"""
            Date: {now.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {zone}
            From: {from}
            Subject: [{global().RouterName ?? SystemName.HostName}] {subject}
            X-Mailer: Keepalived
            To: {string.Join(", ", mail.Recipients)}

            {body}

            .

            """.ReplaceLineEndings("\r\n");
        var talk = new SmtpTalk(mail.Server ?? new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, SmtpPort), mail.Timeout, line => loop.Post(() => log.Say(line)));
        _ = talk.SendAsync(mail.HeloName ?? SystemName.HostName, from, mail.Recipients, letter);
    }

    private static string Word(VrrpState state) => Texts.StateWord.Of(state);
}
