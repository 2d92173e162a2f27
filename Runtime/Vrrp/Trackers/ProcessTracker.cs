using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>
/// Counts tracked processes. The kernel tells who comes and goes; where it does not (in a network namespace, without the privilege), /proc is
/// looked through each half second. The original counts nothing then.
/// </summary>
public sealed class ProcessTracker : IDisposable
{
    private const int LookAgainMilliseconds = 500;
    private readonly Loop _loop;
    private readonly Action<TrackProcessConfig, int> _counted;
    private readonly Dictionary<TrackProcessConfig, HashSet<int>> _tracked = [];
    private readonly Listener? _listener;
    private readonly Lookout? _lookout;

    /// <summary>Begins to listen.</summary>
    /// <param name="loop">The loop it lives in.</param>
    /// <param name="counted">Told the number whenever it moved.</param>
    /// <param name="error">Why the kernel does not tell; none where it does.</param>
    public ProcessTracker(Loop loop, Action<TrackProcessConfig, int> counted, out SysError error)
    {
        (_loop, _counted) = (loop, counted);
        if (ProcessEvents.Open(out error) is { } events)
            loop.Watch(_listener = new Listener(events, this), EpollFlags.In);
        else
            loop.SetDeadline(_lookout = new Lookout(this), loop.NowMilliseconds + LookAgainMilliseconds);
    }

    /// <summary>Counts these from now on; all are told once.</summary>
    public void Track(IReadOnlyList<TrackProcessConfig> processes)
    {
        _tracked.Clear();
        foreach (var process in processes)
            _tracked[process] = [];
        CountAll(tellAll: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener?.Close(_loop);
        if (_lookout != null)
            _loop.Cancel(_lookout);
    }

    private void CountAll(bool tellAll = false)
    {
        var all = ProcessMatch.All().ToList();
        foreach (var (process, found) in _tracked)
        {
            var now = all.Where(pid => ProcessMatch.Is(process, pid)).ToHashSet();
            var moved = now.Count != found.Count;
            found.Clear();
            found.UnionWith(now);
            if (moved || tellAll)
                _counted(process, found.Count);
        }
    }

    private void Take(in ProcessEvent happened)
    {
        if (happened.Kind == ProcessEventKind.Lost)
        {
            CountAll();
            return;
        }
        foreach (var (process, found) in _tracked)
        {
            var moved = happened.Kind != ProcessEventKind.Exit && ProcessMatch.Is(process, happened.Pid) ? found.Add(happened.Pid) : found.Remove(happened.Pid);
            if (moved)
                _counted(process, found.Count);
        }
    }

    private sealed class Listener : Pollable
    {
        private readonly ProcessEvents _events;
        private readonly ProcessTracker _owner;
        private readonly List<ProcessEvent> _taken = [];

        internal Listener(ProcessEvents events, ProcessTracker owner)
        {
            (_events, _owner) = (events, owner);
            Descriptor = events.Descriptor;
        }

        protected internal override void OnEvents(Loop loop, EpollFlags events)
        {
            _taken.Clear();
            _events.Take(_taken);
            foreach (var happened in _taken)
                _owner.Take(happened);
        }

        internal void Close(Loop loop)
        {
            loop.Forget(this);
            _events.Dispose();
            Descriptor = -1;
        }
    }

    private sealed class Lookout(ProcessTracker owner) : LoopTask
    {
        protected internal override void Run(Loop loop)
        {
            owner.CountAll();
            loop.SetDeadline(this, loop.NowMilliseconds + LookAgainMilliseconds);
        }
    }
}
