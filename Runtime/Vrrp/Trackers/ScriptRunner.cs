using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>
/// Starts scripts as the original does: no shell between, the user of the configuration, a process group of its own, standard streams that lead
/// nowhere, the daemon's environment and working directory.
/// </summary>
/// <param name="loop">Whose events the ends are.</param>
public sealed class ScriptRunner(Loop loop)
{
    private static readonly IReadOnlyList<string> Environment = [.. SystemName.Surroundings()];
    private readonly HashSet<ScriptRun> _running = [];
    private readonly int _nowhere = Descriptors.OpenReadWrite("/dev/null", out _);

    /// <summary>How many run now.</summary>
    public int RunningCount => _running.Count;

    /// <summary>Starts a script; null with the reason where that failed.</summary>
    /// <param name="command">The script.</param>
    /// <param name="more">Words behind those of the configuration.</param>
    /// <param name="ended">Told once when it has ended; null for nobody.</param>
    /// <param name="error">Why it could not be started.</param>
    public ScriptRun? Start(ScriptCommand command, IReadOnlyList<string> more, Action<ChildExit>? ended, out SysError error)
    {
        var isOther = command.UserId != Identity.EffectiveUser;
        var pid = Spawn.Start(
            new SpawnRequest
            {
                Path = command.Words[0],
                Arguments = [.. command.Words, .. more],
                Environment = Environment,
                Descriptors = [(_nowhere, 0), (_nowhere, 1), (_nowhere, 2)],
                NewGroup = true,
                // Who is that user already keeps his groups: only root may change them.
                User = isOther ? command.UserId : null,
                Group = isOther ? command.GroupId : null,
            },
            out error);
        return pid < 0 ? null : Follow(pid, Children.OpenDescriptor(pid), ended);
    }

    /// <summary>The process numbers of those that run now.</summary>
    public IEnumerable<int> Running => _running.Select(run => run.Pid);

    /// <summary>Goes on with a script that the former execution of this program has started: it is a child of the same process. Null where there is none.</summary>
    /// <param name="pid">Its process number.</param>
    /// <param name="ended">Told once when it has ended; null for nobody.</param>
    public ScriptRun? Adopt(int pid, Action<ChildExit>? ended)
    {
        if (_running.Any(run => run.Pid == pid))
            return null;
        var descriptor = Children.OpenDescriptor(pid);
        return descriptor < 0 ? null : Follow(pid, descriptor, ended);
    }

    /// <summary>Asks all scripts that still run to end.</summary>
    public void TerminateAll()
    {
        foreach (var run in _running)
            run.Terminate();
    }

    private ScriptRun Follow(int pid, int descriptor, Action<ChildExit>? ended)
    {
        var run = new ScriptRun(pid, descriptor, (over, exit) =>
        {
            _running.Remove(over);
            ended?.Invoke(exit);
        });
        _running.Add(run);
        loop.Watch(run, EpollFlags.In);
        return run;
    }
}
