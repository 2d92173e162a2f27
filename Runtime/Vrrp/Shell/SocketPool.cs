using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell.Events;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>One pair of sockets for each channel that the core wants, however many instances share it.</summary>
public sealed partial class SocketPool
{
    private const int NoDevice = 19;
    private const int ReceiveRoom = 64 * 1024;

    private readonly Loop _loop;
    private readonly InterfaceTable _interfaces;
    private readonly AdvertSocket.Receiver _deliver;
    private readonly List<AdvertSocket> _sockets = [];
    private readonly Dictionary<AdvertChannel, SysError> _failures = [];
    private readonly byte[] _room = new byte[ReceiveRoom];

    internal SocketPool(Loop loop, InterfaceTable interfaces, AdvertSocket.Receiver deliver) =>
        (_loop, _interfaces, _deliver) = (loop, interfaces, deliver);

    /// <summary>The open pairs, for the data dump: the channel, the receiving and the sending descriptor.</summary>
    public IEnumerable<(AdvertChannel Channel, int Receive, int Send)> Open =>
        _sockets.Select(socket => (socket.Channel, socket.Descriptor, socket.SendDescriptor));

    /// <summary>Opens what is missing and closes what is not wanted, or whose interface is another one now.</summary>
    internal void Reconcile(IReadOnlyList<AdvertChannel> wanted, Func<AdvertChannel, int> receiveBuffer, Action<VrrpEvent> log)
    {
        foreach (var socket in _sockets.ToArray())
        {
            if (!wanted.Contains(socket.Channel) || IndexOf(socket.Channel) != socket.Index)
            {
                _sockets.Remove(socket);
                socket.Close(_loop);
            }
        }

        foreach (var channel in wanted)
        {
            if (Find(channel) is null)
            {
                TryOpen(channel, receiveBuffer(channel), log);
            }
        }
    }

    /// <summary>Tells of the sockets that are open, as if they had just been opened.</summary>
    internal void Tell(IReadOnlyList<AdvertChannel> channels, Action<VrrpEvent> log)
    {
        foreach (var channel in channels)
        {
            if (Find(channel) is { } socket)
            {
                log(new SocketsOpened(channel, socket.Index, socket.Descriptor, socket.SendDescriptor));
            }
        }
    }

    /// <summary>Sends an advert.</summary>
    internal SysError Send(AdvertChannel channel, RouterAddress source, RouterAddress destination, int hops, ReadOnlySpan<byte> datagram)
    {
        if (Find(channel) is { } socket)
        {
            return socket.Send(source, destination, hops, datagram);
        }

        return _failures.TryGetValue(channel, out var error) ? error : new SysError(NoDevice);
    }

    /// <summary>Reads all sockets.</summary>
    internal void Drain()
    {
        // Delivering a packet may close sockets: the list is walked from its end.
        for (var at = _sockets.Count - 1; at >= 0; at--)
        {
            if (at < _sockets.Count)
            {
                _sockets[at].Drain();
            }
        }
    }

    internal void CloseAll()
    {
        foreach (var socket in _sockets)
        {
            socket.Close(_loop);
        }

        _sockets.Clear();
    }

    private void TryOpen(AdvertChannel channel, int receiveBuffer, Action<VrrpEvent> log)
    {
        var index = IndexOf(channel);
        if (index == 0 && channel.Interface is not null)
        {
            return; // the interface will appear
        }

        if (channel.Address.IsNone)
        {
            return; // so will the address
        }

        if (AdvertSocket.Open(channel, index, receiveBuffer, _room, _deliver, out var error) is { } socket)
        {
            _failures.Remove(channel);
            _sockets.Add(socket);
            _loop.Watch(socket, EpollFlags.In);
            log(new SocketsOpened(channel, index, socket.Descriptor, socket.SendDescriptor));
            return;
        }

        if (!_failures.TryGetValue(channel, out var known) || known != error)
        {
            _failures[channel] = error;
            log(new SocketsFailed(channel, error));
        }
    }

    private AdvertSocket? Find(AdvertChannel channel) => _sockets.Find(socket => socket.Channel == channel);

    private int IndexOf(AdvertChannel channel) => channel.Interface is { } name ? _interfaces.IndexOf(name) : 0;
}
