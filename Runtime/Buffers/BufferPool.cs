namespace Dropin.Runtime.Buffers;

/// <summary>
/// A thread's own stock of equal byte blocks (<c>tune.bufsize</c>, manual chapter 3.2). Not thread-safe on purpose: a reactor owns one pool,
/// and a block never leaves its thread. Laws: a block is rented by one owner at a time; whoever rented it returns it exactly once;
/// an idle connection holds none; <see cref="Outstanding"/> is 0 when nothing is in flight (every test ends so).
/// </summary>
public sealed class BufferPool
{
    private readonly byte[][] _free;
    private int _freeCount;
    private int _recentPeak;

    /// <param name="blockSize">Bytes in a block, 1024 or more (HAProxy's default is 16384).</param>
    /// <param name="maxFree">How many returned blocks are kept for reuse; what comes back beyond that is left to the collector.</param>
    public BufferPool(int blockSize = DefaultBlockSize, int maxFree = 2048)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(maxFree);
        BlockSize = blockSize;
        _free = new byte[maxFree][];
    }

    /// <summary>HAProxy's default for <c>tune.bufsize</c>, in bytes.</summary>
    public const int DefaultBlockSize = 16384;

    /// <summary>Bytes in each block.</summary>
    public int BlockSize { get; }

    /// <summary>Blocks rented and not yet returned.</summary>
    public int Outstanding { get; private set; }

    /// <summary>The most blocks that were ever out at one time.</summary>
    public int Peak { get; private set; }

    /// <summary>How often <see cref="Rent"/> had to allocate: constant in steady state.</summary>
    public long Allocated { get; private set; }

    /// <summary>Returned blocks waiting to be rented again.</summary>
    public int Free => _freeCount;

    /// <summary>Takes a block; its content is whatever the last owner left in it.</summary>
    public byte[] Rent()
    {
        if (++Outstanding > Peak) Peak = Outstanding;
        if (Outstanding > _recentPeak) _recentPeak = Outstanding;
        if (_freeCount > 0)
        {
            var block = _free[--_freeCount];
            _free[_freeCount] = null!;
            return block;
        }

        Allocated++;
        return GC.AllocateUninitializedArray<byte>(BlockSize);
    }

    /// <summary>Gives a block back. The caller must hold no span into it any more.</summary>
    /// <exception cref="InvalidOperationException">The block is not of this pool, or more came back than went out: an owner's mistake.</exception>
    public void Return(byte[] block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Length != BlockSize || Outstanding == 0) throw new InvalidOperationException("A block came back to a pool that did not lend it.");
        AssertNotFree(block);
        Outstanding--;
        if (_freeCount < _free.Length) _free[_freeCount++] = block;
    }

    /// <summary>Drops the blocks that were not needed since the last call: what a burst left behind.</summary>
    /// <returns>How many were dropped.</returns>
    public int TrimUnused()
    {
        var needed = Math.Max(_recentPeak, MinimumKept);
        _recentPeak = Outstanding;
        var before = _freeCount;
        Trim(Math.Max(0, needed - Outstanding));
        return before - _freeCount;
    }

    private const int MinimumKept = 32;

    /// <summary>Drops the stock (after a burst, or when the process is asked to give memory back).</summary>
    public void Trim(int keep = 0)
    {
        while (_freeCount > keep) _free[--_freeCount] = null!;
    }

    // A block returned twice would later have two owners; the search costs too much for release builds.
    [System.Diagnostics.Conditional("DEBUG")]
    private void AssertNotFree(byte[] block)
    {
        for (var i = 0; i < _freeCount; i++)
            if (ReferenceEquals(_free[i], block)) throw new InvalidOperationException("A block was returned twice.");
    }
}
