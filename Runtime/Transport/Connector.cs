using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Transport;

/// <summary>How a connection to a server is made.</summary>
/// <param name="KeepAliveProbes">TCP keep-alive (<c>option srvtcpka</c>).</param>
/// <param name="FastOpen">TCP fast open (<c>tfo</c>).</param>
/// <param name="UserTimeoutMilliseconds">TCP user time-out (<c>tcp-ut</c>); 0 the system's.</param>
/// <param name="SendBuffer">Bytes of the send buffer; 0 the system's.</param>
/// <param name="ReceiveBuffer">Bytes of the receive buffer; 0 the system's.</param>
/// <param name="Traits">What few servers ask for; null nothing.</param>
/// <param name="SpeaksFirst">
/// Something is there to be sent as soon as the connection stands: it carries the acknowledgement of the handshake, and the next thing sent that of
/// what was received (tcp(7), TCP_QUICKACK; two packets fewer for a connection of one request).
/// </param>
public readonly record struct ConnectOptions(
    bool KeepAliveProbes = false, bool FastOpen = false, int UserTimeoutMilliseconds = 0, int SendBuffer = 0, int ReceiveBuffer = 0, SocketTraits? Traits = null,
    bool SpeaksFirst = false);

/// <summary>Starts connections.</summary>
public static class Connector
{
    /// <summary>Starts to connect; the owner is told when it is done or failed.</summary>
    /// <param name="loop">The loop that will watch it.</param>
    /// <param name="connection">A closed connection object.</param>
    /// <param name="address">Where to.</param>
    /// <param name="source">The local address; empty for the system's choice.</param>
    /// <param name="options">How.</param>
    /// <returns>0, or the number of errno(3); minus that number where the local address cannot be had.</returns>
    public static int Start(Loop loop, Connection connection, in SocketAddress128 address, in SocketAddress128 source, in ConnectOptions options)
    {
        var descriptor = Create(address.Family, options);
        if (descriptor < 0)
        {
            return -descriptor;
        }

        var error = -Prepare(descriptor, address, source, options);
        if (error == 0)
        {
            error = RawSocket.Connect(descriptor, address);
        }

        if (error != 0 && error != Errno.Einprogress)
        {
            // A Unix socket whose queue is full answers EAGAIN: to the caller that is a refusal like any other.
            RawSocket.Close(descriptor);
            return error;
        }

        connection.Attach(descriptor, connecting: error == Errno.Einprogress, mayWait: address.Family != SocketFamily.Unix, options.SpeaksFirst);
        connection.Peer = address;
        if (!loop.Watch(connection))
        {
            connection.Close(loop);
            return Errno.Enobufs;
        }

        if (error == 0)
        {
            connection.MarkConnected();
        }

        return 0;
    }

    /// <summary>Makes a socket.</summary>
    internal static int Create(SocketFamily family, in ConnectOptions options) => options.Traits?.CreateStream(family) ?? RawSocket.CreateStream(family);

    /// <summary>Sets what was asked for and binds; TCP_NODELAY is left to whoever writes. The answer is 0 or the number of errno(3).</summary>
    internal static int Prepare(int descriptor, in SocketAddress128 address, in SocketAddress128 source, in ConnectOptions options)
    {
        if (address.Family != SocketFamily.Unix)
        {
            if (options.SpeaksFirst)
            {
                RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpQuickAck, 0);
            }

            if (options.KeepAliveProbes)
            {
                RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.KeepAlive, 1);
            }

            if (options.FastOpen)
            {
                RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpFastOpenConnect, 1);
            }

            if (options.UserTimeoutMilliseconds > 0)
            {
                RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpUserTimeout, options.UserTimeoutMilliseconds);
            }
        }

        options.Traits?.Apply(descriptor);
        if (options.SendBuffer > 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.SendBuffer, options.SendBuffer);
        }

        if (options.ReceiveBuffer > 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.ReceiveBuffer, options.ReceiveBuffer);
        }

        if (source.Length == 0)
        {
            return 0;
        }

        RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.ReuseAddress, 1);
        if (source.Port == 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.IpLevel, SocketOption.IpBindAddressNoPort, 1);
        }

        return RawSocket.Bind(descriptor, source);
    }
}
