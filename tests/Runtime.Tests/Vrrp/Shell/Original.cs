using System.Diagnostics;
using Dropin.Tests.Support;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

/// <summary>The installed keepalived, run on a <see cref="Host"/>.</summary>
internal sealed class Original : IDisposable
{
    private const string Program = "/usr/sbin/keepalived";

    private readonly TempDirectory _directory = new();
    private readonly StringWriter _log = new();
    private readonly Process _process;

    internal Original(Host host, string config)
    {
        var file = Path.Combine(_directory.Path, "keepalived.conf");
        File.WriteAllText(file, config);
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-n", "-l", "-D", "-f", file, "-p", At("p"), "-r", At("r"), "-c", At("c"), "-b", At("b")])
            start.ArgumentList.Add(argument);
        Process? process = null;
        host.Do(() => process = Process.Start(start)!);
        _process = process!;
        _process.ErrorDataReceived += (_, line) => { lock (_log) _log.WriteLine(line.Data); };
        _process.BeginErrorReadLine();
    }

    internal static string? WhyNot() => File.Exists(Program) ? null : "keepalived is not installed";

    internal string Log
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>The state it last entered; empty before the first.</summary>
    internal string State()
    {
        var at = Log.LastIndexOf("Entering ", StringComparison.Ordinal);
        return at < 0 ? "" : Log[(at + 9)..].Split(' ')[0];
    }

    /// <summary>Stops it as an operator does.</summary>
    internal void Stop()
    {
        if (_process.HasExited) return;
        using var kill = Process.Start("kill", _process.Id.ToString());
        if (!_process.WaitForExit(5000)) _process.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
        _directory.Dispose();
    }

    private string At(string name) => Path.Combine(_directory.Path, name + ".pid");
}
