using Dropin.Runtime.Sys.Process;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Sys.Process;

public sealed class SignalQueueTests
{
    [Theory]
    [InlineData(Signal.Usr2)]
    [InlineData(Signal.Ttin)]
    [InlineData(Signal.Ttou)]
    public void A_signal_makes_the_descriptor_readable_and_does_nothing_else(int signal)
    {
        using var queue = new SignalQueue(signal);
        queue.TryTake(out _).Should().BeFalse();

        Children.Send(Environment.ProcessId, signal).IsNone.Should().BeTrue();

        PollEntry[] entries = [new PollEntry { Descriptor = queue.Descriptor, Wanted = PollEntry.In }];
        Polling.Wait(entries, 10_000).Should().Be(1);
        queue.TryTake(out var taken).Should().BeTrue();
        taken.Should().Be(signal);
        queue.TryTake(out _).Should().BeFalse();
        Polling.Wait(entries, 0).Should().Be(0);
    }

    [Fact]
    public void Signals_come_out_in_the_order_in_which_they_were_posted()
    {
        using var queue = new SignalQueue();
        queue.Post(Signal.Usr1);
        queue.Post(Signal.Term);
        queue.TryTake(out var first);
        queue.TryTake(out var second);
        (first, second).Should().Be((Signal.Usr1, Signal.Term));
    }
}
