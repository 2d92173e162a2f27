using Dropin.Runtime.Reactor;
using Dropin.Runtime.Vrrp.Trackers;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Waits at the end until the scripts that were told of it have run, but not for ever.</summary>
internal sealed class Farewell(Loop loop, ScriptRunner runner, int mostMilliseconds, Action ended) : LoopTask
{
    private const int LookAgainMilliseconds = 10;
    private readonly long _until = loop.NowMilliseconds + mostMilliseconds;

    /// <summary>Begins to wait.</summary>
    internal void Begin() => loop.Wake(this);

    /// <inheritdoc/>
    protected override void Run(Loop loop)
    {
        if (runner.RunningCount == 0 || loop.NowMilliseconds >= _until)
            ended();
        else
            loop.SetDeadline(this, loop.NowMilliseconds + LookAgainMilliseconds);
    }
}
