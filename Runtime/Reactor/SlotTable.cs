namespace Dropin.Runtime.Reactor;

/// <summary>Which pollable an event belongs to: slot and generation, never a dictionary keyed by descriptor.</summary>
internal sealed class SlotTable
{
    private Pollable?[] _pollables = new Pollable?[1024];
    private uint[] _generations = new uint[1024];
    private int[] _free = new int[1024];
    private int _freeCount;
    private int _used;

    internal ulong Take(Pollable pollable)
    {
        int slot;
        if (_freeCount > 0)
        {
            slot = _free[--_freeCount];
        }
        else
        {
            if (_used == _pollables.Length)
            {
                Array.Resize(ref _pollables, _used * 2);
                Array.Resize(ref _generations, _used * 2);
                Array.Resize(ref _free, _used * 2);
            }

            slot = _used++;
        }

        _pollables[slot] = pollable;
        pollable.Slot = slot;
        return HandleOf(slot);
    }

    internal ulong HandleOf(int slot) => ((ulong)_generations[slot] << 32) | (uint)slot;

    internal void Release(Pollable pollable)
    {
        var slot = pollable.Slot;
        pollable.Slot = -1;
        _pollables[slot] = null;
        // One generation is left out, so that no handle is ever the poller's own (all bits set).
        _generations[slot] = (_generations[slot] + 1) & 0x7fffffff;
        _free[_freeCount++] = slot;
    }

    internal Pollable? Find(ulong handle)
    {
        var slot = (int)(uint)handle;
        return _generations[slot] == (uint)(handle >> 32) ? _pollables[slot] : null;
    }
}
