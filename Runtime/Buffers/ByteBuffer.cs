namespace Dropin.Runtime.Buffers;

/// <summary>A run of bytes inside a pooled block, read at one end and written at the other.</summary>
/// <remarks>
/// Not thread-safe; a mutable struct that lives in a field of its one owner. Invariant: 0 &lt;= start &lt;= end &lt;= length.
/// A buffer holds a block only while bytes are in it or are being read into it: <see cref="Release"/> gives it back.
/// </remarks>
public struct ByteBuffer
{
    private byte[]? _block;
    private int _start;
    private int _end;

    /// <summary>Bytes that wait to be taken.</summary>
    public readonly int Length => _end - _start;

    /// <summary>Whether nothing waits.</summary>
    public readonly bool IsEmpty => _start == _end;

    /// <summary>Whether a block is held.</summary>
    public readonly bool HasBlock => _block is not null;

    /// <summary>The waiting bytes.</summary>
    public readonly ReadOnlySpan<byte> Data => new(_block, _start, _end - _start);

    /// <summary>The waiting bytes, to be changed in place.</summary>
    public readonly Span<byte> Writable => new(_block, _start, _end - _start);

    /// <summary>Room behind the waiting bytes without moving them.</summary>
    public readonly int Room => _block is null ? 0 : _block.Length - _end;

    /// <summary>Bytes the block could take beside the waiting ones.</summary>
    public readonly int Capacity => _block is null ? 0 : _block.Length - Length;

    /// <summary>The room behind the waiting bytes; rents a block where there is none, and moves the bytes to its front when that is worth it.</summary>
    public Span<byte> Space(BufferPool pool)
    {
        _block ??= pool.Rent();
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0 && _block.Length - _end < _block.Length / 4)
        {
            Compact();
        }

        return _block.AsSpan(_end);
    }

    /// <summary>Like <see cref="Space"/>, with the bytes moved to the front first: all the room there is.</summary>
    public Span<byte> AllSpace(BufferPool pool)
    {
        _block ??= pool.Rent();
        if (_start > 0)
        {
            Compact();
        }

        return _block.AsSpan(_end);
    }

    /// <summary>Says that bytes were written into the room.</summary>
    public void Wrote(int count) => _end += count;

    /// <summary>Takes bytes from the front.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Appends bytes where they all fit.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes, BufferPool pool)
    {
        var space = Space(pool);
        if (space.Length < bytes.Length)
        {
            space = AllSpace(pool);
            if (space.Length < bytes.Length)
            {
                return false;
            }
        }

        bytes.CopyTo(space);
        _end += bytes.Length;
        return true;
    }

    /// <summary>Puts bytes before the waiting ones where they all fit.</summary>
    public bool TryPrepend(ReadOnlySpan<byte> bytes, BufferPool pool)
    {
        _block ??= pool.Rent();
        if (Length + bytes.Length > _block.Length)
        {
            return false;
        }

        if (_start < bytes.Length)
        {
            Data.CopyTo(_block.AsSpan(bytes.Length));
            _end = bytes.Length + Length;
            _start = bytes.Length;
        }

        _start -= bytes.Length;
        bytes.CopyTo(_block.AsSpan(_start));
        return true;
    }

    /// <summary>Gives the block back where it holds nothing.</summary>
    public void ReleaseIfEmpty(BufferPool pool)
    {
        if (_start == _end)
        {
            Release(pool);
        }
    }

    /// <summary>Drops the bytes and gives the block back.</summary>
    public void Release(BufferPool pool)
    {
        if (_block is not null)
        {
            if (_block.Length == pool.BlockSize)
            {
                pool.Return(_block);
            }
            else
            {
                WideBlocks.Return(_block);
            }

            _block = null;
        }

        _start = _end = 0;
    }

    /// <summary>Changes the block for a wide one, for bodies that are long: fewer calls for the same bytes.</summary>
    public void Widen(BufferPool pool)
    {
        if (_block is null || _block.Length != pool.BlockSize)
        {
            if (_block is null)
            {
                _block = WideBlocks.Rent();
                _start = _end = 0;
            }

            return;
        }

        var wide = WideBlocks.Rent();
        Data.CopyTo(wide);
        _end -= _start;
        _start = 0;
        pool.Return(_block);
        _block = wide;
    }

    private void Compact()
    {
        Data.CopyTo(_block);
        _end -= _start;
        _start = 0;
    }
}
