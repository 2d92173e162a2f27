using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Start;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Start;

public sealed class ReloadScheduleTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Loop _loop = new(0, 16384, 64);
    private readonly List<string> _log = [];
    private readonly ReloadSchedule _schedule;
    private int _reloads;

    public ReloadScheduleTests() => _schedule = new ReloadSchedule(_loop, new LogChannel((_, line) => _log.Add(line), () => true), () => _reloads++);

    private string When => Path.Combine(_directory.Path, "when");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_time_comes_once_and_the_file_goes_unless_it_is_to_stay(bool repeats)
    {
        _schedule.Configure(new GlobalConfig { ReloadTimeFile = When, ReloadRepeat = repeats });
        File.WriteAllText(When, Soon(1) + "\n");

        Until(() => _reloads > 0).Should().BeTrue();

        File.Exists(When).Should().Be(repeats);
        _reloads.Should().Be(1);
        _log.Should().Contain(line => line.StartsWith("Scheduling reload for "));
    }

    [Fact]
    public void A_file_that_is_there_at_the_start_counts_and_one_that_goes_does_not()
    {
        File.WriteAllText(When, Soon(2));
        _schedule.Configure(new GlobalConfig { ReloadTimeFile = When });
        _log.Should().ContainSingle();
        File.Delete(When);

        Until(() => _log.Count == 2, 1000).Should().BeTrue("it is told");
        Until(() => _reloads > 0, 2500).Should().BeFalse();
    }

    [Fact]
    public void Another_time_takes_the_place_of_the_first()
    {
        File.WriteAllText(When, Soon(600));
        _schedule.Configure(new GlobalConfig { ReloadTimeFile = When });
        File.WriteAllText(When, Soon(1));

        Until(() => _reloads > 0).Should().BeTrue();
    }

    public void Dispose()
    {
        _schedule.Dispose();
        _loop.Dispose();
        _directory.Dispose();
    }

    private static string Soon(int seconds) => DateTime.UtcNow.AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss'Z'");

    private bool Until(Func<bool> holds, int milliseconds = 4000)
    {
        var end = Environment.TickCount64 + milliseconds;
        while (!holds() && Environment.TickCount64 < end)
            _loop.Turn(20);
        return holds();
    }
}
