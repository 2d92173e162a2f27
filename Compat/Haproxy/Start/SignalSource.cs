using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>The signals of the process as events of a loop.</summary>
internal sealed class SignalSource : Pollable
{
    private readonly SignalQueue _queue;
    private readonly Action<int> _obey;

    internal SignalSource(SignalQueue queue, Action<int> obey)
    {
        (_queue, _obey) = (queue, obey);
        Descriptor = queue.Descriptor;
    }

    /// <inheritdoc/>
    protected override void OnEvents(Loop loop, EpollFlags events)
    {
        while (_queue.TryTake(out var signal))
            _obey(signal);
    }
}
