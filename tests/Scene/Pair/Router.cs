using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Pair;

/// <summary>keepalived on one host, in the foreground, with a /run of its own; its console is read line by line.</summary>
internal sealed partial class Router : IDisposable
{
    // In the environment of everything started here, so that nothing outlives the scene and a kill reaches all its processes.
    private const string Marker = "DROPIN_PAIR";

    private readonly string _folder = Directory.CreateTempSubdirectory("pair-").FullName;
    private readonly List<string> _lines = [];
    private readonly Node _node;
    private readonly string _binary;
    private Process? _process;

    public Router(Node node, string binary, string configuration)
    {
        (_node, _binary) = (node, binary);
        Configure(configuration);
    }

    /// <summary>What it said so far, without times and numbers that differ from run to run.</summary>
    public IReadOnlyList<string> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    private string ConfigurationFile => Path.Combine(_folder, "keepalived.conf");

    public void Configure(string text) => File.WriteAllText(ConfigurationFile, text);

    public void Start()
    {
        const string place = "mount -t tmpfs run /run && mkdir /run/keepalived && exec \"$0\" -n -l -f \"$1\"";
        var start = new ProcessStartInfo("ip") { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in (string[])["netns", "exec", _node.Namespace, "unshare", "-m", "sh", "-c", place, _binary, ConfigurationFile]) start.ArgumentList.Add(word);
        start.Environment[Marker] = _folder;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.ErrorDataReceived += (_, said) => Hear(said.Data);
        _process.BeginErrorReadLine();
    }

    public void Signal(string name) => Shell.Try("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Ends all its processes at once, as a crash of the host does.</summary>
    public void Crash()
    {
        // They stand still first: the original's child would hear of its parent's end, and say goodbye, before its own turn comes.
        Shell.Try("kill", ["-STOP", Voice, Main]);
        Leftovers.End(Marker, _folder);
    }

    /// <summary>Kills what speaks VRRP, and only that: the original's child, our one process.</summary>
    public void KillVoice() => Shell.Try("kill", ["-KILL", Voice]);

    private string Main => _process!.Id.ToString(CultureInfo.InvariantCulture);

    private string Voice => File.ReadAllText($"/proc/{Main}/task/{Main}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? Main;

    public bool WaitEnd(TimeSpan limit) => _process!.WaitForExit(limit);

    /// <summary>Waits for a line behind those that were there before.</summary>
    public bool Wait(string text, int behind, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!Lines.Skip(behind).Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            if (clock.Elapsed > limit) return false;
            Thread.Sleep(5);
        }
        return true;
    }

    public bool HoldsVirtual => Shell.Try("ip", ["-n", _node.Namespace, "-br", "addr", "show", "eth0"]).Output.Contains(PairNetwork.Virtual, StringComparison.Ordinal);

    /// <summary>All addresses, routes and rules of keepalived on the host, without what the kernel chose by itself.</summary>
    public string Addresses()
    {
        var all = Shell.Try("ip", ["-n", _node.Namespace, "-br", "addr"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Own().Replace(Peer().Replace(line, " "), "").Replace(" UNKNOWN ", " UP ", StringComparison.Ordinal).TrimEnd()) // the kernel settles that later
            .Where(line => !line.StartsWith("lo ", StringComparison.Ordinal))
            .Concat(Shell.Try("ip", ["-n", _node.Namespace, "route", "show", "proto", "18"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Concat(Shell.Try("ip", ["-n", _node.Namespace, "rule"]).Output.Split('\n').Where(line => line.Contains("10.77", StringComparison.Ordinal)));
        return string.Join("; ", all.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    public void Dispose()
    {
        Leftovers.End(Marker, _folder);
        _process?.WaitForExit(2000);
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        line = Stamp().Replace(line, "");
        if (OwnWords().IsMatch(line)) return;
        line = LinkLocal().Replace(Number().Replace(line, "pid=PID"), "LINK-LOCAL").Replace(ConfigurationFile, "FILE", StringComparison.Ordinal);
        lock (_lines)
        {
            // How often a refused advert is told depends on where in its second an event falls.
            if (_lines.Count == 0 || _lines[^1] != line) _lines.Add(line);
        }
    }

    [GeneratedRegex(@"^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}: ")]
    private static partial Regex Stamp();

    // Lines that name the program, the machine and its own way of being; where the original's two processes speak at once, their order is chance.
    [GeneratedRegex("^(Starting Keepalived|Stopped|Running on|Command line| {14}'|Startup complete|Starting VRRP child)")]
    private static partial Regex OwnWords();

    // Link-local addresses are made of MACs, and those by chance.
    [GeneratedRegex("fe80::[0-9a-f:]+:[0-9a-f:]+/64")]
    private static partial Regex Own();

    [GeneratedRegex("fe80::[0-9a-f:]{10,}")]
    private static partial Regex LinkLocal();

    [GeneratedRegex("@[a-z0-9]+ ")]
    private static partial Regex Peer();

    [GeneratedRegex(@"pid=\d+")]
    private static partial Regex Number();
}
