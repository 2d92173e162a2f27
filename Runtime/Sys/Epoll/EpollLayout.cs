using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Epoll;

/// <summary>
/// Where the parts of struct epoll_event stand: the flags come first, then the handle. The structure is packed on x86-64 and nowhere else, so no C# structure
/// fits all machines.
/// </summary>
/// <param name="Size">Bytes of one event.</param>
/// <param name="HandleAt">The first byte of the 64 bits given at registration.</param>
internal readonly record struct EpollLayout(int Size, int HandleAt)
{
    /// <summary>The most bytes that an event has anywhere.</summary>
    internal const int MostSize = 16;

    /// <summary>This machine's.</summary>
    internal static readonly EpollLayout Here = Of(RuntimeInformation.ProcessArchitecture);

    /// <summary>That of a 64-bit machine of Linux.</summary>
    internal static EpollLayout Of(Architecture architecture) => architecture == Architecture.X64 ? new(12, 4) : new(16, 8);

    /// <summary>Writes an event.</summary>
    internal void Write(Span<byte> into, EpollFlags flags, ulong handle)
    {
        Unsafe.WriteUnaligned(ref into[0], (uint)flags);
        Unsafe.WriteUnaligned(ref into.Slice(HandleAt, sizeof(ulong))[0], handle);
    }

    /// <summary>Reads the event with that number.</summary>
    internal PollerEvent Read(ReadOnlySpan<byte> events, int index)
    {
        var one = events.Slice(index * Size, Size);
        return new PollerEvent((EpollFlags)MemoryMarshal.Read<uint>(one), MemoryMarshal.Read<ulong>(one[HandleAt..]));
    }
}
