using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>How a raw IP socket is opened (raw(7), ip(7), ipv6(7)).</summary>
public sealed record RawIpOptions
{
    /// <summary>IPv4 or IPv6.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>The protocol in the IP header: 112 VRRP, 51 AH.</summary>
    public required int Protocol { get; init; }

    /// <summary>The link that it is bound to, by name; null for none.</summary>
    public string? Interface { get; init; }

    /// <summary>The number of that link; 0 for none.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The multicast group that is joined or sent to; null for unicast.</summary>
    public IPAddress? Group { get; init; }

    /// <summary>Where it is bound to; null for everything.</summary>
    public IPAddress? Local { get; init; }

    /// <summary>The receive buffer in bytes; 0 for the system's.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>The hop limit of multicast packets; unicast has the system's where the message gives none.</summary>
    public int MulticastHops { get; init; } = 255;

    /// <summary>The byte of the checksum that the kernel fills in and proves (IPv6); -1 for none.</summary>
    public int ChecksumOffset { get; init; } = -1;
}

/// <summary>A raw IP socket: one to receive with, or one to send with (their options differ, so each has its own).</summary>
/// <remarks>A <see cref="Socket"/> refuses protocol 112 and AF_NETLINK; the C library does not.</remarks>
public sealed class RawIpSocket : IDisposable
{
    private const int RawType = 3;
    private const int DontRoute = 4;
    private const int HopLimitMessage = 52; // IPV6_HOPLIMIT
    private const int PacketInfoMessage = 50; // IPV6_PKTINFO

    private readonly AddressFamily _family;

    private RawIpSocket(int descriptor, AddressFamily family) => (Descriptor, _family) = (descriptor, family);

    /// <summary>The descriptor; -1 when closed.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Takes over a socket that was opened by the former execution of this program, with its options; later executions do not inherit it by themselves.</summary>
    public static RawIpSocket Adopt(int descriptor, AddressFamily family)
    {
        _ = Process.Descriptors.SetInherited(descriptor, false);
        return new RawIpSocket(descriptor, family);
    }

    /// <summary>Opens a socket that receives, non-blocking.</summary>
    public static RawIpSocket? OpenReceiver(RawIpOptions options, out SysError error)
    {
        if (Create(options, out error) is not { } socket)
        {
            return null;
        }

        var descriptor = socket.Descriptor;
        var isV4 = options.Family == AddressFamily.InterNetwork;
        if (options.ReceiveBuffer > 0)
        {
            error = Set(error, descriptor, SocketOption.SocketLevel, SocketOption.ReceiveBuffer, options.ReceiveBuffer);
        }

        error = Set(error, descriptor, isV4 ? 0 : 41, isV4 ? 49 : 29, 0); // IP_MULTICAST_ALL, IPV6_MULTICAST_ALL
        if (options.Group is { } group && error.IsNone)
        {
            error = Join(descriptor, group, options.InterfaceIndex);
        }

        if (options.Local is { } local && error.IsNone)
        {
            error = new SysError(RawSocket.Bind(descriptor, AddressOf(local, options.InterfaceIndex)));
        }

        if (!isV4)
        {
            error = Set(error, descriptor, 41, 51, 1); // IPV6_RECVHOPLIMIT
            error = Set(error, descriptor, 41, 49, 1); // IPV6_RECVPKTINFO
        }

        error = BindToDevice(error, descriptor, options.Interface);
        error = SetChecksum(error, descriptor, options);
        return Keep(socket, error);
    }

    /// <summary>Opens a socket that sends; IPv4 packets are given with their IP header. It receives nothing.</summary>
    public static RawIpSocket? OpenSender(RawIpOptions options, out SysError error)
    {
        if (Create(options, out error) is not { } socket)
        {
            return null;
        }

        var descriptor = socket.Descriptor;
        var isV4 = options.Family == AddressFamily.InterNetwork;
        error = Set(error, descriptor, SocketOption.SocketLevel, SocketOption.ReceiveBuffer, 0);
        error = Set(error, descriptor, isV4 ? 0 : 41, isV4 ? 49 : 29, 0);
        error = SetChecksum(error, descriptor, options);
        if (isV4)
        {
            error = Set(error, descriptor, 0, 3, 1); // IP_HDRINCL
        }
        else if (options.Group is not null)
        {
            error = Set(error, descriptor, 41, 18, options.MulticastHops); // IPV6_MULTICAST_HOPS
        }

        error = BindToDevice(error, descriptor, options.Interface);
        if (options.Group is not null)
        {
            error = SetMulticastInterface(error, descriptor, isV4, options.InterfaceIndex);
            error = Set(error, descriptor, isV4 ? 0 : 41, isV4 ? 34 : 19, 0); // IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP
        }

        error = Set(error, descriptor, isV4 ? 0 : 41, isV4 ? SocketOption.IpTos : SocketOption.Ipv6TrafficClass, 0xc0);
        error = SocketFilter.DropAll(error, descriptor);
        return Keep(socket, error);
    }

