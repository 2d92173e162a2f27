using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Dropin.Tests.Support.Peers;
using Dropin.Tests.Support.Text;

namespace Dropin.Tests.Support.Differential;

/// <summary>Runs one case through one binary and writes the transcript: what each peer saw, the log lines, the end of the process.</summary>
public sealed partial class CaseRun : IDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(60);

    private readonly CaseFile _case;
    private readonly string _binary;
    private readonly TempDirectory _folder = new();
    private readonly CaseNames _names;
    private readonly CancellationTokenSource _cancel = new(CaseLimit);
    private readonly List<(string Title, Func<string> Text)> _steps = [];
    private readonly List<(string Title, Func<string> Text)> _servers = [];
    private readonly List<ScriptedServer> _scripted = [];
    private readonly Dictionary<string, WebServer> _webs = [];
    private readonly Dictionary<string, (PeerScript Script, Task Playing)> _background = [];
    private readonly List<(string Name, SyslogCollector Collector)> _logs = [];
    private readonly List<IDisposable> _others = [];
    private readonly Signals _signals = new();
    private readonly HashSet<string> _options;
    private readonly Dictionary<string, string> _environment = [];
    private string _config = "";
    private HaproxyProcess? _process;
    private ProcessEnd? _end;
    private bool _failed;
    private bool _told;

    private CaseRun(CaseFile file, string binary)
    {
        _case = file;
        _binary = binary;
        _names = new CaseNames(_folder.Path);
        _options = [.. file.Sections.Where(s => s.Verb == "option").SelectMany(s => s.Words)];
    }

    /// <summary>The normalised transcript, durations still exact.</summary>
    public static async Task<string> TranscriptAsync(CaseFile file, string binary)
    {
        using var run = new CaseRun(file, binary);
        await run.PlayAsync().ConfigureAwait(false);
        return run.Write();
    }

    public void Dispose()
    {
        _process?.Dispose();
        foreach (var (script, _) in _background.Values)
            script.Dispose();
        foreach (var server in _scripted)
            server.Dispose();
        foreach (var web in _webs.Values)
            web.Dispose();
        foreach (var (_, collector) in _logs)
            collector.Dispose();
        foreach (var other in _others)
            other.Dispose();
        _names.Dispose();
        _folder.Dispose();
        _cancel.Dispose();
    }

    private async Task PlayAsync()
    {
        Collect("log", new IPEndPoint(IPAddress.Loopback, _names.Port("log")));
        if (_case.Sections.Any(s => s.Lines.Any(l => l.Contains("{{dir}}/log", StringComparison.Ordinal))))
            Collect("log at the unix socket", _names.Target("unix:{{dir}}/log"));
        foreach (var section in _case.Sections)
            Prepare(section);
        foreach (var section in _case.Sections)
            await ActAsync(section).ConfigureAwait(false);
        foreach (var (_, playing) in _background.Values)
            await playing.ConfigureAwait(false);
        await StopAsync(SignalUsr1).ConfigureAwait(false);
    }

    private void Collect(string name, EndPoint where) => _logs.Add((name, new SyslogCollector(where)));

    /// <summary>Everything that has to be there before the process starts: files, peers that listen.</summary>
    private void Prepare(CaseSection section)
    {
        switch (section.Verb)
        {
            case "config":
                var text = string.Join('\n', _names.Fill(section.Lines)) + "\n";
                if (section.After("basis") is { } basis)
                    text = _names.Fill(File.ReadAllText(Path.Combine(CaseLibrary.Folder, "basis", basis + ".cfg"))) + text;
                if (section.Name.Length > 0 && section.Name != "basis")
                    File.WriteAllText(_folder.FileNamed(section.Name), text);
                else
                    File.WriteAllText(_folder.FileNamed("case.cfg"), _config = text);
                break;
            case "file":
                var end = section.Words.Contains("crlf") ? "\\r\\n" : "\\n";
                File.WriteAllBytes(_folder.FileNamed(section.Name), Escape.ToBytes(string.Concat(_names.Fill(section.Lines).Select(l => l + end))));
                break;
            case "environment":
                foreach (var line in _names.Fill(section.Lines))
                    _environment[line.Split('=')[0]] = line[(line.IndexOf('=') + 1)..];
                break;
            case "server":
                var server = new ScriptedServer(Where(section), _names.Fill(section.Lines), _signals);
                _scripted.Add(server);
                _servers.Add(($"server {section.Name}", () => server.Transcript));
                break;
            case "web":
                PrepareWeb(section);
                break;
            case "full":
                _others.Add(new FullServer(new IPEndPoint(IPAddress.Loopback, _names.Port(section.Name))));
                break;
            default:
                break;
        }
    }

    private EndPoint Where(CaseSection section) => _names.Target(section.After("at") ?? section.Name);

    private void PrepareWeb(CaseSection section)
    {
        var web = new WebServer(section.Name, Where(section), _signals, section.Words.Contains("quiet"), section.Words.Contains("down"));
        if (section.After("status") is { } status)
            web.Status = int.Parse(status, CultureInfo.InvariantCulture);
        _webs[section.Name] = web;
        if (!section.Words.Contains("quiet"))
            _servers.Add(($"web {section.Name}", () => web.Transcript));
        string? target = null;
        foreach (var line in _names.Fill(section.Lines))
        {
            if (line.StartsWith("on ", StringComparison.Ordinal))
                web.Answers[target = line[3..].Trim()] = [];
            else if (line.StartsWith('|') && target is not null)
                web.Answers[target] = [.. web.Answers[target], .. Escape.ToBytes(line.StartsWith("|-", StringComparison.Ordinal)
                    ? line[2..].TrimStart() : (line.Length > 1 ? line[2..] : "") + "\\r\\n")];
        }
    }

    private async Task ActAsync(CaseSection section)
    {
        switch (section.Verb)
        {
            case "config" or "file" or "server" or "web" or "full" or "option" or "normalise" or "environment":
                return;
            case "run":
                await RunAsync(section).ConfigureAwait(false);
                return;
            case "start":
                await StartAsync(section.Words).ConfigureAwait(false);
                return;
        }
        if (_process is null && !_failed)
            await StartAsync([]).ConfigureAwait(false);
        if (_failed)
            return;
        await ActRunningAsync(section).ConfigureAwait(false);
    }

    private async Task ActRunningAsync(CaseSection section)
    {
        switch (section.Verb)
        {
            case "client":
                await ClientAsync(section).ConfigureAwait(false);
                break;
            case "wait":
                await _background[section.Name].Playing.ConfigureAwait(false);
                break;
            case "cli":
                await CliAsync(section).ConfigureAwait(false);
                break;
            case "csv":
                var csv = StatsCsv.Parse(await AskCliAsync("show stat").ConfigureAwait(false));
                Step(section.ToString(), string.Concat(csv.Select(section.Words).Select(l => $"  {l}\n")));
                break;
            case "wait-log":
                await WaitLogAsync(string.Join(' ', section.Words)).ConfigureAwait(false);
                break;
            case "wait-cli":
                await WaitCliAsync(section).ConfigureAwait(false);
                break;
            case "signal":
                _told |= section.Name is "USR1" or "TERM" or "INT";
                _process!.Signal(SignalNumber(section.Name));
                break;
            case "stop":
                await StopAsync(SignalNumber(section.Name)).ConfigureAwait(false);
                break;
            case "pause":
                await Task.Delay(PeerScript.Duration(section.Name), _cancel.Token).ConfigureAwait(false);
                break;
            case "hear":
                if (!await _signals.HearAsync(section.Name, _cancel.Token).ConfigureAwait(false))
                    Step(section.ToString(), "  (never heard)\n");
                break;
            case "tell":
                _signals.Tell(section.Name);
                break;
            case "down":
                _webs[section.Name].Down();
                break;
            case "up":
                _webs[section.Name].Up();
                break;
            case "answer":
                _webs[section.Name].Status = int.Parse(section.Words[1], CultureInfo.InvariantCulture);
                break;
            default:
                throw new FormatException($"{_case.Path}: unknown section: {section}");
        }
    }

    private async Task StartAsync(IReadOnlyList<string> more)
    {
        _process = HaproxyProcess.Start(_binary, _folder.Path, ["-db", "-f", "case.cfg", .. more.Select(_names.Fill)], _environment);
        var ports = new List<int>();
        var paths = new List<string>();
        foreach (var line in _config.Split('\n').Select(l => l.Trim()))
            if (line.StartsWith("bind ", StringComparison.Ordinal) || line.StartsWith("stats socket ", StringComparison.Ordinal))
            {
                ports.AddRange(_names.Ports.Values.Where(p => Regex.IsMatch(line, $@":{p}\b")));
                paths.AddRange(UnixPath().Matches(line).Select(m => m.Value));
            }
        if (!await _process.WaitReadyAsync(ports, paths, ReadyLimit).ConfigureAwait(false))
        {
            _failed = true;
            Step("start", _process.HasExited ? "  (ended before it was ready)\n" : "  (not ready at the deadline)\n");
        }
    }

    private async Task RunAsync(CaseSection section)
    {
        var end = await HaproxyProcess.RunAsync(_binary, _folder.Path, section.Words.Select(_names.Fill), ReadyLimit, _environment).ConfigureAwait(false);
        Step(section.ToString(), Describe(end));
    }

    private async Task ClientAsync(CaseSection section)
    {
        var target = _names.Target(section.After("to") ?? throw new FormatException($"{_case.Path}: client without 'to'"));
        var source = section.After("from") is { } from ? new IPEndPoint(IPAddress.Parse(from), 0) : null;
        var script = new PeerScript(_names.Fill(section.Lines), cancel => Wire.ConnectAsync(target, source, cancel), isClient: true, _signals);
        _steps.Add(($"client {section.Name}", () => script.Transcript));
        var playing = PlayAsync(script);
        if (section.Words.Contains("background"))
            _background[section.Name] = (script, playing);
        else
        {
            await playing.ConfigureAwait(false);
            await script.LeaveAsync().ConfigureAwait(false);
        }
    }

    private async Task PlayAsync(PeerScript script)
    {
        try
        {
            await script.PlayAsync(_cancel.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PeerGoneException or OperationCanceledException)
        {
            // The transcript ends where the peer did.
        }
    }

    private Task<string> AskCliAsync(string command) =>
        CliClient.AskAsync(_names.Target("unix:{{dir}}/cli"), command, WaitLimit, _cancel.Token);

    private async Task CliAsync(CaseSection section)
    {
        foreach (var command in _names.Fill(section.Lines).Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var answer = await AskCliAsync(command).ConfigureAwait(false);
            Step($"cli {command}", string.Concat(answer.Split('\n').Select(l => $"  {l}\n")));
        }
    }

    private async Task WaitLogAsync(string text)
    {
        foreach (var (_, collector) in _logs)
            if (await collector.WaitForAsync(_names.Fill(text), WaitLimit, _cancel.Token).ConfigureAwait(false))
                return;
        Step($"wait-log {text}", "  (never came)\n");
    }

    /// <summary>Asks the first line's command until the answer matches the second line's pattern.</summary>
    private async Task WaitCliAsync(CaseSection section)
    {
        var lines = _names.Fill(section.Lines).Select(l => l.Trim()).Where(l => l.Length > 0).ToArray();
        var until = Environment.TickCount64 + (long)WaitLimit.TotalMilliseconds;
        string answer;
        while (!Regex.IsMatch(answer = await AskCliAsync(lines[0]).ConfigureAwait(false), lines[1]))
        {
            if (Environment.TickCount64 > until)
            {
                Step($"wait-cli {lines[0]}", "  (never matched) " + answer);
                return;
            }
            await Task.Delay(5, _cancel.Token).ConfigureAwait(false);
        }
    }

    private async Task StopAsync(int signal)
    {
        if (_process is null || _end is not null)
            return;
        if (!_failed && !_told)
            _process.Signal(signal);
        _end = await _process.EndAsync(_failed ? TimeSpan.FromMilliseconds(100) : EndLimit).ConfigureAwait(false);
        foreach (var server in _scripted)
            await server.FinishAsync(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
        foreach (var (_, collector) in _logs)
            await collector.DrainAsync().ConfigureAwait(false);
        Step("process", Describe(_end));
    }

    private string Describe(ProcessEnd end)
    {
        var text = new StringBuilder();
        text.Append(end.Code == -1 ? "  (did not end)\n" : $"  exit {end.Code}\n");
        foreach (var line in Lines(end.Output))
            text.Append("  out: ").Append(line).Append('\n');
        foreach (var line in Lines(end.Errors))
            text.Append("  err: ").Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>The farewell of every proxy at a soft stop is left out unless the case asks for it (<c>option stop-lines</c>).</summary>
    private IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(l => l.Length > 0 && (_options.Contains("stop-lines") || !StopLine().IsMatch(l)));

    private void Step(string title, string text) => _steps.Add((title, () => text));

    private string Write()
    {
        var normaliser = new Normaliser(_names.Ports, _folder.Path, _binary);
        foreach (var rule in _case.Sections.Where(s => s.Verb == "normalise").SelectMany(s => s.Lines).Where(l => l.Trim().Length > 0))
            normaliser.Add(rule);
        var text = new StringBuilder();
        foreach (var (title, part) in _steps.Where(s => s.Title != "process").Concat(_options.Contains("hide-servers") ? [] : _servers))
            text.Append(title).Append('\n').Append(part());
        foreach (var (name, collector) in _logs)
        {
            var lines = collector.Lines.Where(l => _options.Contains("stop-lines") || !StopLine().IsMatch(l));
            text.Append(name).Append('\n').Append(string.Concat((_options.Contains("sort-logs") ? lines.OrderBy(l => TolerantText.Shape(normaliser.Apply(l)), StringComparer.Ordinal) : lines)
                .Select(l => $"  {Escape.ToLine(Encoding.Latin1.GetBytes(l))}\n")));
        }
        foreach (var (title, part) in _steps.Where(s => s.Title == "process"))
            text.Append(title).Append('\n').Append(part());
        var transcript = normaliser.Apply(text.ToString());
        return _options.Contains("free-timers") ? AnyDuration().Replace(transcript, "<TIME>") : transcript;
    }

    private const int SignalUsr1 = 10;

    private static int SignalNumber(string name) => name switch
    {
        "HUP" => 1,
        "INT" => 2,
        "QUIT" => 3,
        "KILL" => 9,
        "USR1" => SignalUsr1,
        "USR2" => 12,
        "TERM" => 15,
        "TTIN" => 21,
        "TTOU" => 22,
        _ => throw new FormatException($"unknown signal {name}"),
    };

    [GeneratedRegex(@"(?<=[ @,])/[^\s,]+")]
    private static partial Regex UnixPath();

    [GeneratedRegex(@"<\d+ms>")]
    private static partial Regex AnyDuration();

    [GeneratedRegex(@"Proxy \S+ stopped \(cumulated|Stopping (proxy|frontend|backend) ")]
    private static partial Regex StopLine();
}
