using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>One script that runs. Its end is an event of the loop.</summary>
public sealed class ScriptRun : Pollable
{
    private readonly Action<ScriptRun, ChildExit> _ended;

    internal ScriptRun(int pid, int descriptor, Action<ScriptRun, ChildExit> ended)
    {
        (Pid, Descriptor, _ended) = (pid, descriptor, ended);
    }

    /// <summary>Its process number, also that of its process group.</summary>
    public int Pid { get; }

    /// <summary>Asks it and all that it started to end.</summary>
    public void Terminate() => _ = Children.Send(-Pid, Signal.Term);

    /// <summary>Ends it and all that it started.</summary>
    public void Kill() => _ = Children.Send(-Pid, Signal.Kill);

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        if (!Children.TryReap(Pid, out var exit))
            return;
        loop.Forget(this);
        Descriptors.Close(Descriptor);
        Descriptor = -1;
        _ended(this, exit);
    }
}
