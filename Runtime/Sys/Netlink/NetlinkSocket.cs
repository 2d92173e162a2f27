using System.Runtime.InteropServices;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>A netlink socket: one datagram in, one datagram out.</summary>
public sealed class NetlinkSocket : IDisposable
{
    private const int NetlinkFamily = 16;
    private const int RawType = 3;
    private const int NetlinkLevel = 270;
    private const int AddMembership = 1;
    private const int ForceReceiveBuffer = 33;

    private NetlinkSocket(int descriptor) => Descriptor = descriptor;

    /// <summary>The descriptor; -1 when closed.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Opens a socket to the routing part of the kernel.</summary>
    /// <param name="error">Why it was not opened.</param>
    /// <param name="nonBlocking">Whether reading does not wait.</param>
    /// <param name="groups">What the kernel shall tell by itself.</param>
    public static NetlinkSocket? Open(out SysError error, bool nonBlocking, params ReadOnlySpan<NetlinkGroup> groups) =>
        Open(0, out error, nonBlocking, groups);

    /// <summary>Opens a socket to the packet filter.</summary>
    public static NetlinkSocket? OpenNetfilter(out SysError error) => Open(12, out error, nonBlocking: false);

    /// <summary>Opens a socket to what the kernel tells about processes; only in the first network namespace is there anybody who does.</summary>
    internal static NetlinkSocket? OpenProcessEvents(out SysError error)
    {
        const int connector = 11, processes = 1; // NETLINK_CONNECTOR, CN_IDX_PROC
        return Open(connector, out error, nonBlocking: true, (NetlinkGroup)processes);
    }

    /// <summary>Asks for a receive buffer, above the limit of the system where the process may.</summary>
    /// <param name="bytes">Its size.</param>
    public void SetReceiveBuffer(int bytes)
    {
        if (RawSocket.SetOption(Descriptor, SocketOption.SocketLevel, ForceReceiveBuffer, bytes) != 0)
        {
            _ = RawSocket.SetOption(Descriptor, SocketOption.SocketLevel, SocketOption.ReceiveBuffer, bytes);
        }
    }

    /// <summary>Has the kernel tell about one more group.</summary>
    public SysError Join(NetlinkGroup group) => new(RawSocket.SetOption(Descriptor, NetlinkLevel, AddMembership, (int)group));

    /// <summary>Sends one message, or several in a batch, to the kernel.</summary>
    public SysError Send(ReadOnlySpan<byte> messages)
    {
        while (true)
        {
            var result = RawSocket.Send(Descriptor, messages);
            if (result.Status != IoStatus.Again)
            {
                return new SysError(result.Error);
            }
        }
    }

    /// <summary>Receives one datagram.</summary>
    /// <param name="into">Room for it; 32 kB hold whatever the kernel sends at once.</param>
    /// <param name="count">Its length.</param>
    /// <returns>None; <see cref="SysError.IsAgain"/> where there is nothing; <see cref="SysError.IsNoBuffers"/> where messages were lost.</returns>
    public unsafe SysError Receive(Span<byte> into, out int count)
    {
        fixed (byte* bytes = into)
        {
            while (true)
            {
                var moved = SocketNative.Receive(Descriptor, bytes, (nuint)into.Length, 0);
                var error = SysError.Of(moved);
                if (error.IsInterrupted)
                {
                    continue;
                }

                count = error.IsNone ? (int)moved : 0;
                return error;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            RawSocket.Close(Descriptor);
            Descriptor = -1;
        }
    }

    private static NetlinkSocket? Open(int protocol, out SysError error, bool nonBlocking, params ReadOnlySpan<NetlinkGroup> groups)
    {
        var type = RawType | SocketNative.CloseOnExec | (nonBlocking ? SocketNative.NonBlocking : 0);
        var descriptor = SocketNative.Socket(NetlinkFamily, type, protocol);
        error = SysError.Of(descriptor);
        if (!error.IsNone)
        {
            return null;
        }

        var socket = new NetlinkSocket(descriptor);
        var address = default(SocketAddress128);
        MemoryMarshal.Write(address.Buffer, (ushort)NetlinkFamily);
        address.SetLength(12);
        error = new SysError(RawSocket.Bind(descriptor, address));
        foreach (var group in groups)
        {
            error = error.IsNone ? socket.Join(group) : error;
        }

        if (error.IsNone)
        {
            return socket;
        }

        socket.Dispose();
        return null;
    }
}
