using System.Globalization;
using System.Net;
using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
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
    private readonly List<Letter> _underWay = [];

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

    /// <summary>Writes the letters that are not delivered yet: the talk with the server ends when the program executes its successor, which begins it anew.</summary>
    internal void Save(StateWriter to) => to.PutEach(Field.Letter, _underWay, static (writer, letter) =>
    {
        writer.Put(Field.Server, letter.Server.Address);
        writer.Put(Field.Port, letter.Server.Port);
        writer.Put(Field.Timeout, letter.Timeout.Ticks);
        writer.Put(Field.Helo, letter.Helo);
        writer.Put(Field.From, letter.From);
        foreach (var recipient in letter.Recipients)
            writer.Put(Field.Recipient, recipient);
        writer.Put(Field.Text, letter.Text);
    });

    /// <summary>Sends what the former execution of this program could not send to the end.</summary>
    internal void Restore(StateRecord from)
    {
        foreach (var one in from.Records(Field.Letter))
        {
            if (one.Address(Field.Server) is { } server)
            {
                Send(new Letter(new IPEndPoint(server, one.Small(Field.Port, IPEndPoint.MaxPort)), TimeSpan.FromTicks(one.Number(Field.Timeout)),
                    one.Text(Field.Helo) ?? "", one.Text(Field.From) ?? "", [.. one.Texts(Field.Recipient)], one.Text(Field.Text) ?? ""));
            }
        }
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
        Send(new Letter(mail.Server ?? new IPEndPoint(IPAddress.Loopback, SmtpPort), mail.Timeout, mail.HeloName ?? SystemName.HostName, from, [.. mail.Recipients], letter));
    }

    private void Send(Letter letter)
    {
        _underWay.Add(letter);
        var talk = new SmtpTalk(letter.Server, letter.Timeout, line => loop.Post(() => log.Say(line)));
        _ = talk.SendAsync(letter.Helo, letter.From, letter.Recipients, letter.Text)
            .ContinueWith(_ => loop.Post(() => _underWay.Remove(letter)), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private sealed record Letter(IPEndPoint Server, TimeSpan Timeout, string Helo, string From, IReadOnlyList<string> Recipients, string Text);

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Letter = 1, Server = 1, Port = 2, Timeout = 3, Helo = 4, From = 5, Recipient = 6, Text = 7;
    }

    private static string Word(VrrpState state) => Texts.StateWord.Of(state);
}
