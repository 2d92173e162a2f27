namespace Dropin.Runtime.Proxy.Rules;

/// <summary>Captured values by slot (<c>capture request header</c>, <c>http-request capture</c>).</summary>
public sealed class CaptureStore
{
    private byte[]?[] _values = [];
    private int[] _lengths = [];

    /// <summary>Forgets all values; keeps the room.</summary>
    public void Clear()
    {
        IsActive = false;
        Array.Fill(_lengths, -1);
    }

    /// <summary>A message was looked at; until then logs show no list at all.</summary>
    public bool IsActive { get; set; }

    /// <summary>Says how many slots there are and how long each may be; -1 bytes is a slot without a value.</summary>
    public void Resize(ReadOnlySpan<int> lengths)
    {
        if (_values.Length == lengths.Length)
        {
            var same = true;
            for (var i = 0; i < lengths.Length && same; i++)
            {
                same = _values[i]!.Length == lengths[i];
            }

            if (same)
            {
                return;
            }
        }

        _values = new byte[lengths.Length][];
        _lengths = new int[lengths.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            _values[i] = new byte[lengths[i]];
        }

        Clear();
    }

    /// <summary>How many slots there are.</summary>
    public int Count => _values.Length;

    /// <summary>Whether a slot has a value.</summary>
    public bool Has(int slot) => (uint)slot < (uint)_lengths.Length && _lengths[slot] >= 0;

    /// <summary>The value of a slot; empty where it has none.</summary>
    public ReadOnlySpan<byte> this[int slot] => Has(slot) ? _values[slot].AsSpan(0, _lengths[slot]) : default;

    /// <summary>Sets a slot; what is longer than the slot is cut.</summary>
    public void Set(int slot, ReadOnlySpan<byte> value)
    {
        if ((uint)slot >= (uint)_values.Length)
        {
            return;
        }

        var room = _values[slot]!;
        var length = Math.Min(room.Length, value.Length);
        value[..length].CopyTo(room);
        IsActive = true;
        _lengths[slot] = length;
    }
}
