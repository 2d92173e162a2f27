using System.Net.Sockets;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Shell;

/// <summary>Sockets stay open while the program executes its successor: no group is left, and what comes meanwhile waits in them.</summary>
public sealed partial class SocketPool
{
    /// <summary>The descriptors that the successor takes over.</summary>
    internal IEnumerable<int> Handed => Open.SelectMany(open => (int[])[open.Receive, open.Send]);

    internal void Save(StateWriter to)
    {
        to.PutEach(Field.Socket, _sockets, static (writer, socket) =>
        {
            Save(writer, socket.Channel);
            writer.Put(Field.Index, socket.Index);
            writer.Put(Field.Receive, socket.Descriptor);
            writer.Put(Field.Send, socket.SendDescriptor);
        });
        to.PutEach(Field.Failure, _failures, static (writer, failure) =>
        {
            Save(writer, failure.Key);
            writer.Put(Field.Error, failure.Value.Code);
        });
    }

    internal void Restore(StateRecord from, IReadOnlyList<AdvertChannel> wanted)
    {
        foreach (var one in from.Records(Field.Socket))
        {
            var (receive, send) = (one.Small(Field.Receive), one.Small(Field.Send));
            if (Find(wanted, one) is { } channel)
            {
                var socket = AdvertSocket.Adopt(channel, one.Small(Field.Index), receive, send, _room, _deliver);
                _sockets.Add(socket);
                _loop.Watch(socket, EpollFlags.In);
            }
            else
            {
                Descriptors.Close(receive);
                Descriptors.Close(send);
            }
        }

        foreach (var one in from.Records(Field.Failure))
        {
            if (Find(wanted, one) is { } channel)
            {
                _failures[channel] = new SysError(one.Small(Field.Error));
            }
        }
    }

    private static void Save(StateWriter to, AdvertChannel channel)
    {
        to.Put(Field.Interface, channel.Interface);
        to.Put(Field.IsV6, channel.Family == AddressFamily.InterNetworkV6);
        to.Put(Field.UsesHeader, channel.UsesHeader);
        to.Put(Field.IsUnicast, channel.IsUnicast);
        InstanceState.Put(to, Field.Address, channel.Address);
    }

    private static AdvertChannel? Find(IReadOnlyList<AdvertChannel> wanted, StateRecord from) => wanted.FirstOrDefault(channel =>
        channel.Interface == from.Text(Field.Interface) && channel.Family == AddressFamily.InterNetworkV6 == from.Flag(Field.IsV6)
        && channel.UsesHeader == from.Flag(Field.UsesHeader) && channel.IsUnicast == from.Flag(Field.IsUnicast)
        && channel.Address == RouterAddress.Read(from.Bytes(Field.Address).Span));

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Socket = 1, Failure = 2, Interface = 1, IsV6 = 2, UsesHeader = 3, IsUnicast = 4, Address = 5, Index = 6, Receive = 7, Send = 8, Error = 9;
    }
}
