using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Sys.Sockets;

public sealed class DescriptorPassingTests
{
    [Fact]
    public void A_pipe_that_was_sent_works_under_its_new_number()
    {
        DescriptorPassing.MakePair(out var here, out var there).IsNone.Should().BeTrue();
        Descriptors.MakePipe(out var readEnd, out var writeEnd);

        DescriptorPassing.Send(here, "hello"u8, [writeEnd]).IsNone.Should().BeTrue();
        Descriptors.Close(writeEnd);

        var bytes = new byte[16];
        var received = new int[4];
        DescriptorPassing.Receive(there, bytes, received, out var count, out var error).Should().Be(5);
        (count, error.IsNone).Should().Be((1, true));
        Descriptors.WriteAll(received[0], "through"u8).IsNone.Should().BeTrue();
        Descriptors.Read(readEnd, bytes, out _).Should().Be(7);

        foreach (var descriptor in (int[])[here, there, readEnd, received[0]])
            Descriptors.Close(descriptor);
    }

    [Fact]
    public void Descriptors_without_room_are_closed_and_not_leaked()
    {
        DescriptorPassing.MakePair(out var here, out var there);
        Descriptors.MakePipe(out var readEnd, out var writeEnd);
        DescriptorPassing.Send(here, [1], [writeEnd, writeEnd, writeEnd]);
        Descriptors.Close(writeEnd);

        var received = new int[1];
        DescriptorPassing.Receive(there, new byte[1], received, out var count, out _).Should().Be(1);
        count.Should().Be(1);
        Descriptors.Close(received[0]);
        Descriptors.Read(readEnd, new byte[1], out _).Should().Be(0, "no write end is left open");

        foreach (var descriptor in (int[])[here, there, readEnd])
            Descriptors.Close(descriptor);
    }
}
