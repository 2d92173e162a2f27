namespace Dropin.Runtime.Sys.Sockets;

/// <summary>How a read or write ended.</summary>
public enum IoStatus
{
    /// <summary>Some bytes were moved.</summary>
    Done,

    /// <summary>Not now: the kernel will say when.</summary>
    Again,

    /// <summary>The peer closed its direction (read), or ours is closed (write).</summary>
    Closed,

    /// <summary>It failed; <see cref="IoResult.Error"/> says why.</summary>
    Failed,
}

/// <summary>The outcome of a read or write.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Count">Bytes moved; 0 unless <see cref="IoStatus.Done"/>.</param>
/// <param name="Error">The number of errno(3); 0 unless <see cref="IoStatus.Failed"/>.</param>
public readonly record struct IoResult(IoStatus Status, int Count, int Error = 0);
