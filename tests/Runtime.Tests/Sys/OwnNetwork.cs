using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Tests.Sys;

/// <summary>Runs a test in a network namespace of its own: a thread that leaves the host's network before it does anything else.</summary>
public static class OwnNetwork
{
    /// <summary>Why there can be no such namespace here; null where there can.</summary>
    public static string? WhyNot()
    {
        var error = default(SysError);
        var thread = new Thread(() => error = NetworkNamespace.EnterNew());
        thread.Start();
        thread.Join();
        return error.IsNone ? null : "a network namespace of one's own needs root (CAP_SYS_ADMIN): " + error.Text;
    }

    /// <summary>Runs it, and hands on what it throws.</summary>
    public static void Run(Action test)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var error = NetworkNamespace.EnterNew();
                if (!error.IsNone) throw new InvalidOperationException(error.Text);
                test();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Runs ip(8) in the namespace of the calling thread.</summary>
    public static string Ip(string line)
    {
        var start = new ProcessStartInfo("ip", line.Split(' ')) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start) ?? throw new Win32Exception("ip");
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"ip {line}: {errors.Trim()}");
    }
}
