using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>A socket that sends whole frames by a link (packet(7)); it receives nothing.</summary>
public sealed class LinkPacketSocket : IDisposable
{
    private const int PacketFamily = 17;
    private const int RawType = 3;

    private readonly int _protocol;

    private LinkPacketSocket(int descriptor, int protocol) => (Descriptor, _protocol) = (descriptor, protocol);

    /// <summary>The descriptor; -1 when closed.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Opens a socket in the network namespace of the calling thread.</summary>
    /// <param name="protocol">The EtherType of the frames: 0x0806 ARP, 0x86dd IPv6.</param>
    /// <param name="error">Why it was not opened.</param>
    public static LinkPacketSocket? Open(int protocol, out SysError error)
    {
        // Protocol 0: the kernel has nothing to deliver, even before the filter is there.
        var descriptor = SocketNative.Socket(PacketFamily, RawType | SocketNative.CloseOnExec | SocketNative.NonBlocking, 0);
        error = SysError.Of(descriptor);
        if (!error.IsNone)
        {
            return null;
        }

        error = SocketFilter.DropAll(error, descriptor);
        if (error.IsNone)
        {
            return new LinkPacketSocket(descriptor, protocol);
        }

        RawSocket.Close(descriptor);
        return null;
    }

    /// <summary>Sends a frame.</summary>
    /// <param name="frame">The frame, with the Ethernet header.</param>
    /// <param name="index">The link's number.</param>
    public unsafe SysError Send(ReadOnlySpan<byte> frame, int index)
    {
        Span<byte> address = stackalloc byte[20]; // struct sockaddr_ll
        address.Clear();
        MemoryMarshal.Write(address, (ushort)PacketFamily);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], (ushort)_protocol);
        MemoryMarshal.Write(address[4..], index);
        address[11] = 6;
        frame[..6].CopyTo(address[12..]);
        fixed (byte* bytes = frame)
        fixed (byte* to = address)
        {
            while (true)
            {
                var error = SysError.Of(SocketNative.SendTo(Descriptor, bytes, (nuint)frame.Length, SocketNative.NoSignal, to, 20));
                if (!error.IsInterrupted)
                {
                    return error;
                }
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
}
