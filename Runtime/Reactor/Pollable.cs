using Dropin.Runtime.Sys.Epoll;

namespace Dropin.Runtime.Reactor;

/// <summary>Something with a descriptor that a loop watches.</summary>
/// <remarks>
/// The loop knows it by slot and generation, packed into the 64 bits that epoll gives back: an event that was fetched
/// before the descriptor was closed belongs to a past generation and is dropped.
/// </remarks>
public abstract class Pollable
{
    internal int Slot = -1;

    /// <summary>The descriptor; -1 when closed.</summary>
    public int Descriptor { get; protected set; } = -1;

    /// <summary>Whether a loop watches it.</summary>
    public bool IsWatched => Slot >= 0;

    /// <summary>Tells what the kernel said. Called on the loop's thread.</summary>
    protected internal abstract void OnEvents(Loop loop, EpollFlags events);
}
