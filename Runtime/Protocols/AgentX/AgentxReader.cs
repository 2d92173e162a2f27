using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.AgentX;

/// <summary>Reads messages of AgentX (RFC 2741). What makes no sense sets <see cref="IsDamaged"/>, everything read then is empty; nothing is thrown.</summary>
public ref struct AgentxReader
{
    private readonly bool _isBig;
    private ReadOnlySpan<byte> _rest;

    /// <summary>For what stands behind a header.</summary>
    public AgentxReader(in AgentxHeader header, ReadOnlySpan<byte> payload)
    {
        _isBig = (header.Flags & AgentxFormat.NetworkByteOrder) != 0;
        _rest = payload;
    }

    /// <summary>Whether something made no sense.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether everything was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads a header of <see cref="AgentxFormat.HeaderBytes"/>.</summary>
    /// <returns>False where it is none: the connection is of no use then.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out AgentxHeader header)
    {
        header = default;
        if (bytes.Length < AgentxFormat.HeaderBytes || bytes[0] != AgentxFormat.Version)
        {
            return false;
        }

        var isBig = (bytes[2] & AgentxFormat.NetworkByteOrder) != 0;
        var length = Number(bytes[16..], isBig);
        header = new AgentxHeader((AgentxType)bytes[1], bytes[2], Number(bytes[4..], isBig), Number(bytes[8..], isBig), Number(bytes[12..], isBig), (int)Math.Min(length, int.MaxValue));
        return length <= AgentxFormat.MostBytes - AgentxFormat.HeaderBytes && length % 4 == 0;
    }

    /// <summary>Passes over the context's name, where there is one.</summary>
    /// <returns>Whether it is the usual context: we know no other.</returns>
    public bool SkipContext(in AgentxHeader header) => (header.Flags & AgentxFormat.NonDefaultContext) == 0 || Octets().Length == 0;

    /// <summary>A number of 32 bits.</summary>
    public uint Number()
    {
        var bytes = Take(4);
        return bytes.IsEmpty ? 0 : Number(bytes, _isBig);
    }

    /// <summary>A number of 16 bits.</summary>
    public ushort Short()
    {
        var bytes = Take(2);
        return bytes.IsEmpty ? (ushort)0 : _isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    /// <summary>A name (RFC 2741 5.1).</summary>
    /// <param name="isIncluded">Of a range's start: the name itself counts too.</param>
    public ObjectId Name(out bool isIncluded)
    {
        isIncluded = false;
        var head = Take(4);
        if (head.IsEmpty)
        {
            return default;
        }

        var (count, prefix) = (head[0], head[1]);
        isIncluded = head[2] != 0;
        var before = prefix == 0 ? 0 : 5;
        if (count + before > ObjectId.Most || count * 4 > _rest.Length)
        {
            return Damage<ObjectId>();
        }

        var numbers = new uint[before + count];
        if (before > 0)
        {
            ((ReadOnlySpan<uint>)[1, 3, 6, 1, prefix]).CopyTo(numbers);
        }

        for (var i = 0; i < count; i++)
        {
            numbers[before + i] = Number();
        }

        return new ObjectId(numbers);
    }

    /// <summary>Bytes with their length before them, filled up to a multiple of 4 (RFC 2741 5.3).</summary>
    public ReadOnlySpan<byte> Octets()
    {
        var length = Number();
        var whole = ((long)length + 3) & ~3L;
        if (whole > _rest.Length)
        {
            return Damage<byte[]>();
        }

        return Take((int)whole)[..(int)length];
    }

    /// <summary>A name with its value (RFC 2741 5.4).</summary>
    public VarBind Bind()
    {
        var type = (SnmpType)Short();
        _ = Short();
        var name = Name(out _);
        return new VarBind(name, Value(type));
    }

    private SnmpValue Value(SnmpType type)
    {
        switch (type)
        {
            case SnmpType.Integer:
                return SnmpValue.Integer((int)Number());
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                return SnmpValue.Raw(type, Number());
            case SnmpType.Counter64:
                var (first, second) = (Number(), Number());
                return SnmpValue.Raw(type, (long)(_isBig ? ((ulong)first << 32) | second : ((ulong)second << 32) | first));
            case SnmpType.ObjectIdentifier:
                return SnmpValue.ObjectIdentifier(Name(out _));
            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                return SnmpValue.Raw(type, Octets().ToArray());
            case SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                return SnmpValue.Of(type);
            default:
                return Damage<SnmpValue>();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            return Damage<byte[]>();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private T? Damage<T>()
    {
        IsDamaged = true;
        _rest = default;
        return default;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
