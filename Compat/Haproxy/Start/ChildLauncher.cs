using Dropin.Compat.Process;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Starts this program again in another role.</summary>
/// <param name="invocation">How this process was called.</param>
public sealed class ChildLauncher(Invocation invocation)
{
    // Numbers in the child: above the standard streams, below those which its libraries use.
    private const int ReadyThere = 3, CliThere = 4, HandoverThere = 5;

    /// <summary>
    /// Starts it; its process number, or -1 with the reason. <paramref name="readyEnd"/> is the pipe to await (see <see cref="Readiness"/>).
    /// </summary>
    /// <param name="role">The role; its descriptors are those of this process.</param>
    /// <param name="words">The words of the command line after the program's name.</param>
    /// <param name="readyEnd">Where the child reports.</param>
    /// <param name="error">Why it could not be started.</param>
    public int Start(ProcessRole role, IReadOnlyList<string> words, out int readyEnd, out SysError error)
    {
        error = Descriptors.MakePipe(out readyEnd, out var writeEnd);
        if (!error.IsNone)
            return -1;
        List<(int, int)> descriptors = [(0, 0), (1, 1), (2, 2), (writeEnd, ReadyThere)];
        if (role.CliDescriptor >= 0)
            descriptors.Add((role.CliDescriptor, CliThere));
        if (role.HandoverDescriptor >= 0)
            descriptors.Add((role.HandoverDescriptor, HandoverThere));
        var there = role with
        {
            ReadyDescriptor = ReadyThere,
            CliDescriptor = role.CliDescriptor >= 0 ? CliThere : -1,
            HandoverDescriptor = role.HandoverDescriptor >= 0 ? HandoverThere : -1,
            ExecutablePath = invocation.ExecutablePath,
        };
        var pid = Spawn.Start(
            new SpawnRequest
            {
                Path = new ExecutableFile(invocation.ExecutablePath).Running,
                Arguments = [invocation.ProgramName, .. words],
                Environment = [.. SystemName.Surroundings(), there.ToEnvironment()],
                Descriptors = descriptors,
            },
            out error);
        Descriptors.Close(writeEnd);
        if (pid < 0)
            Descriptors.Close(readyEnd);
        return pid;
    }
}
