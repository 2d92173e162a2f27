using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Transport;

/// <summary>At which step opening a listener failed.</summary>
public enum ListenStep
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>Making the socket.</summary>
    Create,

    /// <summary>Binding it.</summary>
    Bind,

    /// <summary>Listening.</summary>
    Listen,

    /// <summary>Changing the owner or mode of a Unix socket, or renaming it into place.</summary>
    Permissions,

    /// <summary>An inherited descriptor is not a listening socket.</summary>
    Inherited,
}

/// <summary>How opening a listener ended.</summary>
/// <param name="Descriptor">The descriptor; -1 where it failed.</param>
/// <param name="FailedAt">The step.</param>
/// <param name="Error">The number of errno(3).</param>
public readonly record struct ListenResult(int Descriptor, ListenStep FailedAt = ListenStep.None, int Error = 0);

/// <summary>Opens listening sockets as a <c>bind</c> line asks for.</summary>
public static class ListeningSocket
{
    /// <summary>The address a <c>bind</c> line means; empty for inherited descriptors.</summary>
    public static SocketAddress128 AddressOf(Endpoint endpoint) => endpoint switch
    {
        IpEndpoint ip => SocketAddress128.From(ip.Address, ip.Port),
        UnixEndpoint unix => SocketAddress128.FromPath(unix.Path),
        AbstractEndpoint named => SocketAddress128.FromAbstractName(named.Name),
        _ => default,
    };

    /// <summary>Opens, binds and listens.</summary>
    /// <param name="bind">What the file asks for.</param>
    /// <param name="backlog">The queue's length.</param>
    /// <param name="reusePort">Whether another process may bind the same address (SO_REUSEPORT).</param>
    public static ListenResult Open(BindConfig bind, int backlog, bool reusePort = true)
    {
        if (bind.Endpoint is DescriptorEndpoint inherited)
        {
            return Adopt(inherited.Descriptor, backlog);
        }

        var address = AddressOf(bind.Endpoint);
        var descriptor = bind.Namespace is { } space ? HeldNamespace.CreateStream(space, address.Family) : RawSocket.CreateStream(address.Family);
        if (descriptor < 0)
        {
            return new ListenResult(-1, ListenStep.Create, -descriptor);
        }

        if (address.Family != SocketFamily.Unix)
        {
            SetOptions(descriptor, bind, address.Family, reusePort);
        }

        var path = (bind.Endpoint as UnixEndpoint)?.Path;
        var error = path is null ? RawSocket.Bind(descriptor, address) : UnixListener.Bind(descriptor, path, bind, out _);
        if (error != 0)
        {
            RawSocket.Close(descriptor);
            return new ListenResult(-1, ListenStep.Bind, error);
        }

        error = RawSocket.Listen(descriptor, backlog);
        if (error != 0)
        {
            RawSocket.Close(descriptor);
            return new ListenResult(-1, ListenStep.Listen, error);
        }

        if (path is not null)
        {
            error = UnixListener.Publish(path);
            if (error != 0)
            {
                RawSocket.Close(descriptor);
                return new ListenResult(-1, ListenStep.Permissions, error);
            }
        }

        return new ListenResult(descriptor);
    }

    /// <summary>
    /// Lets the sockets that are accepted wait with an acknowledgement until something is sent or 40 ms are over (tcp(7), TCP_QUICKACK), or not.
    /// They inherit it, which saves a call a connection; listen(2) forgets it, so it is said behind it.
    /// </summary>
    /// <param name="descriptor">A listening socket of TCP.</param>
    /// <param name="delayed">Whether to wait.</param>
    public static void DelayAcknowledgements(int descriptor, bool delayed) =>
        RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpQuickAck, delayed ? 0 : 1);

    private static ListenResult Adopt(int descriptor, int backlog)
    {
        if (!RawSocket.GetOption(descriptor, SocketOption.SocketLevel, SocketOption.AcceptsConnections, out var listening))
        {
            return new ListenResult(-1, ListenStep.Inherited, Errno.Enotconn);
        }

        // Listening again only changes the queue's length.
        if (listening == 0 || backlog > 0)
        {
            var error = RawSocket.Listen(descriptor, backlog);
            if (error != 0 && listening == 0)
            {
                return new ListenResult(-1, ListenStep.Listen, error);
            }
        }

        RawSocket.SetNonBlocking(descriptor);
        return new ListenResult(descriptor);
    }

    private static void SetOptions(int descriptor, BindConfig bind, SocketFamily family, bool reusePort)
    {
        RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.ReuseAddress, 1);
        if (reusePort)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.ReusePort, 1);
        }

        // Accepted sockets inherit it, which saves a call a connection.
        RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpNoDelay, 1);
        if (family == SocketFamily.IPv6)
        {
            RawSocket.SetOption(descriptor, SocketOption.Ipv6Level, SocketOption.Ipv6Only, bind.V4V6 ? 0 : bind.V6Only ? 1 : 0);
        }

        if (bind.Transparent)
        {
            if (family == SocketFamily.IPv6)
            {
                RawSocket.SetOption(descriptor, SocketOption.Ipv6Level, SocketOption.Ipv6Transparent, 1);
            }
            else if (RawSocket.SetOption(descriptor, SocketOption.IpLevel, SocketOption.IpTransparent, 1) != 0)
            {
                RawSocket.SetOption(descriptor, SocketOption.IpLevel, SocketOption.IpFreeBind, 1);
            }
        }

        if (bind.Interface is { } device)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.BindToDevice, System.Text.Encoding.ASCII.GetBytes(device + "\0"));
        }

        if (bind.MaxSegment != 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpMaxSegment, Math.Abs(bind.MaxSegment));
        }

        if (bind.DeferAccept)
        {
            // One second: any bytes end the wait, and the kernel counts in retransmissions anyway.
            RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpDeferAccept, 1);
        }

        if (bind.FastOpen)
        {
            RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpFastOpen, 256);
        }

        if (bind.TcpUserTimeout is { } wait)
        {
            RawSocket.SetOption(descriptor, SocketOption.TcpLevel, SocketOption.TcpUserTimeout, wait.Milliseconds);
        }
    }
}
