using Dropin.Runtime.Reactor;

namespace Dropin.Compat.Keepalived.Log;

/// <summary>Sends the lines for which the system's log had no room: a burst of a change of state, with details, is longer than the kernel's queue of ten.</summary>
internal sealed class LateLines : LoopTask
{
    private const int RetryMilliseconds = 5;
    private readonly Loop _loop;
    private readonly KeepalivedLog _log;
    private bool _isDue;

    /// <summary>Begins when a line has to wait.</summary>
    internal LateLines(Loop loop, KeepalivedLog log)
    {
        (_loop, _log) = (loop, log);
        log.Behind = Wait;
        if (log.Flush()) // of the lines before there was a loop
            Wait();
    }

    /// <inheritdoc/>
    protected override void Run(Loop loop)
    {
        _isDue = false;
        if (_log.Flush())
            Wait();
    }

    private void Wait()
    {
        if (_isDue)
            return;
        _isDue = true;
        _loop.SetDeadline(this, _loop.NowMilliseconds + RetryMilliseconds);
    }
}
