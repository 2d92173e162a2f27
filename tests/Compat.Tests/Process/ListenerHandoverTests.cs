using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Process;

public sealed class ListenerHandoverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(252)]
    [InlineData(253)]
    [InlineData(600)]
    public async Task What_is_sent_is_received_in_its_order_with_its_names(int count)
    {
        Descriptors.MakePipe(out var readEnd, out var writeEnd);
        DescriptorPassing.MakePair(out var old, out var next);
        var sent = Enumerable.Range(0, count)
            .Select(i => new HandedListener(i % 2 == 0 ? readEnd : writeEnd, i % 7 == 0 ? "blue" : "", i % 5 == 0 ? "eth0" : "")).ToList();

        // The old process answers the command; both sides wait for one another, so each has its thread.
        var answering = Task.Factory.StartNew(
            () =>
            {
                var command = new byte[64];
                Descriptors.Read(old, command, out _).Should().Be(ListenerHandover.Command.Length + 1);
                return ListenerHandover.Send(old, sent);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var received = ListenerHandover.Receive(next)!;
        (await answering).IsNone.Should().BeTrue();

        received.Select(listener => (listener.Namespace, listener.Interface)).Should().Equal(sent.Select(listener => (listener.Namespace, listener.Interface)));
        Descriptors.WriteAll(received[^1].Descriptor, [1]).IsNone.Should().Be(count % 2 == 0, "odd places are write ends");
        foreach (var descriptor in received.Select(listener => listener.Descriptor).Concat([old, next, readEnd, writeEnd]))
            Descriptors.Close(descriptor);
    }

    [Fact]
    public void The_bytes_are_those_of_the_original()
    {
        // Taken from a run of 2.6.12 with three listeners, the last of them bound to "lo".
        byte[] expected = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, (byte)'l', (byte)'o', 0, 0, 0, 0];
        Descriptors.MakePipe(out var readEnd, out var writeEnd);
        DescriptorPassing.MakePair(out var old, out var next);
        ListenerHandover.Send(old, [new HandedListener(readEnd), new HandedListener(readEnd), new HandedListener(readEnd, "", "lo")]).IsNone.Should().BeTrue();

        var bytes = new byte[64];
        var descriptors = new int[8];
        DescriptorPassing.Receive(next, bytes.AsSpan(0, 4), descriptors, out var none, out _).Should().Be(4);
        DescriptorPassing.Receive(next, bytes.AsSpan(4), descriptors, out var count, out _).Should().Be(20);
        (none, count).Should().Be((0, 3));
        bytes.AsSpan(0, 24).ToArray().Should().Equal(expected);
        foreach (var descriptor in descriptors.Take(3).Concat([old, next, readEnd, writeEnd]))
            Descriptors.Close(descriptor);
    }

    [Fact]
    public void A_peer_that_answers_something_else_hands_over_nothing()
    {
        DescriptorPassing.MakePair(out var old, out var next);
        Descriptors.WriteAll(old, "Unknown command\n\n"u8);
        Descriptors.Close(old);
        ListenerHandover.Receive(next).Should().BeNull();
        Descriptors.Close(next);
    }

    [Fact]
    public void A_connection_through_a_pair_carries_bytes_both_ways()
    {
        DescriptorPassing.MakePair(out var master, out var worker);
        var here = SocketPairs.Connect(master, out var error);
        error.IsNone.Should().BeTrue();
        var there = SocketPairs.Accept(worker, out _);
        Descriptors.WriteAll(here, "question"u8);
        var bytes = new byte[16];
        Descriptors.Read(there, bytes, out _).Should().Be(8);
        Descriptors.WriteAll(there, "answer"u8);
        Descriptors.Read(here, bytes, out _).Should().Be(6);
        foreach (var descriptor in (int[])[master, worker, here, there])
            Descriptors.Close(descriptor);
    }
}
