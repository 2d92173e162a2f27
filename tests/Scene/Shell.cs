using System.Diagnostics;

namespace Dropin.Scene;

/// <summary>Short commands of the system.</summary>
internal static class Shell
{
    public static (int Code, string Output) Try(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public static void Ip(string line)
    {
        var (code, output) = Try("ip", line.Split(' '));
        if (code != 0) throw new InvalidOperationException($"ip {line}: {output.Trim()}");
    }
}
