using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>The two sockets of one channel: one receives, one sends.</summary>
internal sealed class AdvertSocket : Pollable
{
    private const int MostInARow = 200;

    private readonly RawIpSocket _receiver;
    private readonly RawIpSocket _sender;
    private readonly byte[] _room;
    private readonly Receiver _deliver;

    private AdvertSocket(AdvertChannel channel, int index, RawIpSocket receiver, RawIpSocket sender, byte[] room, Receiver deliver)
    {
        (Channel, Index, _receiver, _sender, _room, _deliver) = (channel, index, receiver, sender, room, deliver);
        Descriptor = receiver.Descriptor;
    }

    /// <summary>Takes a packet.</summary>
    internal delegate void Receiver(AdvertChannel channel, in AdvertEnvelope envelope, ReadOnlySpan<byte> datagram);

    /// <summary>What it is for.</summary>
    internal AdvertChannel Channel { get; }

    /// <summary>The number of its interface when it was opened.</summary>
    internal int Index { get; }

    /// <summary>The socket that sends.</summary>
    internal int SendDescriptor => _sender.Descriptor;

    /// <summary>Opens both.</summary>
    internal static AdvertSocket? Open(AdvertChannel channel, int index, int receiveBuffer, byte[] room, Receiver deliver, out SysError error)
    {
        var address = channel.Address.ToIPAddress();
        var options = new RawIpOptions
        {
            Family = channel.Family, Protocol = channel.Protocol, Interface = channel.Interface, InterfaceIndex = index,
            Group = channel.IsUnicast ? null : address, Local = address, ReceiveBuffer = receiveBuffer, ChecksumOffset = 6,
        };
        if (RawIpSocket.OpenReceiver(options, out error) is not { } receiver)
        {
            return null;
        }

        if (RawIpSocket.OpenSender(options, out error) is { } sender)
        {
            return new AdvertSocket(channel, index, receiver, sender, room, deliver);
        }

        receiver.Dispose();
        return null;
    }

    /// <summary>Takes over the two that the predecessor of this program opened, with what lies in them.</summary>
    internal static AdvertSocket Adopt(AdvertChannel channel, int index, int receive, int send, byte[] room, Receiver deliver) =>
        new(channel, index, RawIpSocket.Adopt(receive, channel.Family), RawIpSocket.Adopt(send, channel.Family), room, deliver);

    /// <summary>Sends a packet.</summary>
    internal SysError Send(RouterAddress source, RouterAddress destination, int hops, ReadOnlySpan<byte> datagram)
    {
        Span<byte> to = stackalloc byte[16];
        destination.Write(to);
        Span<byte> from = stackalloc byte[16];
        source.Write(from);
        return _sender.Send(datagram, to[..destination.Length], Index, source.IsV6 ? from : default, hops);
    }

    /// <summary>Reads what is there, a limited number of packets: a flood must not starve the timers.</summary>
    internal void Drain()
    {
        for (var budget = MostInARow; budget > 0 && Descriptor >= 0; budget--)
        {
            if (!_receiver.Receive(_room, out var arrival).IsNone)
            {
                return;
            }

            var envelope = new AdvertEnvelope(ToAddress(arrival.Source), ToAddress(arrival.Destination), arrival.HopLimit);
            _deliver(Channel, envelope, _room.AsSpan(0, arrival.Count));
        }
    }

    private static RouterAddress ToAddress(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return number == 0 ? RouterAddress.None : RouterAddress.Read(bytes);
    }

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events) => Drain();

    internal void Close(Loop loop)
    {
        loop.Forget(this);
        _receiver.Dispose();
        _sender.Dispose();
        Descriptor = -1;
    }
}
