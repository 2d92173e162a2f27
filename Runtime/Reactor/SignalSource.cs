using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Runtime.Reactor;

/// <summary>The signals of the process as events of a loop.</summary>
public sealed class SignalSource : Pollable
{
    private readonly SignalQueue _queue;
    private readonly Action<int> _obey;

    /// <summary>Watched by a loop like a socket.</summary>
    public SignalSource(SignalQueue queue, Action<int> obey)
    {
        (_queue, _obey) = (queue, obey);
        Descriptor = queue.Descriptor;
    }

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        while (_queue.TryTake(out var signal))
            _obey(signal);
    }
}
