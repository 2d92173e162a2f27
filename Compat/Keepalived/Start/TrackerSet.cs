using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;
using Dropin.Runtime.Vrrp.Trackers;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>All tracked scripts, files and processes of the running configuration.</summary>
internal sealed class TrackerSet(Loop loop, VrrpNode node, ScriptRunner runner, LogChannel log) : IDisposable
{
    private const int ScriptField = 1;
    private readonly Dictionary<string, ScriptTracker> _scripts = [];
    private FileTracker? _files;
    private ProcessTracker? _processes;

    /// <summary>Reads files and counts processes before the node starts: the first priorities depend on them.</summary>
    internal void Prepare(KeepalivedConfig config)
    {
        foreach (var file in config.Files)
            FileTracker.Initialize(file);
        Watch(config);
    }

    /// <summary>Runs the scripts that somebody tracks.</summary>
    internal void Start()
    {
        foreach (var script in node.Core.Scripts)
        {
            if (node.Core.IsTracked(script))
                StartScript(script.Config);
        }
    }

    /// <summary>Writes what the successor of this program has to know of scripts. Files and processes are looked at anew.</summary>
    internal void Save(StateWriter to) => to.PutEach(ScriptField, _scripts.Values, static (writer, tracker) => tracker.Save(writer));

    /// <summary>Goes on for the former execution of this program, in place of <see cref="Prepare"/> and <see cref="Start"/>: what was seen last holds.</summary>
    internal void Resume(KeepalivedConfig config, StateRecord from)
    {
        foreach (var script in node.Core.Scripts.Where(node.Core.IsTracked))
        {
            var tracker = _scripts[script.Config.Name] = new ScriptTracker(script.Config, loop, runner, Finished, Skipped);
            if (from.Records(ScriptField).FirstOrDefault(tracker.IsIn) is { } state)
                tracker.Resume(state);
            else
                tracker.Start();
        }
        Watch(config);
    }

    /// <summary>What is new starts, what is gone stops, the rest goes on.</summary>
    internal void Reload(KeepalivedConfig config)
    {
        foreach (var file in config.Files)
            FileTracker.Initialize(file, isReload: true);
        Watch(config);
        var wanted = node.Core.Scripts.Where(node.Core.IsTracked).Select(script => script.Config).ToDictionary(script => script.Name);
        foreach (var (name, tracker) in _scripts.ToList())
        {
            if (wanted.TryGetValue(name, out var script) && script.Command.Equals(tracker.Config.Command))
            {
                tracker.Config = script;
                wanted.Remove(name);
            }
            else
            {
                tracker.Stop();
                _scripts.Remove(name);
            }
        }
        foreach (var script in wanted.Values)
            StartScript(script);
    }

    /// <summary>Nothing is tracked any more; scripts that run are asked to end.</summary>
    internal void Stop()
    {
        foreach (var tracker in _scripts.Values)
            tracker.Stop();
        _scripts.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _files?.Dispose();
        _processes?.Dispose();
    }

    private void Watch(KeepalivedConfig config)
    {
        if (config.Files.Count > 0)
        {
            _files ??= new FileTracker(loop, (file, number) => node.FileRead(file.Name, number));
            _files.Track(config.Files);
            foreach (var file in config.Files)
                node.FileRead(file.Name, FileTracker.Read(file));
        }
        if (config.Processes.Count > 0 && _processes == null)
        {
            _processes = new ProcessTracker(loop, (process, count) => node.ProcessCounted(process.Name, count), out var error);
            if (!error.IsNone)
                log.Detail($"The kernel does not tell of processes here ({error.Text}): /proc is looked through each half second");
        }
        _processes?.Track(config.Processes);
    }

    private void StartScript(TrackScriptConfig script)
    {
        var tracker = new ScriptTracker(script, loop, runner, Finished, Skipped);
        _scripts[script.Name] = tracker;
        tracker.Start();
    }

    private void Finished(ScriptTracker tracker, ScriptOutcome outcome, int status) => node.ScriptFinished(tracker.Config.Name, outcome, status);

    private void Skipped(ScriptTracker tracker) => log.Say($"Track script {tracker.Config.Name} is being timed out, expect idle - skipping run");
}
