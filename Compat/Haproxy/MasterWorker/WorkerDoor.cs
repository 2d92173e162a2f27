using Dropin.Compat.Haproxy.Start;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>
/// A worker's end of the socket pair to its master: the connections that come out of it belong to the CLI, at the highest level, but for the
/// request to hand over the listening sockets, which is answered here. When the master is gone, so is the reason to serve: as with the
/// original, the worker ends.
/// </summary>
internal sealed class WorkerDoor : Pollable
{
    private readonly ListenerExport _export;
    private readonly ICliServer? _cli;
    private readonly Action _masterGone;

    internal WorkerDoor(int pair, ListenerExport export, ICliServer? cli, Action masterGone)
    {
        (_export, _cli, _masterGone) = (export, cli, masterGone);
        Descriptor = pair;
        _ = Descriptors.SetNonBlocking(pair, true);
    }

    /// <inheritdoc/>
    protected override void OnEvents(Loop loop, EpollFlags events)
    {
        while (true)
        {
            var connection = SocketPairs.Accept(Descriptor, out var error);
            if (connection >= 0)
            {
                _ = Descriptors.SetNonBlocking(connection, true);
                new FirstWord(this, connection).Wait(loop);
                continue;
            }
            if (error.IsNone)
            {
                loop.Unwatch(this);
                _masterGone();
            }
            return;
        }
    }

    /// <summary>A connection of which it is not known yet what it wants.</summary>
    private sealed class FirstWord : Pollable
    {
        private readonly WorkerDoor _door;

        internal FirstWord(WorkerDoor door, int connection)
        {
            _door = door;
            Descriptor = connection;
        }

        internal void Wait(Loop loop)
        {
            if (!loop.Watch(this, EpollFlags.In))
                Descriptors.Close(Descriptor);
        }

        /// <inheritdoc/>
        protected override void OnEvents(Loop loop, EpollFlags events)
        {
            Span<byte> first = stackalloc byte[ListenerHandover.Command.Length];
            var read = RawSocket.Peek(Descriptor, first);
            if (read.Status == IoStatus.Again)
                return;
            loop.Unwatch(this);
            if (read.Status == IoStatus.Done && first[..read.Count].SequenceEqual("_getsocks"u8))
            {
                _door._export.SendTo(Descriptor);
                Descriptors.Close(Descriptor);
            }
            else if (read.Status == IoStatus.Done && _door._cli != null)
            {
                _door._cli.Serve(Descriptor, CliLevel.Admin);
            }
            else
            {
                Descriptors.Close(Descriptor);
            }
        }
    }
}
