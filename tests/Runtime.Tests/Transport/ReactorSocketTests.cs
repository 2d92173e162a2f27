using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Transport;

public sealed class ReactorSocketTests : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReactorSocketTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(8);
    }

    private SocketAddress128 Address => SocketAddress128.From(IPAddress.Loopback, ((IPEndPoint)_listener.LocalEndPoint!).Port);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_connection_carries_bytes_both_ways() => LoopDriver.Run(driver =>
    {
        using var socket = ReactorSocket.OpenStream(driver.Loop, SocketFamily.IPv4, out _)!;
        driver.Finish(socket.ConnectAsync(Address, driver.In(5000))).IsDone.Should().BeTrue();
        using var peer = _listener.Accept();

        driver.Finish(socket.WriteAsync("ping"u8.ToArray(), driver.In(5000))).Should().Be(new WaitResult(WaitStatus.Done, 4));
        var buffer = new byte[16];
        peer.Receive(buffer).Should().Be(4);

        var pending = socket.ReadAsync(buffer, driver.In(5000));
        pending.IsCompleted.Should().BeFalse("the peer has said nothing yet");
        peer.Send("pong!"u8);
        driver.Finish(pending).Should().Be(new WaitResult(WaitStatus.Done, 5));
        Encoding.ASCII.GetString(buffer, 0, 5).Should().Be("pong!");

        peer.Shutdown(SocketShutdown.Send);
        driver.Finish(socket.ReadAsync(buffer, driver.In(5000))).Status.Should().Be(WaitStatus.Closed);
    });

    [Fact]
    public void A_refused_connection_says_why() => LoopDriver.Run(driver =>
    {
        var address = Address;
        _listener.Dispose();
        using var socket = ReactorSocket.OpenStream(driver.Loop, SocketFamily.IPv4, out _)!;
        driver.Finish(socket.ConnectAsync(address, driver.In(5000))).Should().Be(new WaitResult(WaitStatus.Failed, 0, Errno.Econnrefused));
    });

    [Fact]
    public void A_deadline_ends_a_read_and_the_socket_can_be_used_again() => LoopDriver.Run(driver =>
    {
        using var socket = ReactorSocket.OpenStream(driver.Loop, SocketFamily.IPv4, out _)!;
        driver.Finish(socket.ConnectAsync(Address, driver.In(5000)));
        using var peer = _listener.Accept();
        var buffer = new byte[16];
        driver.Finish(socket.ReadAsync(buffer, driver.In(2))).Status.Should().Be(WaitStatus.TimedOut);

        peer.Send("late"u8);
        driver.Finish(socket.ReadAsync(buffer, driver.In(5000))).Should().Be(new WaitResult(WaitStatus.Done, 4));
    });

    [Fact]
    public void Closing_ends_what_is_awaited() => LoopDriver.Run(driver =>
    {
        var socket = ReactorSocket.OpenStream(driver.Loop, SocketFamily.IPv4, out _)!;
        driver.Finish(socket.ConnectAsync(Address, driver.In(5000)));
        var pending = socket.ReadAsync(new byte[4], LoopTask.Never);
        socket.Close();
        pending.IsCompletedSuccessfully.Should().BeTrue();
        driver.Finish(pending).Status.Should().Be(WaitStatus.Cancelled);
        driver.Finish(socket.ReadAsync(new byte[4], LoopTask.Never)).Status.Should().Be(WaitStatus.Cancelled);
    });

    [Fact]
    public void More_than_the_kernel_takes_is_written_as_the_peer_reads() => LoopDriver.Run(driver =>
    {
        using var socket = ReactorSocket.OpenStream(driver.Loop, SocketFamily.IPv4, out _)!;
        driver.Finish(socket.ConnectAsync(Address, driver.In(5000)));
        using var peer = _listener.Accept();
        var bytes = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        var pending = socket.WriteAsync(bytes, driver.In(20_000)).AsTask();
        pending.IsCompleted.Should().BeFalse("more was given than socket buffers hold");
        var read = new byte[bytes.Length];
        var got = 0;
        driver.Until(() =>
        {
            got += peer.Available > 0 ? peer.Receive(read, got, read.Length - got, SocketFlags.None) : 0;
            return got == read.Length;
        });
        pending.IsCompleted.Should().BeTrue();
        read.AsSpan().SequenceEqual(bytes).Should().BeTrue();
    });

    [Fact]
    public void What_awaits_continues_on_the_thread_of_the_loop() => LoopDriver.Run(driver =>
    {
        using var socket = ReactorSocket.OpenStream(driver.Loop, SocketFamily.IPv4, out _)!;
        var threads = new List<int>();
        async ValueTask<WaitResult> Talk()
        {
            await socket.ConnectAsync(Address, driver.In(5000));
            threads.Add(Environment.CurrentManagedThreadId);
            var result = await socket.ReadAsync(new byte[4], driver.In(2));
            threads.Add(Environment.CurrentManagedThreadId);
            return result;
        }

        async ValueTask<WaitResult> Outer()
        {
            var result = await Talk();
            threads.Add(Environment.CurrentManagedThreadId);
            return result;
        }

        driver.Finish(Outer()).Status.Should().Be(WaitStatus.TimedOut);
        threads.Should().Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 3));
    });

    [Fact]
    public void A_wait_that_is_begun_twice_is_a_mistake() => LoopDriver.Run(driver =>
    {
        var wait = new LoopWait(driver.Loop);
        _ = wait.Begin(LoopTask.Never);
        FluentActions.Invoking(() => wait.Begin(LoopTask.Never)).Should().Throw<InvalidOperationException>();
    });
}
