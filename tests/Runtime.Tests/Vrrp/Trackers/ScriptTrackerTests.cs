using System.Diagnostics;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Trackers;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp.Trackers;

/// <summary>Real scripts on a real loop.</summary>
public sealed class ScriptTrackerTests : IDisposable
{
    private readonly Loop _loop = new(0, 4096, 16);
    private readonly TempDirectory _folder = new();
    private readonly ScriptRunner _runner;
    private readonly List<(ScriptOutcome Outcome, int Status)> _ends = [];
    private int _skipped;

    public ScriptTrackerTests() => _runner = new ScriptRunner(_loop);

    public void Dispose()
    {
        _runner.TerminateAll();
        _loop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_script_runs_at_once_and_again_at_its_interval()
    {
        var clock = Stopwatch.StartNew();
        Track("exit 0", interval: 0.2);
        TurnUntil(() => _ends.Count == 3);
        _ends.Should().AllBeEquivalentTo((ScriptOutcome.Succeeded, 0));
        clock.ElapsedMilliseconds.Should().BeGreaterThanOrEqualTo(390);
    }

    [Fact]
    public void Its_exit_code_is_told()
    {
        Track("exit 3");
        TurnUntil(() => _ends.Count == 1);
        _ends[0].Should().Be((ScriptOutcome.Failed, 3));
    }

    [Fact]
    public void The_signal_that_ended_it_is_told()
    {
        Track("kill -KILL $$");
        TurnUntil(() => _ends.Count == 1);
        _ends[0].Should().Be((ScriptOutcome.Killed, 9));
    }

    [Fact]
    public void A_script_that_is_not_there_has_failed()
    {
        var tracker = New(new ScriptCommand("/nowhere/x", ["/nowhere/x"], 0, 0), 1, 0);
        tracker.Start();
        TurnUntil(() => _ends.Count == 1);
        _ends[0].Should().Be((ScriptOutcome.Failed, 127));
    }

    [Fact]
    public void What_hangs_is_asked_to_end_when_its_time_is_over()
    {
        Track("exec sleep 60", interval: 30, timeout: 0.2);
        TurnUntil(() => _ends.Count == 1);
        _ends[0].Outcome.Should().Be(ScriptOutcome.TimedOut);
        _runner.RunningCount.Should().Be(0);
    }

    [Fact]
    public void What_does_not_want_to_end_is_ended_a_second_later_with_all_that_it_started()
    {
        var mark = _folder.FileNamed("child");
        Track($"trap '' TERM; (trap '' TERM; sleep 60) & echo $! > {mark}; wait", interval: 30, timeout: 0.2);
        var clock = Stopwatch.StartNew();
        TurnUntil(() => _ends.Count == 1);
        clock.ElapsedMilliseconds.Should().BeGreaterThan(1100);
        _ends[0].Outcome.Should().Be(ScriptOutcome.TimedOut);
        var child = File.ReadAllText(mark).Trim();
        TurnUntil(() => !File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal));
    }

    [Fact]
    public void No_second_run_begins_while_the_first_lasts_and_the_one_that_was_due_follows_it()
    {
        Track("trap '' TERM; sleep 60", interval: 0.5, timeout: 0.3);
        TurnUntil(() => _ends.Count == 2);
        _ends.Should().OnlyContain(end => end.Outcome == ScriptOutcome.TimedOut);
        _skipped.Should().Be(1, "it is told once, not at each interval");
    }

    [Fact]
    public void After_the_stop_nothing_is_told()
    {
        var tracker = Track("sleep 0.3");
        TurnUntil(() => _runner.RunningCount == 1);
        tracker.Stop();
        TurnUntil(() => _runner.RunningCount == 0);
        _ends.Should().BeEmpty();
    }

    [SkippableFact]
    public void It_runs_as_its_user_in_its_group_and_in_no_other()
    {
        Skip.If(Environment.UserName != "root", "another user can be taken by root alone");
        var mark = _folder.FileNamed("who");
        File.WriteAllText(mark, "");
        Runtime.Sys.FileOwnership.SetMode(mark, 0x1B6).Should().Be(0);
        Runtime.Sys.FileOwnership.SetMode(_folder.Path, 0x1FF).Should().Be(0);
        Track($"id -u > {mark}; id -G >> {mark}; id -u -r >> {mark}", user: 65534, group: 1);
        TurnUntil(() => _ends.Count == 1);
        File.ReadAllText(mark).Should().Be("65534\n1\n65534\n");
        Environment.UserName.Should().Be("root", "the daemon stays what it was");
    }

    [Fact]
    public void Its_standard_streams_lead_nowhere_and_it_leads_a_group_of_its_own()
    {
        var mark = _folder.FileNamed("streams");
        Track($"readlink /proc/$$/fd/0 /proc/$$/fd/1 > {mark}; ps -o pgid= -p $$ >> {mark}; echo $$ >> {mark}");
        TurnUntil(() => _ends.Count == 1);
        var lines = File.ReadAllLines(mark);
        lines[0].Should().Be("/dev/null");
        lines[^2].Trim().Should().Be(lines[^1]);
    }

    private ScriptTracker Track(string script, double interval = 30, double timeout = 0, uint user = 0, uint group = 0)
    {
        var tracker = New(new ScriptCommand(script, ["/bin/sh", "-c", script], user, group), interval, timeout);
        tracker.Start();
        return tracker;
    }

    private ScriptTracker New(ScriptCommand command, double interval, double timeout)
    {
        var self = Environment.UserName == "root" ? command : command with { UserId = Runtime.Sys.Process.Identity.EffectiveUser };
        return new ScriptTracker(
            new TrackScriptConfig { Name = "s", Command = self, Interval = TimeSpan.FromSeconds(interval), Timeout = TimeSpan.FromSeconds(timeout) },
            _loop, _runner, (_, outcome, status) => _ends.Add((outcome, status)), _ => _skipped++);
    }

    private void TurnUntil(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
            _loop.Turn(50);
        }
    }
}
