using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Vrrp.Trackers;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>The scripts before and after everything (<c>startup_script</c>, <c>shutdown_script</c>): the daemon waits for them.</summary>
internal static class PhaseScript
{
    private const int TurnMilliseconds = 50;

    /// <summary>Runs one and tells how it went; what fails changes nothing.</summary>
    internal static void Run(ScriptCommand? script, TimeSpan timeout, string phase, LogChannel log)
    {
        if (script == null)
            return;
        using var loop = new Loop(0, 4096, 8);
        var runner = new ScriptRunner(loop);
        int? status = null;
        log.Detail($"Running {phase} script {script.Line}");
        var run = runner.Start(script, [], exit => status = exit.Status, out var error);
        if (run == null)
        {
            log.Say($"Call of {phase} script {script.Line} failed: {error.Text}");
            return;
        }
        var until = timeout > TimeSpan.Zero ? loop.NowMilliseconds + (long)timeout.TotalMilliseconds : long.MaxValue;
        while (status == null && loop.NowMilliseconds < until)
            loop.Turn(TurnMilliseconds);
        if (status == null)
        {
            run.Kill();
            log.Say($"{phase} script timed out");
        }
        else if (status == 0)
            log.Detail($"{phase} script script succeeded");
        else
            log.Say($"{phase} script script failed, status {status}");
    }
}
