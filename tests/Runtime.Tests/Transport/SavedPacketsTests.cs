using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Transport;

/// <summary>Packets without text are saved, and nobody waits for one that was saved.</summary>
public sealed class SavedPacketsTests : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SavedPacketsTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(8);
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Accepted_sockets_inherit_when_they_acknowledge(bool delayed, int quick)
    {
        ListeningSocket.DelayAcknowledgements((int)_listener.Handle, delayed);

        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(_listener.LocalEndPoint!);
        using var accepted = _listener.Accept();

        Tcp(accepted, SocketOption.TcpQuickAck).Should().Be(quick);
    }

    [Fact]
    public void Whoever_waits_in_the_middle_of_a_message_acknowledges_what_came() => LoopDriver.Run(driver =>
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var accepted = AcceptDelayed(client);
        var end = Watch(driver, accepted);

        // Nothing has come: the next request may take its time.
        end.Fill().Should().Be(EndStatus.Wait);
        Tcp(accepted, SocketOption.TcpQuickAck).Should().Be(0);

        client.Send("GET / HT"u8);
        driver.Until(() => end.Fill() == EndStatus.Progress);
        Tcp(accepted, SocketOption.TcpQuickAck).Should().Be(0);
        end.Fill().Should().Be(EndStatus.Wait);
        Tcp(accepted, SocketOption.TcpQuickAck).Should().Be(1);
        driver.Loop.Unwatch(end.Connection);
    });

    [Fact]
    public void A_complete_message_is_acknowledged_by_its_answer() => LoopDriver.Run(driver =>
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var accepted = AcceptDelayed(client);
        var end = Watch(driver, accepted);
        client.Send("xy"u8);
        driver.Until(() => end.Fill() == EndStatus.Progress);
        end.SetInputFraming(BodyFraming.Length, 2);
        end.ConsumeBody(2);

        end.Fill().Should().Be(EndStatus.Wait);

        Tcp(accepted, SocketOption.TcpQuickAck).Should().Be(0);
        driver.Loop.Unwatch(end.Connection);
    });

    [Fact]
    public void The_first_word_of_a_connection_carries_the_acknowledgement() => LoopDriver.Run(driver =>
    {
        PacketsOf(driver, new ConnectOptions(SpeaksFirst: false)).Should().Be(2, "SYN and ACK");
        // After 40 ms the kernel acknowledges by itself, which a busy machine may need to get here.
        Enumerable.Range(0, 20).Any(_ => PacketsOf(driver, new ConnectOptions(SpeaksFirst: true)) == 1).Should().BeTrue("the ACK waits for the first word");
    });

    private uint PacketsOf(LoopDriver driver, in ConnectOptions options)
    {
        const int TcpInfo = 11, PacketsOut = 136;
        var connection = Connect(driver, options);
        using var view = new Socket(new SafeSocketHandle(connection.Descriptor, ownsHandle: false));
        var info = new byte[PacketsOut + sizeof(uint)];
        view.GetRawSocketOption(SocketOption.TcpLevel, TcpInfo, info).Should().Be(info.Length);
        connection.Close(driver.Loop);
        return BitConverter.ToUInt32(info, PacketsOut);
    }

    [Fact]
    public void Small_packets_are_let_go_from_the_second_write_on() => LoopDriver.Run(driver =>
    {
        var connection = Connect(driver, default);
        driver.Until(() => connection.CanWrite);
        connection.Write("a"u8).Count.Should().Be(1);
        NoDelay(connection).Should().Be(0);
        connection.Write("b"u8).Count.Should().Be(1);
        NoDelay(connection).Should().Be(1);
        connection.Close(driver.Loop);
    });

    [Fact]
    public void Another_thread_that_takes_a_connection_over_lets_them_go_too() => LoopDriver.Run(driver =>
    {
        var former = Connect(driver, default);
        driver.Until(() => former.CanWrite);
        former.Write("a"u8).Count.Should().Be(1);
        var connection = new Connection();

        connection.AttachFrom(former);

        connection.MarkConnected();
        connection.Write("b"u8).Count.Should().Be(1);
        connection.Write("c"u8).Count.Should().Be(1);
        NoDelay(connection).Should().Be(1);
        former.Close(driver.Loop);
    });

    [Fact]
    public void The_end_goes_with_the_last_bytes() => LoopDriver.Run(driver =>
    {
        var connection = Connect(driver, default);
        using var peer = _listener.Accept();
        driver.Until(() => connection.CanWrite);

        connection.WriteLast("bye"u8).Count.Should().Be(3);

        connection.WriteClosed.Should().BeTrue();
        var bytes = new byte[8];
        peer.Receive(bytes).Should().Be(3);
        peer.Receive(bytes).Should().Be(0);
        connection.Close(driver.Loop);
    });

    private Socket AcceptDelayed(Socket client)
    {
        ListeningSocket.DelayAcknowledgements((int)_listener.Handle, delayed: true);
        client.Connect(_listener.LocalEndPoint!);
        var accepted = _listener.Accept();
        accepted.Blocking = false;
        return accepted;
    }

    private static Http1End Watch(LoopDriver driver, Socket accepted)
    {
        var connection = new Connection();
        connection.Attach((int)accepted.Handle, connecting: false, delaysAcknowledgements: true);
        driver.Loop.Watch(connection).Should().BeTrue();
        return new Http1End(connection, driver.Loop.Buffers);
    }

    private Connection Connect(LoopDriver driver, in ConnectOptions options)
    {
        var to = (IPEndPoint)_listener.LocalEndPoint!;
        var connection = new Connection();
        Connector.Start(driver.Loop, connection, SocketAddress128.From(to.Address, to.Port), default, options).Should().Be(0);
        return connection;
    }

    private static int NoDelay(Connection connection)
    {
        RawSocket.GetOption(connection.Descriptor, SocketOption.TcpLevel, SocketOption.TcpNoDelay, out var value).Should().BeTrue();
        return value;
    }

    private static int Tcp(Socket socket, int option)
    {
        RawSocket.GetOption((int)socket.Handle, SocketOption.TcpLevel, option, out var value).Should().BeTrue();
        return value;
    }
}
