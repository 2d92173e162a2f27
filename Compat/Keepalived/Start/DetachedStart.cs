using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>
/// Going to the background: the managed process never forks, so the daemon is this program started again, in a session of its own and with
/// standard streams that lead nowhere; a variable tells it what it is.
/// </summary>
internal static class DetachedStart
{
    private const string Variable = "DROPIN_KEEPALIVED_DETACHED";

    /// <summary>Whether this process is that daemon. The variable is taken away: scripts shall not inherit it.</summary>
    internal static bool Take()
    {
        var isDetached = Environment.GetEnvironmentVariable(Variable) != null;
        Environment.SetEnvironmentVariable(Variable, null);
        return isDetached;
    }

    /// <summary>Starts the daemon; the exit status of this process.</summary>
    internal static int Start(IReadOnlyList<string> commandLine)
    {
        var nowhere = Descriptors.OpenReadWrite("/dev/null", out _);
        var pid = Spawn.Start(
            new SpawnRequest
            {
                Path = "/proc/self/exe",
                Arguments = commandLine,
                Environment = [.. SystemName.Surroundings(), Variable + "=1"],
                Descriptors = [(nowhere, 0), (nowhere, 1), (nowhere, 2)],
                NewSession = true,
            },
            out _);
        return pid < 0 ? 1 : 0;
    }
}
