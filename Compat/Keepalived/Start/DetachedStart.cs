using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>
/// Going to the background: the managed process never forks, so the daemon is this program started again, in a session of its own and with
/// standard streams that lead nowhere; a variable tells it what it is.
/// </summary>
internal static class DetachedStart
{
    private const string Variable = "DROPIN_KEEPALIVED_DETACHED";

    /// <summary>The file from which that daemon was started; null where this process is not it. The variable is taken away: scripts shall not inherit it.</summary>
    internal static string? Take()
    {
        var startedFrom = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return startedFrom;
    }

    /// <summary>Starts the daemon; the exit status of this process.</summary>
    /// <param name="commandLine">Its words.</param>
    /// <param name="path">The file of this program, as it was named.</param>
    internal static int Start(IReadOnlyList<string> commandLine, string path)
    {
        var nowhere = Descriptors.OpenReadWrite("/dev/null", out _);
        var pid = Spawn.Start(
            new SpawnRequest
            {
                Path = new ExecutableFile(path).StartPath, // by its name: that is what ps(1), pidof(1) and killall(1) show
                Arguments = commandLine,
                Environment = [.. SystemName.Surroundings(), Variable + "=" + path],
                Descriptors = [(nowhere, 0), (nowhere, 1), (nowhere, 2)],
                NewSession = true,
            },
            out _);
        return pid < 0 ? 1 : 0;
    }
}
