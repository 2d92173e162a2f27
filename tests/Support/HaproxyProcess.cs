using System.Diagnostics;
using System.Text;

namespace Dropin.Tests.Support;

/// <summary>How a run ended: exit code, or the number of the signal as 128 + n.</summary>
public sealed record ProcessEnd(int Code, string Output, string Errors);

/// <summary>
/// One haproxy in the foreground (the original or ours). Readiness is read from the kernel's table of listening sockets, so that no probing
/// connection shows up in counters or logs.
/// </summary>
public sealed class HaproxyProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private HaproxyProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(CopyAsync(process.StandardOutput, _output), CopyAsync(process.StandardError, _errors));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Starts the binary with these arguments in that folder.</summary>
    public static HaproxyProcess Start(string binary, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(binary)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("NOTIFY_SOCKET");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new HaproxyProcess(Process.Start(start) ?? throw new InvalidOperationException($"cannot start {binary}"));
    }

    /// <summary>Runs to the end and returns what was printed. At the deadline the process is killed and the code is -1.</summary>
    public static async Task<ProcessEnd> RunAsync(string binary, string folder, IEnumerable<string> arguments, TimeSpan limit,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var run = Start(binary, folder, arguments, environment);
        return await run.EndAsync(limit).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until all these ports listen and all these paths exist. False when the process ended before, or at the deadline.
    /// </summary>
    public async Task<bool> WaitReadyAsync(IReadOnlyCollection<int> ports, IReadOnlyCollection<string> paths, TimeSpan limit)
    {
        var until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (Environment.TickCount64 < until && !_process.HasExited)
        {
            // The paths first: the table is slow to read, the kernel walks through all of its buckets.
            if (paths.All(File.Exists) && TcpTable.Listens(ports))
                return true;
            await Task.Delay(2).ConfigureAwait(false);
        }
        return false;
    }

    /// <summary>Sends a signal by its number.</summary>
    public void Signal(int number)
    {
        if (_process.HasExited)
            return;
        // The shell's own kill: native imports stand in Runtime/Sys alone, and the tests of the engine should not lean on the engine.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{number} {_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; kills at the deadline (code -1).</summary>
    public async Task<ProcessEnd> EndAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        var code = -1;
        try
        {
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            code = _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        await Task.WhenAny(_reading, Task.Delay(2000, CancellationToken.None)).ConfigureAwait(false);
        return new ProcessEnd(code, Output, Errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task CopyAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        int count;
        while ((count = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            lock (to)
                to.Append(buffer, 0, count);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
