using System.Diagnostics;

namespace Dropin.Corpus;

/// <summary>Runs a program on one file: the config test, and a start inside a network namespace of its own.</summary>
internal sealed class Judge(string program)
{
    private static readonly string Host = Environment.MachineName;

    public Verdict Check(string file)
    {
        var (exit, errors) = Run(10, program, ["-c", "-f", Path.GetFileName(file)], Path.GetDirectoryName(file)!);
        return Verdict.Parse(exit, errors, Host);
    }

    /// <summary>Whether it still runs a second after its start; null where no namespace can be made.</summary>
    public bool? Starts(string file)
    {
        if (Environment.UserName != "root") return null;
        // Its own network: only loopback, any address may be bound, nothing is reached. "timeout" says 124 when it had to end a living process.
        const string Inside = "ip link set lo up && sysctl -qw net.ipv4.ip_nonlocal_bind=1 net.ipv6.ip_nonlocal_bind=1 && mount -t tmpfs none /run && mount -t tmpfs none /var/lib/haproxy && mkdir -p /run/haproxy && exec timeout -s KILL 1.5 \"$0\" -db -f \"$1\"";
        var (exit, _) = Run(10, "unshare", ["-n", "-m", "--propagation", "private", "sh", "-c", Inside, program, Path.GetFileName(file)], Path.GetDirectoryName(file)!);
        return exit is 137 or 124;
    }

    private static (int Exit, string Errors) Run(int seconds, string command, string[] words, string folder)
    {
        var start = new ProcessStartInfo(command) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("HAPROXY_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            return (-1, "no end within the time limit");
        }
        return (process.ExitCode, errors.Wait(2000) ? errors.Result : "");
    }
}
