using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Waits on a loop for a child process to end.</summary>
internal sealed class ChildWatch : Pollable, IDisposable
{
    private readonly Loop _loop;
    private readonly LoopWait _wait;
    private bool _ended;

    internal ChildWatch(Loop loop, int pid)
    {
        _loop = loop;
        _wait = new LoopWait(loop);
        Descriptor = Children.OpenDescriptor(pid);
        // A kernel without such descriptors: the child is asked for at the deadline only.
        _ended = Descriptor >= 0 && !loop.Watch(this, EpollFlags.In);
    }

    /// <summary>Waits for the end.</summary>
    internal ValueTask<WaitResult> EndAsync(long deadline) =>
        _ended || Descriptor < 0 ? new(new WaitResult(_ended ? WaitStatus.Done : WaitStatus.TimedOut)) : _wait.Begin(deadline);

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        if (!_ended)
        {
            _ended = true;
            loop.Unwatch(this);
            _wait.End(new WaitResult(WaitStatus.Done));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.Forget(this);
        Descriptors.Close(Descriptor);
        Descriptor = -1;
        _wait.End(new WaitResult(WaitStatus.Cancelled));
    }
}
