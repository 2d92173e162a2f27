using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Where a datagram stands in a run of bytes.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct Datagram(int Offset, int Length);

/// <summary>Several datagrams with one call (sendmmsg(2)).</summary>
public static partial class Datagrams
{
    /// <summary>The most that one call sends.</summary>
    public const int Most = 16;

    /// <summary>Sends datagrams to one address, in their order, as far as the kernel takes them.</summary>
    /// <param name="descriptor">A datagram socket.</param>
    /// <param name="bytes">Where they stand.</param>
    /// <param name="datagrams">Which; at most <see cref="Most"/> are sent.</param>
    /// <param name="to">Where to.</param>
    /// <returns>How many were taken, or minus the number of errno(3) that met the first one.</returns>
    public static unsafe int Send(int descriptor, ReadOnlySpan<byte> bytes, ReadOnlySpan<Datagram> datagrams, in SocketAddress128 to)
    {
        var count = Math.Min(datagrams.Length, Most);
        var messages = stackalloc MultiMessage[Most];
        var vectors = stackalloc IoVector[Most];
        fixed (byte* first = bytes)
        fixed (byte* address = to.Bytes)
        {
            for (var i = 0; i < count; i++)
            {
                vectors[i] = new IoVector { Base = first + datagrams[i].Offset, Length = (nuint)datagrams[i].Length };
                messages[i] = new MultiMessage
                {
                    Header = new MessageHeader { Name = address, NameLength = (uint)to.Length, Vectors = vectors + i, VectorCount = 1 },
                };
            }

            var sent = SendMessages(descriptor, messages, (uint)count, SocketNative.NoSignal);
            return sent >= 0 ? sent : -Marshal.GetLastPInvokeError();
        }
    }

    [LibraryImport(LibC.Name, EntryPoint = "sendmmsg", SetLastError = true)]
    private static unsafe partial int SendMessages(int descriptor, MultiMessage* messages, uint count, int flags);

    /// <summary>struct mmsghdr</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MultiMessage
    {
        internal MessageHeader Header;
        internal uint Sent;
    }
}
