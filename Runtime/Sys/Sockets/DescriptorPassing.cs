using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Descriptors sent from process to process over Unix stream sockets (SCM_RIGHTS, unix(7)).</summary>
public static unsafe partial class DescriptorPassing
{
    /// <summary>Most descriptors the kernel passes in one message (SCM_MAX_FD is 253).</summary>
    public const int MostPerMessage = 253;

    private const int SocketLevel = 1, Rights = 1;  // SOL_SOCKET, SCM_RIGHTS
    private const int CloseOnExec = 0x40000000;     // MSG_CMSG_CLOEXEC
    private const int WaitForAll = 0x100;           // MSG_WAITALL
    private const int HeaderSize = 16;              // struct cmsghdr on 64-bit Linux: size, level, type

    /// <summary>Makes two sockets that are connected to one another.</summary>
    public static SysError MakePair(out int one, out int other)
    {
        var ends = stackalloc int[2];
        var error = SysError.Of(SocketPair(1, 1 | SocketNative.CloseOnExec, 0, ends));
        (one, other) = error.IsNone ? (ends[0], ends[1]) : (-1, -1);
        return error;
    }

    /// <summary>Sends bytes (at least one) and with the first of them the descriptors; the receiver gets copies.</summary>
    public static SysError Send(int socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        if (bytes.IsEmpty || descriptors.Length > MostPerMessage)
            throw new ArgumentException("a message has a byte at least and 253 descriptors at most");
        var control = stackalloc byte[HeaderSize + (MostPerMessage + 1) * sizeof(int)];
        fixed (byte* data = bytes)
        {
            var vector = new IoVector { Base = data, Length = (nuint)bytes.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1 };
            if (!descriptors.IsEmpty)
            {
                var size = HeaderSize + descriptors.Length * sizeof(int);
                *(nuint*)control = (nuint)size;
                *(int*)(control + 8) = SocketLevel;
                *(int*)(control + 12) = Rights;
                descriptors.CopyTo(new Span<int>(control + HeaderSize, descriptors.Length));
                message.Control = control;
                message.ControlLength = (nuint)((size + 7) & ~7);
            }
            while (true)
            {
                var sent = SocketNative.SendMessage(socket, &message, SocketNative.NoSignal);
                var error = SysError.Of(sent);
                if (error.IsInterrupted)
                    continue;
                if (!error.IsNone || sent == bytes.Length)
                    return error;
                return Send(socket, bytes[(int)sent..], []); // the rest needs no descriptors
            }
        }
    }

    /// <summary>Receives bytes and the descriptors that come with them, all close-on-exec.</summary>
    /// <param name="socket">A Unix stream socket.</param>
    /// <param name="into">Where the bytes go.</param>
    /// <param name="descriptors">Room for descriptors.</param>
    /// <param name="descriptorCount">How many came; those without room are closed.</param>
    /// <param name="error">Why nothing came.</param>
    /// <param name="waitForAll">Whether to wait until <paramref name="into"/> is full.</param>
    /// <returns>Bytes received; 0 when the peer has closed; -1 with <paramref name="error"/>.</returns>
    public static int Receive(
        int socket, Span<byte> into, Span<int> descriptors, out int descriptorCount, out SysError error, bool waitForAll = false)
    {
        var control = stackalloc byte[HeaderSize + (MostPerMessage + 1) * sizeof(int)];
        descriptorCount = 0;
        fixed (byte* data = into)
        {
            var vector = new IoVector { Base = data, Length = (nuint)into.Length };
            var message = new MessageHeader
            {
                Vectors = &vector, VectorCount = 1, Control = control, ControlLength = HeaderSize + (MostPerMessage + 1) * sizeof(int),
            };
            nint count;
            do
            {
                count = ReceiveNative.ReceiveMessage(socket, &message, CloseOnExec | (waitForAll ? WaitForAll : 0));
                error = SysError.Of(count);
            }
            while (error.IsInterrupted);
            if (error.IsNone)
                descriptorCount = TakeDescriptors(control, (int)message.ControlLength, descriptors);
            return (int)count;
        }
    }

    private static int TakeDescriptors(byte* control, int length, Span<int> descriptors)
    {
        var taken = 0;
        for (var at = 0; at + HeaderSize <= length;)
        {
            var size = (int)*(nuint*)(control + at);
            if (size < HeaderSize || at + size > length)
                break;
            if (*(int*)(control + at + 8) == SocketLevel && *(int*)(control + at + 12) == Rights)
            {
                foreach (var descriptor in new ReadOnlySpan<int>(control + at + HeaderSize, (size - HeaderSize) / sizeof(int)))
                {
                    if (taken < descriptors.Length)
                        descriptors[taken++] = descriptor;
                    else
                        _ = SocketNative.Close(descriptor);
                }
            }
            at += (size + 7) & ~7;
        }
        return taken;
    }

    [LibraryImport(LibC.Name, EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* ends);
}
