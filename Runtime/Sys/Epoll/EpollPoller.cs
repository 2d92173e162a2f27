using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Epoll;

/// <summary>What epoll reports or is asked for. The numbers are the kernel's.</summary>
[Flags]
public enum EpollFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Something can be read.</summary>
    In = 0x001,

    /// <summary>Something can be written.</summary>
    Out = 0x004,

    /// <summary>An error is pending.</summary>
    Error = 0x008,

    /// <summary>Both directions are closed.</summary>
    HangUp = 0x010,

    /// <summary>The peer closed its direction.</summary>
    ReadHangUp = 0x2000,

    /// <summary>Only one of the pollers that share a descriptor is woken.</summary>
    Exclusive = 1u << 28,

    /// <summary>Reported once when it begins, not as long as it lasts.</summary>
    EdgeTriggered = 1u << 31,
}

/// <summary>One event: what happened and the 64 bits given at registration.</summary>
/// <param name="Flags">What happened.</param>
/// <param name="Handle">The value given at registration.</param>
public readonly record struct PollerEvent(EpollFlags Flags, ulong Handle);

/// <summary>An epoll instance with an eventfd that other threads wake it by.</summary>
public sealed class EpollPoller : IDisposable
{
    private readonly byte[] _events;
    private readonly int _most;
    private readonly int _epoll;
    private readonly int _wake;
    private int _wakePending;

    /// <summary>The handle under which a wake-up is reported; it never reaches the caller of <see cref="Wait"/>.</summary>
    private const ulong WakeHandle = ulong.MaxValue;

    /// <summary>Opens a poller.</summary>
    /// <param name="mostEvents">Events taken at once (<c>tune.maxpollevents</c>).</param>
    public EpollPoller(int mostEvents)
    {
        _most = mostEvents;
        _events = new byte[mostEvents * EpollLayout.Here.Size];
        _epoll = EpollNative.Create(EpollNative.CloseOnExec);
        _wake = EpollNative.EventDescriptor(0, EpollNative.CloseOnExec | EpollNative.NonBlocking);
        if (_epoll < 0 || _wake < 0)
        {
            throw new IOException("epoll: " + Errno.Describe(Marshal.GetLastPInvokeError()));
        }

        Register(_wake, EpollFlags.In | EpollFlags.EdgeTriggered, WakeHandle);
    }

    /// <summary>Watches a descriptor. Returns false where it cannot be watched (a plain file).</summary>
    public bool Register(int descriptor, EpollFlags flags, ulong handle) => Control(EpollNative.Add, descriptor, flags, handle);

    /// <summary>Changes what is watched.</summary>
    public bool Change(int descriptor, EpollFlags flags, ulong handle) => Control(EpollNative.Modify, descriptor, flags, handle);

    /// <summary>Stops watching; needed only where the descriptor stays open or is shared with another process.</summary>
    public void Unregister(int descriptor) => _ = Control(EpollNative.Delete, descriptor, EpollFlags.None, 0);

    /// <summary>Waits for events.</summary>
    /// <param name="into">Where they are put; at least as long as the number given at construction.</param>
    /// <param name="milliseconds">How long; 0 not at all, -1 for ever.</param>
    /// <returns>How many there are; 0 after a time-out, a signal or a wake-up alone.</returns>
    public unsafe int Wait(Span<PollerEvent> into, int milliseconds)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = EpollNative.Wait(_epoll, events, Math.Min(_most, into.Length), milliseconds);
        }

        var used = 0;
        for (var i = 0; i < count; i++)
        {
            var happened = EpollLayout.Here.Read(_events, i);
            if (happened.Handle == WakeHandle)
            {
                ulong drained;
                _ = EpollNative.Read(_wake, &drained, sizeof(ulong));
                // A full barrier: what the caller reads next (what others have queued) must not be read before others see that they have to wake again.
                Interlocked.Exchange(ref _wakePending, 0);
                continue;
            }

            into[used++] = happened;
        }

        return used;
    }

    /// <summary>Ends a wait of the owner; may be called from any thread.</summary>
    public unsafe void Wake()
    {
        if (Interlocked.Exchange(ref _wakePending, 1) == 0)
        {
            ulong one = 1;
            _ = EpollNative.Write(_wake, &one, sizeof(ulong));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = EpollNative.Close(_wake);
        _ = EpollNative.Close(_epoll);
    }

    private unsafe bool Control(int operation, int descriptor, EpollFlags flags, ulong handle)
    {
        var what = stackalloc byte[EpollLayout.MostSize];
        EpollLayout.Here.Write(new Span<byte>(what, EpollLayout.MostSize), flags, handle);
        return EpollNative.Control(_epoll, operation, descriptor, what) == 0;
    }
}
