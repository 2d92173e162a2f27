using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>
/// Runs one tracked script at its interval. A run that lasts longer than its time is asked to end, and ended a second later; while it lasts no
/// other one begins, and the one that was due then begins when it is over.
/// </summary>
public sealed partial class ScriptTracker : LoopTask
{
    private const int KillAfterMilliseconds = 1000;
    private readonly Loop _loop;
    private readonly ScriptRunner _runner;
    private readonly Action<ScriptTracker, ScriptOutcome, int> _finished;
    private readonly Action<ScriptTracker> _skipped;
    private ScriptRun? _run;
    private long _nextStart;
    private long _endBy = Never;
    private RunPhase _phase;
    private bool _isDue;
    private bool _isToldOf;
    private bool _stopped;

    /// <summary>Begins with <see cref="Start"/>.</summary>
    /// <param name="config">The script.</param>
    /// <param name="loop">The loop it lives in.</param>
    /// <param name="runner">Who starts it.</param>
    /// <param name="finished">Told at each end: how, and exit code or signal.</param>
    /// <param name="skipped">Told when a run was due while the former one is being ended.</param>
    public ScriptTracker(TrackScriptConfig config, Loop loop, ScriptRunner runner, Action<ScriptTracker, ScriptOutcome, int> finished, Action<ScriptTracker> skipped)
    {
        Config = config;
        (_loop, _runner, _finished, _skipped) = (loop, runner, finished, skipped);
    }

    /// <summary>The script; a reload may replace it by one of the same name.</summary>
    public TrackScriptConfig Config { get; set; }

    /// <summary>Runs it now and from now on.</summary>
    public void Start()
    {
        _nextStart = _loop.NowMilliseconds;
        _loop.Wake(this);
    }

    /// <summary>Runs it no more; what runs is asked to end and its result is dropped.</summary>
    public void Stop()
    {
        _stopped = true;
        _loop.Cancel(this);
        _run?.Terminate();
    }

    /// <inheritdoc/>
    protected internal override void Run(Loop loop)
    {
        if (_stopped)
            return;
        if (loop.NowMilliseconds >= _endBy)
            EndRun();
        if (loop.NowMilliseconds >= _nextStart)
        {
            _nextStart += Math.Max(1, (long)Config.Interval.TotalMilliseconds);
            if (_nextStart <= loop.NowMilliseconds)
                _nextStart = loop.NowMilliseconds + (long)Config.Interval.TotalMilliseconds; // the clock was away: no run is made up for
            if (_run == null)
                StartRun();
            else
                Postpone();
        }
        loop.SetDeadline(this, Math.Min(_nextStart, _endBy));
    }

    private void StartRun()
    {
        _isDue = false;
        _phase = RunPhase.Running;
        _run = _runner.Start(Config.Command, [], Ended, out var error);
        if (_run == null)
        {
            const int cannotExecute = 126;
            _endBy = Never;
            _finished(this, ScriptOutcome.Failed, error.IsNoEntry ? cannotExecute + 1 : cannotExecute);
            return;
        }
        var time = Config.Timeout > TimeSpan.Zero ? Config.Timeout : Config.Interval;
        _endBy = _loop.NowMilliseconds + (long)time.TotalMilliseconds;
    }

    private void Postpone()
    {
        if (!_isToldOf && _phase != RunPhase.Running)
        {
            _isToldOf = true; // once, until a run has ended by itself
            _skipped(this);
        }
        _isDue = true;
    }

    private void EndRun()
    {
        if (_phase == RunPhase.Running)
        {
            _phase = RunPhase.Asked;
            _endBy = _loop.NowMilliseconds + KillAfterMilliseconds;
            _run!.Terminate();
            return;
        }
        _phase = RunPhase.Killed;
        _endBy = Never;
        _run!.Kill();
    }

    private void Ended(ChildExit exit)
    {
        var timedOut = _phase != RunPhase.Running;
        _isToldOf &= timedOut;
        _run = null;
        _endBy = Never;
        if (_stopped)
            return;
        _finished(this, timedOut ? ScriptOutcome.TimedOut : exit.Signal != 0 ? ScriptOutcome.Killed : exit.Status == 0 ? ScriptOutcome.Succeeded : ScriptOutcome.Failed,
            exit.Signal != 0 ? exit.Signal : exit.Status);
        if (_isDue && !_stopped)
        {
            _nextStart = _loop.NowMilliseconds;
            _loop.Wake(this);
        }
    }

    private enum RunPhase
    {
        Running,
        Asked,
        Killed,
    }
}
