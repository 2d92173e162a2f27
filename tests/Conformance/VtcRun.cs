using System.Diagnostics;
using System.Globalization;
using Dropin.Tests.Support;

namespace Dropin.Conformance;

/// <summary>One run of varnishtest on one test file against one haproxy binary.</summary>
internal sealed record VtcRun(string Test, bool Passed, bool TimedOut, TimeSpan Took, string Log)
{
    private const string Marker = "DROPIN_CONFORMANCE_RUN";

    private static int s_runs;

    public static VtcRun Execute(string suite, string test, string program, string scratch, int seconds)
    {
        // Short, for a path below it becomes the address of a Unix socket (107 bytes at most).
        var run = Interlocked.Increment(ref s_runs).ToString(CultureInfo.InvariantCulture);
        var id = $"{Environment.ProcessId}.{run}";
        var work = Directory.CreateDirectory(Path.Combine(scratch, run)).FullName;
        // The tests stop haproxy with SIGINT; a job that a shell started in the background ignores it, and would hand that down.
        var start = new ProcessStartInfo("perl")
        {
            WorkingDirectory = Path.GetDirectoryName(suite)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "-e", "$SIG{$_}='DEFAULT' for qw(INT QUIT TERM HUP PIPE); exec @ARGV or die", "varnishtest",
                     "-t", seconds.ToString(CultureInfo.InvariantCulture), "-b", "10M", "-v", Path.Combine(suite, test) })
            start.ArgumentList.Add(argument);
        start.Environment["HAPROXY_PROGRAM"] = program;
        start.Environment["TMPDIR"] = work;
        start.Environment[Marker] = id;
        foreach (var name in new[] { "NOTIFY_SOCKET", "HAPROXY_CFGFILES", "HAPROXY_MWORKER" }) start.Environment.Remove(name);

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var inTime = process.WaitForExit(TimeSpan.FromSeconds(seconds + 5));
        if (!inTime) process.Kill(entireProcessTree: true);
        Leftovers.End(Marker, id);
        process.WaitForExit();
        // What the test left running may hold the pipe open: it has been ended, but do not wait for ever.
        var log = (output.Wait(2000) ? output.Result : "") + (errors.Wait(500) ? errors.Result : "");
        try { Directory.Delete(work, recursive: true); }
        catch (IOException) { } // a process on its way out still writes there
        var timedOut = !inTime || log.Contains("TIMED OUT", StringComparison.Ordinal);
        return new VtcRun(test, inTime && process.ExitCode == 0, timedOut, clock.Elapsed, log);
    }

    /// <summary>The line that says what went wrong: varnishtest marks it with four dashes; the last alert of haproxy says why.</summary>
    public string Reason()
    {
        if (TimedOut) return "time limit";
        var lines = Log.Split('\n');
        var verdict = lines.FirstOrDefault(l => l.StartsWith("----", StringComparison.Ordinal)) ?? $"     {lines.LastOrDefault(l => l.Contains(" FAILED ", StringComparison.Ordinal)) ?? "no verdict"}";
        var alert = lines.LastOrDefault(l => l.Contains("[ALERT]", StringComparison.Ordinal) && !l.Contains("Fatal errors", StringComparison.Ordinal)
            && !l.Contains("Error(s) found", StringComparison.Ordinal));
        var text = verdict[4..].Trim() + (alert is null ? "" : " | " + alert[alert.IndexOf("[ALERT]", StringComparison.Ordinal)..].Trim());
        return text.Length > 230 ? text[..230] + "..." : text;
    }
}
