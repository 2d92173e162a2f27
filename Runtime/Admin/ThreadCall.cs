using Dropin.Runtime.Proxy;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Admin;

/// <summary>Asks another thread for something that only it may touch, and waits for the answer on one's own loop.</summary>
public static class ThreadCall
{
    /// <summary>Runs work on a thread of the engine; continues on the caller's loop.</summary>
    /// <param name="own">The caller's loop.</param>
    /// <param name="thread">Whose thread to run on.</param>
    /// <param name="work">What to do there.</param>
    public static ValueTask<WaitResult> On(Loop own, ProxyThread thread, Action work)
    {
        if (ReferenceEquals(own, thread.Loop))
        {
            work();
            return new(new WaitResult(WaitStatus.Done));
        }

        var wait = new LoopWait(own);
        var result = wait.Begin(LoopTask.Never);
        thread.Loop.Post(() =>
        {
            work();
            own.Post(() => wait.End(new WaitResult(WaitStatus.Done)));
        });
        return result;
    }
}
