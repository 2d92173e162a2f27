using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Bus;

/// <summary>A message bus of our own with somebody who listens to all of it: what keepalived tells there, in order.</summary>
internal sealed partial class MessageBus : IDisposable
{
    private const string Marker = "DROPIN_BUS";
    private readonly List<string> _heard = [];
    private readonly string _folder;
    private readonly Process _daemon;
    private readonly Process _monitor;

    public MessageBus(string folder)
    {
        _folder = folder;
        var configuration = Path.Combine(folder, "bus.conf");
        File.WriteAllText(configuration, $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>unix:path={folder}/bus</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_type="method_call"/>
                <allow send_type="signal"/>
                <allow send_requested_reply="true" send_type="method_return"/>
                <allow send_requested_reply="true" send_type="error"/>
                <allow receive_type="method_call"/>
                <allow receive_type="method_return"/>
                <allow receive_type="error"/>
                <allow receive_type="signal"/>
              </policy>
            </busconfig>
            """);
        _daemon = Begin("dbus-daemon", "--nofork", "--nopidfile", "--config-file=" + configuration);
        var clock = Stopwatch.StartNew();
        while (!File.Exists(folder + "/bus") && clock.Elapsed < TimeSpan.FromSeconds(5)) Thread.Sleep(5);
        // Through a pipe its output would wait for a full buffer.
        _monitor = Begin("stdbuf", "-oL", "dbus-monitor", "--address", Address);
        Message? message = null;
        _monitor.OutputDataReceived += (_, said) => message = Hear(said.Data, message);
        _monitor.BeginOutputReadLine();
        Wait(() => { Send("Ready"); return HasHeard("Ready"); }, "the monitor");
    }

    public static string? WhyNot { get; } =
        ((string[])["dbus-daemon", "dbus-monitor", "dbus-send", "stdbuf"]).FirstOrDefault(tool => !File.Exists("/usr/bin/" + tool)) is { } missing ? $"{missing} is not installed (apt-get install dbus)" : null;

    public string Address => $"unix:path={_folder}/bus";

    /// <summary>Everything heard so far, one message a line.</summary>
    public List<string> Heard
    {
        get { lock (_heard) return [.. _heard]; }
    }

    /// <summary>A call; the answer without times, or the error.</summary>
    public string Call(string destination, params string[] words)
    {
        var said = Shell.Try("dbus-send", ["--bus=" + Address, "--print-reply=literal", "--reply-timeout=5000", "--dest=" + destination, .. words]).Output;
        return said.TrimEnd('\n');
    }

    /// <summary>Puts a mark into what is heard.</summary>
    public void Send(string mark) => Shell.Try("dbus-send", ["--bus=" + Address, "--type=signal", "/mark", "story.mark." + mark]);

    public void Signal(string name) => Shell.Try("kill", [$"-{name}", _daemon.Id.ToString(CultureInfo.InvariantCulture)]);

    public bool HasHeard(string text) => Heard.Exists(line => line.Contains(text, StringComparison.Ordinal));

    public static void Wait(Func<bool> until, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!until())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(15)) throw new TimeoutException($"{what}: nothing within 15 s");
            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        Signal("CONT");
        Leftovers.End(Marker, _folder);
        _monitor.Dispose();
        _daemon.Dispose();
    }

    private Process Begin(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment[Marker] = _folder;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    // A message is a line and then its arguments, each indented; it is whole when the next one begins, or with its only argument.
    private Message? Hear(string? line, Message? before)
    {
        if (line is null) return before;
        if (line.StartsWith(' '))
        {
            if (before is { } open) Keep(open with { Arguments = open.Arguments + " " + line.Trim() });
            return before is { } more ? more with { Arguments = more.Arguments + " " + line.Trim() } : null;
        }
        var head = Head().Match(line);
        if (!head.Success || !(head.Groups[2].Value.StartsWith("Vrrp", StringComparison.Ordinal) || head.Groups[2].Value is "RequestName" or "ReleaseName" || head.Groups[1].Value == "/mark"))
            return null;
        var message = new Message(head.Groups[1].Value, head.Groups[2].Value, "", _heard.Count);
        Keep(message);
        return message;
    }

    private void Keep(Message message)
    {
        lock (_heard)
        {
            if (message.At < _heard.Count) _heard[message.At] = message.ToString();
            else _heard.Add(message.ToString());
        }
    }

    private readonly record struct Message(string Path, string Member, string Arguments, int At)
    {
        public override string ToString() => $"{Path} {Member}{Arguments}";
    }

    [GeneratedRegex("^(?:signal|method call) .* path=([^;]+); .*member=(.+)$")]
    private static partial Regex Head();
}
