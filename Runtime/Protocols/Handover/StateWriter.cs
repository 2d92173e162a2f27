using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Dropin.Runtime.Protocols.Handover;

/// <summary>
/// Writes the state that one execution of a program leaves to the next: a record is a row of fields, a field is its number (2 bytes), its length
/// (4 bytes) and its value, all little-endian. A value is a number (8 bytes), a text (UTF-8), bytes, or a record again; the reader knows which.
/// </summary>
/// <remarks>A newer program adds fields and never gives a number another meaning: what a reader does not know it passes over, what it misses has a default.</remarks>
public sealed class StateWriter
{
    private readonly MemoryStream _bytes = new();

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    /// <summary>A number.</summary>
    public void Put(int field, long value)
    {
        Begin(field, sizeof(long));
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    /// <summary>A yes or no.</summary>
    public void Put(int field, bool value) => Put(field, value ? 1 : 0);

    /// <summary>Bytes.</summary>
    public void Put(int field, ReadOnlySpan<byte> value)
    {
        Begin(field, value.Length);
        _bytes.Write(value);
    }

    /// <summary>A text; null is left out.</summary>
    public void Put(int field, string? value)
    {
        if (value is not null)
        {
            Put(field, Encoding.UTF8.GetBytes(value).AsSpan());
        }
    }

    /// <summary>An address; null is left out.</summary>
    public void Put(int field, IPAddress? value)
    {
        if (value is not null)
        {
            Put(field, value.GetAddressBytes().AsSpan());
        }
    }

    /// <summary>A record inside of this one.</summary>
    public void Put(int field, Action<StateWriter> fill)
    {
        var start = _bytes.Position;
        Begin(field, 0);
        var inside = _bytes.Position;
        fill(this);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetBuffer().AsSpan((int)start + sizeof(ushort)), (uint)(_bytes.Position - inside));
    }

    /// <summary>A record for each item, in their order.</summary>
    public void PutEach<T>(int field, IEnumerable<T> items, Action<StateWriter, T> fill)
    {
        foreach (var item in items)
        {
            Put(field, writer => fill(writer, item));
        }
    }

    private void Begin(int field, int length)
    {
        Span<byte> head = stackalloc byte[sizeof(ushort) + sizeof(uint)];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)field);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ushort)..], (uint)length);
        _bytes.Write(head);
    }
}
