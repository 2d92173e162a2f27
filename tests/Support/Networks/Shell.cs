using System.Diagnostics;
using System.Globalization;

namespace Dropin.Tests.Support.Networks;

/// <summary>Short commands of the system.</summary>
public static class Shell
{
    /// <summary>Runs a command to its end, 20 s at most where no other limit is given. What keeps its output open after that (a daemon that did not let go) is said.</summary>
    public static (int Code, string Output) Try(string program, string[] arguments, (string Name, string Value)? mark = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (mark is { } m) start.Environment[m.Name] = m.Value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(limit ?? TimeSpan.FromSeconds(20)))
        {
            process.Kill(entireProcessTree: true);
            return (-1, string.Create(CultureInfo.InvariantCulture, $"(no end within {(limit ?? TimeSpan.FromSeconds(20)).TotalSeconds} s)\n"));
        }
        return (process.ExitCode, Task.WaitAll([output, errors], 2000) ? output.Result + errors.Result : "(its output is still held open)\n");
    }

    public static void Ip(string line)
    {
        var (code, output) = Try("ip", line.Split(' '));
        if (code != 0) throw new InvalidOperationException($"ip {line}: {output.Trim()}");
    }
}
