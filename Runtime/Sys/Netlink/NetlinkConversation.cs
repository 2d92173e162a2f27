using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Requests to the routing part of the kernel and their answers, one after the other. The kernel answers at once: nothing waits.</summary>
public sealed class NetlinkConversation : IDisposable
{
    private const int FirstRoom = 32 * 1024;
    private const int DumpTries = 5;

    private readonly NetlinkSocket _socket;
    private readonly byte[] _room = new byte[FirstRoom];
    private uint _sequence;

    private NetlinkConversation(NetlinkSocket socket) => _socket = socket;

    /// <summary>Takes one message of a dump.</summary>
    public delegate void Listener(in NetlinkReader message);

    /// <summary>Opens a conversation in the network namespace of the calling thread.</summary>
    public static NetlinkConversation? Open(out SysError error) =>
        NetlinkSocket.Open(out error, nonBlocking: false) is { } socket ? new NetlinkConversation(socket) : null;

    /// <summary>Opens a conversation with the packet filter.</summary>
    public static NetlinkConversation? OpenNetfilter(out SysError error) =>
        NetlinkSocket.OpenNetfilter(out error) is { } socket ? new NetlinkConversation(socket) : null;

    /// <summary>Sends a request with <see cref="NetlinkFlags.Acknowledge"/> and tells how it ended.</summary>
    public SysError Execute(NetlinkMessage message)
    {
        message.Sequence = ++_sequence;
        var error = _socket.Send(message.Bytes);
        return error.IsNone ? ReadAnswer(_sequence) : error;
    }

    /// <summary>Sends messages that take effect together; the first error counts.</summary>
    /// <param name="messages">Each with <see cref="NetlinkFlags.Acknowledge"/>, but for the first and the last, which enclose the batch.</param>
    public SysError ExecuteBatch(IReadOnlyList<NetlinkMessage> messages)
    {
        var bytes = new List<byte>();
        var first = _sequence + 1;
        foreach (var message in messages)
        {
            message.Sequence = ++_sequence;
            bytes.AddRange(message.Bytes);
        }

        var error = _socket.Send(CollectionsMarshal.AsSpan(bytes));
        for (var sequence = first + 1; error.IsNone && sequence < _sequence; sequence++)
        {
            error = ReadAnswer(sequence);
        }

        return error;
    }

    /// <summary>Asks for a whole table; where a change disturbs the answer it is asked for again from the beginning.</summary>
    /// <param name="makeRequest">Makes the request; its flags must hold <see cref="NetlinkFlags.Dump"/>.</param>
    /// <param name="restart">Called before each try: what was heard before does not count.</param>
    /// <param name="listen">Hears the messages.</param>
    public SysError Dump(Func<NetlinkMessage> makeRequest, Action restart, Listener listen)
    {
        for (var tries = 1; ; tries++)
        {
            restart();
            var request = makeRequest();
            request.Sequence = ++_sequence;
            var error = _socket.Send(request.Bytes);
            if (!error.IsNone)
            {
                return error;
            }

            error = ReadDump(listen, out var interrupted);
            if (!interrupted || tries == DumpTries)
            {
                return error;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private SysError ReadDump(Listener listen, out bool interrupted)
    {
        interrupted = false;
        while (true)
        {
            var error = _socket.Receive(_room, out var count);
            if (!error.IsNone)
            {
                interrupted |= error.IsNoBuffers;
                return error;
            }

            var reader = new NetlinkReader(_room.AsSpan(0, count));
            while (reader.Next())
            {
                if (reader.Sequence != _sequence)
                {
                    continue;
                }

                interrupted |= (reader.Flags & NetlinkFlags.DumpInterrupted) != 0;
                switch (reader.Kind)
                {
                    case NetlinkKind.Done: return SysError.None;
                    case NetlinkKind.Error: return ReadError(reader.Body);
                    default: listen(reader); break;
                }
            }
        }
    }

    private SysError ReadAnswer(uint sequence)
    {
        while (true)
        {
            var error = _socket.Receive(_room, out var count);
            if (!error.IsNone)
            {
                return error;
            }

            var reader = new NetlinkReader(_room.AsSpan(0, count));
            while (reader.Next())
            {
                if (reader.Kind == NetlinkKind.Error && reader.Sequence >= sequence)
                {
                    return ReadError(reader.Body);
                }
            }
        }
    }

    private static SysError ReadError(ReadOnlySpan<byte> body) => new(body.Length < 4 ? 0 : -MemoryMarshal.Read<int>(body));
}
