using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Dropin.Runtime.Protocols.Handover;

/// <summary>One record of a state, as <see cref="StateWriter"/> writes it.</summary>
/// <remarks>
/// Nothing here throws. What does not fit is remembered for the whole state (<see cref="IsDamaged"/>) and reads as missing: the reader looks once, at its end.
/// </remarks>
public sealed class StateRecord
{
    private const int HeadBytes = sizeof(ushort) + sizeof(uint);

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<(int Field, int At, int Length)> _fields = [];
    private readonly Damage _damage;

    /// <summary>The outermost record of a state.</summary>
    public StateRecord(ReadOnlyMemory<byte> bytes)
        : this(bytes, new Damage())
    {
    }

    private StateRecord(ReadOnlyMemory<byte> bytes, Damage damage)
    {
        (_bytes, _damage) = (bytes, damage);
        var all = bytes.Span;
        for (var at = 0; at < all.Length;)
        {
            if (all.Length - at < HeadBytes || BinaryPrimitives.ReadUInt32LittleEndian(all[(at + sizeof(ushort))..]) is var length && length > all.Length - at - HeadBytes)
            {
                MarkDamaged();
                return;
            }

            _fields.Add((BinaryPrimitives.ReadUInt16LittleEndian(all[at..]), at + HeadBytes, (int)length));
            at += HeadBytes + (int)length;
        }
    }

    /// <summary>Whether anything that was read so far, here or in any record of the state, did not fit.</summary>
    public bool IsDamaged => _damage.IsFound;

    /// <summary>What was read makes no sense.</summary>
    public void MarkDamaged() => _damage.IsFound = true;

    /// <summary>Whether a field is there.</summary>
    public bool Has(int field) => _fields.Exists(known => known.Field == field);

    /// <summary>A number.</summary>
    public long Number(int field, long otherwise = 0)
    {
        if (Find(field) is not { } bytes)
        {
            return otherwise;
        }

        if (bytes.Length == sizeof(long))
        {
            return BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        }

        MarkDamaged();
        return otherwise;
    }

    /// <summary>A number from zero on that fits; anything else is damage.</summary>
    public int Small(int field, int most = int.MaxValue, int otherwise = 0)
    {
        var number = Number(field, otherwise);
        if (number >= 0 && number <= most)
        {
            return (int)number;
        }

        MarkDamaged();
        return otherwise;
    }

    /// <summary>All numbers of one field, in their order.</summary>
    public IEnumerable<long> Numbers(int field) =>
        Values(field).Where(bytes => bytes.Length == sizeof(long)).Select(bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes.Span));

    /// <summary>A yes or no.</summary>
    public bool Flag(int field) => Number(field) != 0;

    /// <summary>A text; null where it is missing.</summary>
    public string? Text(int field) => Find(field) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    /// <summary>A text that has to be there.</summary>
    public string Name(int field)
    {
        if (Text(field) is { } text)
        {
            return text;
        }

        MarkDamaged();
        return "";
    }

    /// <summary>An address; null where none stands there.</summary>
    public IPAddress? Address(int field) => Bytes(field) is { Length: 4 or 16 } bytes ? new IPAddress(bytes.Span) : null;

    /// <summary>Bytes; empty where they are missing.</summary>
    public ReadOnlyMemory<byte> Bytes(int field) => Find(field) ?? default;

    /// <summary>A record inside of this one; an empty one where it is missing.</summary>
    public StateRecord Record(int field) => new(Bytes(field), _damage);

    /// <summary>The values of all fields of one number, in their order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Values(int field)
    {
        foreach (var known in _fields)
        {
            if (known.Field == field)
            {
                yield return _bytes.Slice(known.At, known.Length);
            }
        }
    }

    /// <summary>All texts of one number, in their order.</summary>
    public IEnumerable<string> Texts(int field) => Values(field).Select(bytes => Encoding.UTF8.GetString(bytes.Span));

    /// <summary>All records of one number, in their order.</summary>
    public IEnumerable<StateRecord> Records(int field) => Values(field).Select(bytes => new StateRecord(bytes, _damage));

    private ReadOnlyMemory<byte>? Find(int field)
    {
        foreach (var known in _fields)
        {
            if (known.Field == field)
            {
                return _bytes.Slice(known.At, known.Length);
            }
        }

        return null;
    }

    private sealed class Damage
    {
        internal bool IsFound { get; set; }
    }
}
