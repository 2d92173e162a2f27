using System.Buffers.Binary;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>What happened to a process.</summary>
public enum ProcessEventKind
{
    /// <summary>It was made as a copy of another one.</summary>
    Fork,

    /// <summary>It runs another program now.</summary>
    Execute,

    /// <summary>It changed its name.</summary>
    Rename,

    /// <summary>It ended.</summary>
    Exit,

    /// <summary>Events were lost: all processes are to be looked at again.</summary>
    Lost,
}

/// <summary>One event of one process.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Pid">To whom.</param>
public readonly record struct ProcessEvent(ProcessEventKind Kind, int Pid);

/// <summary>What the kernel tells about processes as they come and go (connector, CN_IDX_PROC; needs CAP_NET_ADMIN).</summary>
public sealed class ProcessEvents : IDisposable
{
    private const int HeaderSize = 16, ConnectorSize = 20, EventSize = 16; // nlmsghdr, cn_msg, the head of proc_event
    private const uint ForkEvent = 1, ExecuteEvent = 2, RenameEvent = 0x200, ExitEvent = 0x80000000;
    private readonly NetlinkSocket _socket;
    private readonly byte[] _buffer = new byte[8192];

    private ProcessEvents(NetlinkSocket socket) => _socket = socket;

    /// <summary>Begins to listen; null with the reason where the kernel does not tell.</summary>
    public static ProcessEvents? Open(out SysError error)
    {
        var socket = NetlinkSocket.OpenProcessEvents(out error);
        if (socket == null)
            return null;
        error = Ask(socket);
        if (error.IsNone)
            return new ProcessEvents(socket);
        socket.Dispose();
        return null;
    }

    /// <summary>Readable while events wait.</summary>
    public int Descriptor => _socket.Descriptor;

    /// <summary>Takes the events that wait.</summary>
    public void Take(List<ProcessEvent> events)
    {
        while (true)
        {
            var error = _socket.Receive(_buffer, out var count);
            if (error.Code == Errno.Enobufs)
            {
                events.Add(new ProcessEvent(ProcessEventKind.Lost, 0));
                continue;
            }
            if (!error.IsNone || count == 0)
                return;
            Read(_buffer.AsSpan(0, count), events);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Reads one datagram of events.</summary>
    internal static void Read(ReadOnlySpan<byte> datagram, List<ProcessEvent> events)
    {
        while (datagram.Length >= HeaderSize + ConnectorSize + EventSize + 8)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(datagram);
            var body = datagram[(HeaderSize + ConnectorSize)..];
            var pid = BinaryPrimitives.ReadInt32LittleEndian(body[EventSize..]);
            var group = BinaryPrimitives.ReadInt32LittleEndian(body[(EventSize + 4)..]);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(body))
            {
                case ForkEvent when body.Length >= EventSize + 16:
                    var child = BinaryPrimitives.ReadInt32LittleEndian(body[(EventSize + 8)..]);
                    if (child == BinaryPrimitives.ReadInt32LittleEndian(body[(EventSize + 12)..]))
                        events.Add(new ProcessEvent(ProcessEventKind.Fork, child));
                    break;
                case ExecuteEvent when pid == group:
                    events.Add(new ProcessEvent(ProcessEventKind.Execute, pid));
                    break;
                case RenameEvent when pid == group:
                    events.Add(new ProcessEvent(ProcessEventKind.Rename, pid));
                    break;
                case ExitEvent when pid == group:
                    events.Add(new ProcessEvent(ProcessEventKind.Exit, pid));
                    break;
            }
            if (length < HeaderSize || length >= datagram.Length)
                return;
            datagram = datagram[((length + 3) & ~3)..];
        }
    }

    private static SysError Ask(NetlinkSocket socket)
    {
        const int done = 3; // NLMSG_DONE
        Span<byte> message = stackalloc byte[HeaderSize + ConnectorSize + 4];
        message.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt16LittleEndian(message[4..], done);
        BinaryPrimitives.WriteInt32LittleEndian(message[HeaderSize..], 1);        // CN_IDX_PROC
        BinaryPrimitives.WriteInt32LittleEndian(message[(HeaderSize + 4)..], 1);  // CN_VAL_PROC
        BinaryPrimitives.WriteInt16LittleEndian(message[(HeaderSize + 16)..], 4); // the length of what follows
        BinaryPrimitives.WriteInt32LittleEndian(message[(HeaderSize + ConnectorSize)..], 1); // PROC_CN_MCAST_LISTEN
        return socket.Send(message);
    }
}
