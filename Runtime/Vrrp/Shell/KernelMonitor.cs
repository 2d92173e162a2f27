using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Netlink;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Hears what the kernel tells about links, addresses, routes and rules.</summary>
internal sealed class KernelMonitor : Pollable, IDisposable
{
    private const int ReceiveBuffer = 1024 * 1024;

    private readonly NetlinkSocket _socket;
    private readonly byte[] _room = new byte[64 * 1024];

    private KernelMonitor(NetlinkSocket socket)
    {
        _socket = socket;
        Descriptor = socket.Descriptor;
    }

    /// <summary>A message came.</summary>
    internal event NetlinkConversation.Listener? Heard;

    /// <summary>All messages that were there have been heard.</summary>
    internal event Action? Quiet;

    /// <summary>Messages were lost: what is known has to be asked for again.</summary>
    internal event Action? Lost;

    /// <summary>Opens the socket; the groups are joined before anything is dumped, so that nothing falls between.</summary>
    internal static KernelMonitor? Open(Loop loop, out SysError error)
    {
        var socket = NetlinkSocket.Open(
            out error, nonBlocking: true, NetlinkGroup.Link, NetlinkGroup.Address4, NetlinkGroup.Address6, NetlinkGroup.Route4, NetlinkGroup.Route6,
            NetlinkGroup.Rule4, NetlinkGroup.Rule6);
        if (socket is null)
        {
            return null;
        }

        socket.SetReceiveBuffer(ReceiveBuffer);
        var monitor = new KernelMonitor(socket);
        loop.Watch(monitor, EpollFlags.In);
        return monitor;
    }

    /// <summary>Reads all that is there.</summary>
    internal void Drain()
    {
        while (Descriptor >= 0)
        {
            var error = _socket.Receive(_room, out var count);
            if (error.IsNoBuffers)
            {
                Lost?.Invoke();
                continue;
            }

            if (!error.IsNone)
            {
                break;
            }

            var reader = new NetlinkReader(_room.AsSpan(0, count));
            while (reader.Next())
            {
                Heard?.Invoke(reader);
            }
        }

        Quiet?.Invoke();
    }

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events) => Drain();

    internal void Close(Loop loop)
    {
        loop.Forget(this);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        Descriptor = -1;
    }
}
