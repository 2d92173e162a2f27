using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Socket calls on descriptors, for the paths where a <see cref="System.Net.Sockets.Socket"/> a connection costs too much.</summary>
/// <remarks>
/// A <c>Socket</c> brings a finalizable handle, a state object and several system calls for each accepted connection,
/// and its calls cost 0.2 us more; listeners, datagrams and everything that is rare may still use it.
/// Nothing here throws for what a peer does.
/// </remarks>
public static class RawSocket
{
    /// <summary>Makes a non-blocking stream socket. A negative answer is minus the number of errno(3).</summary>
    public static int CreateStream(SocketFamily family)
    {
        var descriptor = SocketNative.Socket((int)family, 1 | SocketNative.NonBlocking | SocketNative.CloseOnExec, 0);
        return descriptor < 0 ? -Marshal.GetLastPInvokeError() : descriptor;
    }

    /// <summary>Makes a non-blocking datagram socket. A negative answer is minus the number of errno(3).</summary>
    public static int CreateDatagram(SocketFamily family)
    {
        var descriptor = SocketNative.Socket((int)family, 2 | SocketNative.NonBlocking | SocketNative.CloseOnExec, 0);
        return descriptor < 0 ? -Marshal.GetLastPInvokeError() : descriptor;
    }

    /// <summary>Binds. The answer is 0 or the number of errno(3).</summary>
    public static unsafe int Bind(int descriptor, in SocketAddress128 address)
    {
        fixed (byte* bytes = address.Bytes)
        {
            return SocketNative.Bind(descriptor, bytes, (uint)address.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Listens. The answer is 0 or the number of errno(3).</summary>
    public static int Listen(int descriptor, int backlog) =>
        SocketNative.Listen(descriptor, backlog) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Accepts a connection, non-blocking and closed on exec. A negative answer is minus the number of errno(3).</summary>
    public static unsafe int Accept(int listener, ref SocketAddress128 peer)
    {
        uint length = SocketAddress128.Size;
        int descriptor;
        fixed (byte* bytes = peer.Buffer)
        {
            descriptor = SocketNative.Accept(listener, bytes, &length, SocketNative.NonBlocking | SocketNative.CloseOnExec);
        }

        if (descriptor < 0)
        {
            return -Marshal.GetLastPInvokeError();
        }

        peer.SetLength((int)length);
        return descriptor;
    }

    /// <summary>Starts to connect. The answer is 0 when connected, <see cref="Errno.Einprogress"/> when under way, else why not.</summary>
    public static unsafe int Connect(int descriptor, in SocketAddress128 address)
    {
        fixed (byte* bytes = address.Bytes)
        {
            return SocketNative.Connect(descriptor, bytes, (uint)address.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Reads what is there.</summary>
    public static unsafe IoResult Receive(int descriptor, Span<byte> into)
    {
        fixed (byte* bytes = into)
        {
            return Judge(SocketNative.Receive(descriptor, bytes, (nuint)into.Length, 0), zeroIsClosed: true);
        }
    }

    /// <summary>Reads what is there and leaves it there.</summary>
    public static unsafe IoResult Peek(int descriptor, Span<byte> into)
    {
        fixed (byte* bytes = into)
        {
            return Judge(SocketNative.Receive(descriptor, bytes, (nuint)into.Length, SocketNative.Peek), zeroIsClosed: true);
        }
    }

    /// <summary>Writes what fits. A broken pipe raises no signal.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="bytes">What to write; must not be empty.</param>
    /// <param name="more">More follows at once: the kernel may wait for it before it sends a packet that is not full.</param>
    public static unsafe IoResult Send(int descriptor, ReadOnlySpan<byte> bytes, bool more = false)
    {
        fixed (byte* first = bytes)
        {
            return Judge(
                SocketNative.Send(descriptor, first, (nuint)bytes.Length, SocketNative.NoSignal | (more ? SocketNative.MoreFollows : 0)),
                zeroIsClosed: false);
        }
    }

    /// <summary>Writes two runs of bytes with one call.</summary>
    public static unsafe IoResult Send(int descriptor, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool more = false)
    {
        fixed (byte* one = first)
        fixed (byte* two = second)
        {
            var vectors = stackalloc IoVector[2];
            vectors[0] = new IoVector { Base = one, Length = (nuint)first.Length };
            vectors[1] = new IoVector { Base = two, Length = (nuint)second.Length };
            var message = new MessageHeader { Vectors = vectors, VectorCount = 2 };
            return Judge(
                SocketNative.SendMessage(descriptor, &message, SocketNative.NoSignal | (more ? SocketNative.MoreFollows : 0)),
                zeroIsClosed: false);
        }
    }

    /// <summary>Sends a datagram.</summary>
    public static unsafe IoResult SendTo(int descriptor, ReadOnlySpan<byte> bytes, in SocketAddress128 to)
    {
        fixed (byte* first = bytes)
        fixed (byte* address = to.Bytes)
        {
            return Judge(
                SocketNative.SendTo(descriptor, first, (nuint)bytes.Length, SocketNative.NoSignal, address, (uint)to.Length),
                zeroIsClosed: false);
        }
    }

    /// <summary>Closes our direction: the peer reads the end.</summary>
    public static void ShutdownWrite(int descriptor) => _ = SocketNative.Shutdown(descriptor, 1);

    /// <summary>Stops taking connections on a listener without closing it (both directions).</summary>
    public static void ShutdownRead(int descriptor) => _ = SocketNative.Shutdown(descriptor, 0);

    /// <summary>Makes an inherited descriptor non-blocking.</summary>
    public static void SetNonBlocking(int descriptor)
    {
        const int GetFlags = 3;
        const int SetFlags = 4;
        _ = SocketNative.Control(descriptor, SetFlags, SocketNative.Control(descriptor, GetFlags, 0) | SocketNative.NonBlocking);
    }

    /// <summary>Closes the descriptor.</summary>
    public static void Close(int descriptor) => _ = SocketNative.Close(descriptor);

    /// <summary>Takes the pending error of a connection: 0 where there is none.</summary>
    public static int TakeError(int descriptor) => GetOption(descriptor, SocketOption.SocketLevel, SocketOption.Error, out var value) ? value : Errno.Econnreset;

    /// <summary>Reads an option that is a number.</summary>
    public static unsafe bool GetOption(int descriptor, int level, int option, out int value)
    {
        int read = 0;
        uint length = sizeof(int);
        var done = SocketNative.GetOption(descriptor, level, option, &read, &length) == 0;
        value = read;
        return done;
    }

    /// <summary>Sets an option that is a number. The answer is 0 or the number of errno(3).</summary>
    public static unsafe int SetOption(int descriptor, int level, int option, int value) =>
        SocketNative.SetOption(descriptor, level, option, &value, sizeof(int)) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Sets an option that is bytes. The answer is 0 or the number of errno(3).</summary>
    public static unsafe int SetOption(int descriptor, int level, int option, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            return SocketNative.SetOption(descriptor, level, option, bytes, (uint)value.Length) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Makes a close send a reset at once and drop what was not sent (SO_LINGER 0).</summary>
    public static unsafe void ResetOnClose(int descriptor)
    {
        var linger = stackalloc int[2] { 1, 0 };
        _ = SocketNative.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.Linger, linger, 8);
    }

    /// <summary>The address a socket is bound to; empty where it has none.</summary>
    public static unsafe SocketAddress128 LocalAddress(int descriptor)
    {
        var address = default(SocketAddress128);
        uint length = SocketAddress128.Size;
        fixed (byte* bytes = address.Buffer)
        {
            address.SetLength(SocketNative.LocalName(descriptor, bytes, &length) == 0 ? (int)length : 0);
        }

        return address;
    }

    /// <summary>The address a socket is connected to; empty where it has none.</summary>
    public static unsafe SocketAddress128 PeerAddress(int descriptor)
    {
        var address = default(SocketAddress128);
        uint length = SocketAddress128.Size;
        fixed (byte* bytes = address.Buffer)
        {
            address.SetLength(SocketNative.PeerName(descriptor, bytes, &length) == 0 ? (int)length : 0);
        }

        return address;
    }

    private static IoResult Judge(nint moved, bool zeroIsClosed)
    {
        if (moved > 0)
        {
            return new IoResult(IoStatus.Done, (int)moved);
        }

        if (moved == 0)
        {
            return new IoResult(zeroIsClosed ? IoStatus.Closed : IoStatus.Done, 0);
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Errno.Eagain or Errno.Eintr => new IoResult(IoStatus.Again, 0),
            Errno.Epipe => new IoResult(IoStatus.Closed, 0, error),
            _ => new IoResult(IoStatus.Failed, 0, error),
        };
    }
}

/// <summary>Numbers of socket(7), tcp(7), ip(7), ipv6(7) options on Linux.</summary>
public static class SocketOption
{
    /// <summary>SOL_SOCKET</summary>
    public const int SocketLevel = 1;

    /// <summary>SO_REUSEADDR</summary>
    public const int ReuseAddress = 2;

    /// <summary>SO_ERROR</summary>
    public const int Error = 4;

    /// <summary>SO_SNDBUF</summary>
    public const int SendBuffer = 7;

    /// <summary>SO_RCVBUF</summary>
    public const int ReceiveBuffer = 8;

    /// <summary>SO_KEEPALIVE</summary>
    public const int KeepAlive = 9;

    /// <summary>SO_LINGER</summary>
    public const int Linger = 13;

    /// <summary>SO_REUSEPORT</summary>
    public const int ReusePort = 15;

    /// <summary>SO_BINDTODEVICE</summary>
    public const int BindToDevice = 25;

    /// <summary>SO_ACCEPTCONN</summary>
    public const int AcceptsConnections = 30;

    /// <summary>SO_MARK</summary>
    public const int Mark = 36;

    /// <summary>IPPROTO_IP</summary>
    public const int IpLevel = 0;

    /// <summary>IP_TOS</summary>
    public const int IpTos = 1;

    /// <summary>IP_TTL</summary>
    public const int IpTtl = 2;

    /// <summary>IP_FREEBIND</summary>
    public const int IpFreeBind = 15;

    /// <summary>IP_TRANSPARENT</summary>
    public const int IpTransparent = 19;

    /// <summary>IP_BIND_ADDRESS_NO_PORT</summary>
    public const int IpBindAddressNoPort = 24;

    /// <summary>IPPROTO_IPV6</summary>
    public const int Ipv6Level = 41;

    /// <summary>IPV6_V6ONLY</summary>
    public const int Ipv6Only = 26;

    /// <summary>IPV6_TCLASS</summary>
    public const int Ipv6TrafficClass = 67;

    /// <summary>IPV6_TRANSPARENT</summary>
    public const int Ipv6Transparent = 75;

    /// <summary>IPPROTO_TCP</summary>
    public const int TcpLevel = 6;

    /// <summary>TCP_NODELAY</summary>
    public const int TcpNoDelay = 1;

    /// <summary>TCP_MAXSEG</summary>
    public const int TcpMaxSegment = 2;

    /// <summary>TCP_KEEPIDLE</summary>
    public const int TcpKeepAliveIdle = 4;

    /// <summary>TCP_KEEPINTVL</summary>
    public const int TcpKeepAliveInterval = 5;

    /// <summary>TCP_KEEPCNT</summary>
    public const int TcpKeepAliveCount = 6;

    /// <summary>TCP_DEFER_ACCEPT</summary>
    public const int TcpDeferAccept = 9;

    /// <summary>TCP_QUICKACK</summary>
    public const int TcpQuickAck = 12;

    /// <summary>TCP_USER_TIMEOUT</summary>
    public const int TcpUserTimeout = 18;

    /// <summary>TCP_REPAIR</summary>
    public const int TcpRepair = 19;

    /// <summary>TCP_FASTOPEN</summary>
    public const int TcpFastOpen = 23;

    /// <summary>TCP_FASTOPEN_CONNECT</summary>
    public const int TcpFastOpenConnect = 30;
}
