namespace Dropin.Runtime.Transport;

/// <summary>How an awaited operation of a socket ended.</summary>
public enum WaitStatus
{
    /// <summary>It did what was asked.</summary>
    Done,

    /// <summary>The peer closed its direction (read), or ours is closed (write).</summary>
    Closed,

    /// <summary>It failed; <see cref="WaitResult.Error"/> says why.</summary>
    Failed,

    /// <summary>The deadline passed first.</summary>
    TimedOut,

    /// <summary>The socket was closed by its owner meanwhile.</summary>
    Cancelled,
}

/// <summary>The outcome of an awaited operation.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Count">Bytes moved.</param>
/// <param name="Error">The number of errno(3); 0 unless <see cref="WaitStatus.Failed"/>.</param>
public readonly record struct WaitResult(WaitStatus Status, int Count = 0, int Error = 0)
{
    /// <summary>Whether it did what was asked.</summary>
    public bool IsDone => Status == WaitStatus.Done;
}
