using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Process;

/// <summary>One descriptor to wait for (struct pollfd).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PollEntry
{
    /// <summary>Something can be read, or a connection accepted.</summary>
    public const short In = 1;

    /// <summary>Something can be written.</summary>
    public const short Out = 4;

    /// <summary>The descriptor; a negative one is skipped.</summary>
    public int Descriptor;

    /// <summary>What to wait for: <see cref="In"/>, <see cref="Out"/>.</summary>
    public short Wanted;

    /// <summary>What has come; other bits than the wanted ones are errors and hang-ups.</summary>
    public short Ready;
}

/// <summary>
/// Waiting for a handful of descriptors (poll(2)). For processes with few of them, such as a master; the proxies' loops use epoll.
/// </summary>
public static partial class Polling
{
    /// <summary>Waits until one is ready or the time is over; milliseconds, -1 = for ever. The number of ready entries.</summary>
    public static int Wait(Span<PollEntry> entries, int milliseconds)
    {
        var ready = Poll(entries, (nuint)entries.Length, milliseconds);
        return Math.Max(ready, 0); // EINTR counts as a wake without news
    }

    [LibraryImport(LibC.Name, EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);
}
