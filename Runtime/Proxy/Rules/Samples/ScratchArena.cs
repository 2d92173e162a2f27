namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Room for values that expressions make on their way, one for each thread.</summary>
/// <remarks>
/// Laws: rooms are taken in a stack's order; <see cref="Release"/> gives back all that was taken since <see cref="Mark"/>; a span into the arena
/// dies with the release of its mark. Blocks are kept, so that nothing is allocated in steady state.
/// </remarks>
public sealed class ScratchArena
{
    private readonly List<byte[]> _blocks = [];
    private readonly int _blockSize;
    private int _block = -1;
    private int _used;

    /// <param name="blockSize">Bytes of a block: no value is longer than <c>tune.bufsize</c>.</param>
    public ScratchArena(int blockSize = 16384) => _blockSize = blockSize;

    /// <summary>The longest value, bytes.</summary>
    public int MaxLength => _blockSize;

    /// <summary>A place to go back to.</summary>
    public (int Block, int Used) Mark() => (_block, _used);

    /// <summary>Gives back what was taken since the mark.</summary>
    public void Release((int Block, int Used) mark) => (_block, _used) = mark;

    /// <summary>Takes room; its content is anything.</summary>
    public Span<byte> Take(int length)
    {
        if (_block < 0 || _used + length > _blocks[_block].Length)
        {
            _block++;
            _used = 0;
            if (_block == _blocks.Count)
            {
                _blocks.Add(new byte[Math.Max(length, _blockSize * 2)]);
            }
            else if (_blocks[_block].Length < length)
            {
                _blocks[_block] = new byte[length];
            }
        }

        var room = _blocks[_block].AsSpan(_used, length);
        _used += length;
        return room;
    }

    /// <summary>Gives back the end of the room that was taken last.</summary>
    public void Shrink(int unused) => _used -= unused;

    /// <summary>A copy in the arena.</summary>
    public ReadOnlySpan<byte> Copy(scoped ReadOnlySpan<byte> bytes)
    {
        var room = Take(bytes.Length);
        bytes.CopyTo(room);
        return room;
    }
}
