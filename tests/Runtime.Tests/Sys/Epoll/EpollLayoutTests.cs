using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;
using FluentAssertions;
using Xunit;
using Machine = System.Runtime.InteropServices.Architecture;

namespace Dropin.Runtime.Tests.Sys.Epoll;

public sealed class EpollLayoutTests
{
    [Theory]
    [InlineData(Machine.X64, 12, 4)]
    [InlineData(Machine.Arm64, 16, 8)]
    public void An_event_is_packed_on_x86_64_alone(Machine architecture, int size, int handleAt) =>
        EpollLayout.Of(architecture).Should().Be(new EpollLayout(size, handleAt));

    [Theory]
    [InlineData(Machine.X64)]
    [InlineData(Machine.Arm64)]
    public void Events_are_read_where_they_were_written(Machine architecture)
    {
        var layout = EpollLayout.Of(architecture);
        var bytes = new byte[layout.Size * 2];
        layout.Write(bytes, EpollFlags.In | EpollFlags.EdgeTriggered, 0x0123456789abcdef);
        layout.Write(bytes.AsSpan(layout.Size), EpollFlags.Out, ulong.MaxValue);

        bytes.AsSpan(0, 4).ToArray().Should().Equal(0x01, 0, 0, 0x80);
        bytes.AsSpan(layout.HandleAt, 8).ToArray().Should().Equal(0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01);
        layout.Read(bytes, 0).Should().Be(new PollerEvent(EpollFlags.In | EpollFlags.EdgeTriggered, 0x0123456789abcdef));
        layout.Read(bytes, 1).Should().Be(new PollerEvent(EpollFlags.Out, ulong.MaxValue));
    }

    [Fact]
    public void The_kernel_gives_back_both_handles_of_one_wait()
    {
        const ulong one = 0x8000000100000002, other = 0x7ffffffffffffff0;
        Descriptors.MakePipe(out var readEnd, out var writeEnd).IsNone.Should().BeTrue();
        Descriptors.MakePipe(out var emptyEnd, out var freeEnd).IsNone.Should().BeTrue();
        using var poller = new EpollPoller(8);
        poller.Register(readEnd, EpollFlags.In, one).Should().BeTrue();
        poller.Register(freeEnd, EpollFlags.Out, other).Should().BeTrue();
        Descriptors.Write(writeEnd, [1], out _).Should().Be(1);

        var events = new PollerEvent[8];
        var count = poller.Wait(events, 1000);

        events[..count].Should().BeEquivalentTo([new PollerEvent(EpollFlags.In, one), new PollerEvent(EpollFlags.Out, other)]);
        foreach (var descriptor in new[] { readEnd, writeEnd, emptyEnd, freeEnd })
        {
            Descriptors.Close(descriptor);
        }
    }
}