    /// <summary>Sends a packet.</summary>
    /// <param name="packet">IPv4: with the IP header; IPv6: what stands behind it.</param>
    /// <param name="to">Where to, 4 or 16 bytes.</param>
    /// <param name="interfaceIndex">IPv6: the link it leaves by.</param>
    /// <param name="source">IPv6: the source address, 16 bytes; empty for the kernel's choice.</param>
    /// <param name="hopLimit">IPv6 unicast: the hop limit; -1 for the system's.</param>
    public unsafe SysError Send(
        ReadOnlySpan<byte> packet, ReadOnlySpan<byte> to, int interfaceIndex, ReadOnlySpan<byte> source = default, int hopLimit = -1)
    {
        var isMulticast = to.Length == 16 ? to[0] == 0xff : (to[0] & 0xf0) == 0xe0;
        var address = SocketAddress128.From(to, 0);
        if (to.Length == 16 && (isMulticast || (to[0] == 0xfe && (to[1] & 0xc0) == 0x80)))
        {
            MemoryMarshal.Write(address.Buffer[24..], interfaceIndex);
        }


        var control = stackalloc byte[64];
        nuint controlLength = 0;
        if (_family == AddressFamily.InterNetworkV6 && source.Length == 16)
        {
            var info = new Span<byte>(control, 40);
            info.Clear();
            MemoryMarshal.Write(info, (nuint)36);
            MemoryMarshal.Write(info[8..], 41);
            MemoryMarshal.Write(info[12..], PacketInfoMessage);
            source.CopyTo(info[16..]);
            MemoryMarshal.Write(info[32..], interfaceIndex);
            controlLength = 40;
        }

        if (_family == AddressFamily.InterNetworkV6 && hopLimit >= 0)
        {
            var hops = new Span<byte>(control + controlLength, 24);
            hops.Clear();
            MemoryMarshal.Write(hops, (nuint)20);
            MemoryMarshal.Write(hops[8..], 41);
            MemoryMarshal.Write(hops[12..], HopLimitMessage);
            MemoryMarshal.Write(hops[16..], hopLimit);
            controlLength += 24;
        }

        fixed (byte* bytes = packet)
        fixed (byte* name = address.Bytes)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)packet.Length };
            var message = new MessageHeader
            {
                Name = name, NameLength = (uint)address.Length, Vectors = &vector, VectorCount = 1,
                Control = controlLength > 0 ? control : null, ControlLength = controlLength,
            };
            while (true)
            {
                var error = SysError.Of(SocketNative.SendMessage(Descriptor, &message, SocketNative.NoSignal | (isMulticast ? DontRoute : 0)));
                if (!error.IsInterrupted)
                {
                    return error;
                }
            }
        }
    }

    /// <summary>Receives a packet.</summary>
    /// <param name="into">Room for it; IPv4 packets come with their IP header.</param>
    /// <param name="arrival">Where it came from and how.</param>
    /// <returns>None; <see cref="SysError.IsAgain"/> where there is nothing.</returns>
    public unsafe SysError Receive(Span<byte> into, out RawIpArrival arrival)
    {
        var control = stackalloc byte[128];
        var name = default(SocketAddress128);
        arrival = default;
        fixed (byte* bytes = into)
        fixed (byte* address = name.Buffer)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)into.Length };
            var message = new MessageHeader
            {
                Name = address, NameLength = SocketAddress128.Size, Vectors = &vector, VectorCount = 1, Control = control, ControlLength = 128,
            };
            nint count;
            SysError error;
            do
            {
                count = ReceiveNative.ReceiveMessage(Descriptor, &message, 0);
                error = SysError.Of(count);
            }
            while (error.IsInterrupted);
            if (!error.IsNone)
            {
                return error;
            }

            name.SetLength((int)message.NameLength);
            arrival = _family == AddressFamily.InterNetwork
                ? new RawIpArrival((int)count, 0, 0, -1, 0)
                : ReadControl(new ReadOnlySpan<byte>(control, (int)message.ControlLength), (int)count, ReadAddress(name.AddressBytes));
            return SysError.None;
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

    private static RawIpArrival ReadControl(ReadOnlySpan<byte> control, int count, UInt128 source)
    {
        UInt128 destination = 0;
        int hops = -1, index = 0;
        while (control.Length >= 16)
        {
            var size = (int)MemoryMarshal.Read<nuint>(control);
            if (size < 16 || size > control.Length)
            {
                break;
            }

            var value = control[16..size];
            switch (MemoryMarshal.Read<int>(control[12..]))
            {
                case HopLimitMessage when value.Length >= 4:
                    hops = MemoryMarshal.Read<int>(value);
                    break;
                case PacketInfoMessage when value.Length >= 20:
                    destination = ReadAddress(value[..16]);
                    index = MemoryMarshal.Read<int>(value[16..]);
                    break;
            }

            control = control[Math.Min((size + 7) & ~7, control.Length)..];
        }

        return new RawIpArrival(count, source, destination, hops, index);
    }

    private static UInt128 ReadAddress(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 16 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) : 0;

    private static RawIpSocket? Create(RawIpOptions options, out SysError error)
    {
        var family = options.Family == AddressFamily.InterNetwork ? SocketFamily.IPv4 : SocketFamily.IPv6;
        var descriptor = SocketNative.Socket((int)family, RawType | SocketNative.CloseOnExec | SocketNative.NonBlocking, options.Protocol);
        error = SysError.Of(descriptor);
        return error.IsNone ? new RawIpSocket(descriptor, options.Family) : null;
    }

    private static RawIpSocket? Keep(RawIpSocket socket, SysError error)
    {
        if (error.IsNone)
        {
            return socket;
        }

        socket.Dispose();
        return null;
    }

    private static SysError Join(int descriptor, IPAddress group, int index)
    {
        Span<byte> request = stackalloc byte[20];
        if (group.AddressFamily == AddressFamily.InterNetwork)
        {
            request[..12].Clear(); // struct ip_mreqn: group, local address, index
            group.TryWriteBytes(request, out _);
            MemoryMarshal.Write(request[8..], index);
            return new SysError(RawSocket.SetOption(descriptor, 0, 35, request[..12]));
        }

        group.TryWriteBytes(request, out _); // struct ipv6_mreq: group, index
        MemoryMarshal.Write(request[16..], index);
        return new SysError(RawSocket.SetOption(descriptor, 41, 20, request));
    }

    private static SysError SetMulticastInterface(SysError before, int descriptor, bool isV4, int index)
    {
        if (!isV4)
        {
            return Set(before, descriptor, 41, 17, index);
        }

        Span<byte> request = stackalloc byte[12];
        request.Clear();
        MemoryMarshal.Write(request[8..], index);
        return before.IsNone ? new SysError(RawSocket.SetOption(descriptor, 0, 32, request)) : before;
    }

    private static SysError SetChecksum(SysError before, int descriptor, RawIpOptions options) =>
        options.ChecksumOffset >= 0 && options.Family == AddressFamily.InterNetworkV6
            ? Set(before, descriptor, 41, 7, options.ChecksumOffset)
            : before;

    private static SysError BindToDevice(SysError before, int descriptor, string? name) =>
        before.IsNone && name is not null ? new SysError(RawSocket.SetOption(descriptor, 1, SocketOption.BindToDevice, System.Text.Encoding.UTF8.GetBytes(name + "\0"))) : before;

    private static SysError Set(SysError before, int descriptor, int level, int option, int value) =>
        before.IsNone ? new SysError(RawSocket.SetOption(descriptor, level, option, value)) : before;

    private static SocketAddress128 AddressOf(IPAddress address, int index)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && (address.IsIPv6LinkLocal || address.IsIPv6Multicast))
        {
            address = new IPAddress(address.GetAddressBytes(), index);
        }

        return SocketAddress128.From(address, 0);
    }
}

/// <summary>How a raw packet arrived.</summary>
/// <param name="Count">Its bytes; IPv4 with the IP header.</param>
/// <param name="Source">IPv6: who sent it; 0 for IPv4, whose header says it.</param>
/// <param name="Destination">IPv6: where it was sent to; 0 for IPv4, whose header says it.</param>
/// <param name="HopLimit">IPv6: its hop limit; -1 for IPv4, whose header says it.</param>
/// <param name="InterfaceIndex">IPv6: the link it came by; 0 for IPv4, whose socket is bound to one.</param>
public readonly record struct RawIpArrival(int Count, UInt128 Source, UInt128 Destination, int HopLimit, int InterfaceIndex);
