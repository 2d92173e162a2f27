using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Transport;

public sealed class SocketTraitsTests
{
    [Fact]
    public void Probes_are_set_on_the_socket()
    {
        var traits = new SocketTraits(new TcpProbesConfig(Count: 4, IdleSeconds: 40, IntervalSeconds: 6));
        var descriptor = traits.CreateStream(SocketFamily.IPv4);
        try
        {
            traits.Apply(descriptor);
            Option(descriptor, SocketOption.TcpKeepAliveCount).Should().Be(4);
            Option(descriptor, SocketOption.TcpKeepAliveIdle).Should().Be(40);
            Option(descriptor, SocketOption.TcpKeepAliveInterval).Should().Be(6);
        }
        finally
        {
            RawSocket.Close(descriptor);
        }
    }

    [Fact]
    public void What_the_file_does_not_set_stays_as_the_system_has_it()
    {
        var descriptor = RawSocket.CreateStream(SocketFamily.IPv4);
        try
        {
            var (count, idle) = (Option(descriptor, SocketOption.TcpKeepAliveCount), Option(descriptor, SocketOption.TcpKeepAliveIdle));
            SocketTraits.Apply(descriptor, new TcpProbesConfig(Count: 0, IdleSeconds: 0, IntervalSeconds: 7));
            Option(descriptor, SocketOption.TcpKeepAliveCount).Should().Be(count);
            Option(descriptor, SocketOption.TcpKeepAliveIdle).Should().Be(idle);
            Option(descriptor, SocketOption.TcpKeepAliveInterval).Should().Be(7);
        }
        finally
        {
            RawSocket.Close(descriptor);
        }
    }

    private static int Option(int descriptor, int option)
    {
        RawSocket.GetOption(descriptor, SocketOption.TcpLevel, option, out var value).Should().BeTrue();
        return value;
    }
}
