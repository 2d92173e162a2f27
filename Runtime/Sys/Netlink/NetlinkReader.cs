using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Walks over the messages of one datagram. What is cut off, or lies about its length, ends the walk.</summary>
public ref struct NetlinkReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins to walk.</summary>
    public NetlinkReader(ReadOnlySpan<byte> datagram) => _rest = datagram;

    /// <summary>The kind of the message.</summary>
    public NetlinkKind Kind { get; private set; }

    /// <summary>Its flags.</summary>
    public NetlinkFlags Flags { get; private set; }

    /// <summary>The number of the request that it answers; of a notification that of the request that caused it.</summary>
    public uint Sequence { get; private set; }

    /// <summary>Who caused it: a socket's number, 0 for the kernel.</summary>
    public uint Sender { get; private set; }

    /// <summary>What stands behind the header.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Goes on to the next message.</summary>
    public bool Next()
    {
        if (_rest.Length < NetlinkMessage.HeaderSize)
        {
            return false;
        }

        var length = MemoryMarshal.Read<uint>(_rest);
        if (length < NetlinkMessage.HeaderSize || length > _rest.Length)
        {
            _rest = default;
            return false;
        }

        Kind = (NetlinkKind)MemoryMarshal.Read<ushort>(_rest[4..]);
        Flags = (NetlinkFlags)MemoryMarshal.Read<ushort>(_rest[6..]);
        Sequence = MemoryMarshal.Read<uint>(_rest[8..]);
        Sender = MemoryMarshal.Read<uint>(_rest[12..]);
        Body = _rest[NetlinkMessage.HeaderSize..(int)length];
        _rest = _rest[Math.Min(NetlinkMessage.Align((int)length), _rest.Length)..];
        return true;
    }
}

/// <summary>Walks over attributes. What is cut off, or lies about its length, ends the walk.</summary>
public ref struct AttributeReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins to walk.</summary>
    /// <param name="bytes">The attributes.</param>
    public AttributeReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Its type, without the bits that mark nesting and byte order.</summary>
    public ushort Type { get; private set; }

    /// <summary>Its value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value as 32 bits; 0 where it is shorter.</summary>
    public readonly uint Number => Value.Length >= 4 ? MemoryMarshal.Read<uint>(Value) : Value.Length == 1 ? Value[0] : 0u;

    /// <summary>The value as text, up to its zero byte.</summary>
    public readonly string Text
    {
        get
        {
            var end = Value.IndexOf((byte)0);
            return System.Text.Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
        }
    }

    /// <summary>The value as an address; null where it has neither 4 nor 16 bytes.</summary>
    public readonly System.Net.IPAddress? Address => Value.Length is 4 or 16 ? new System.Net.IPAddress(Value) : null;

    /// <summary>Goes on to the next attribute.</summary>
    public bool Next()
    {
        if (_rest.Length < 4)
        {
            return false;
        }

        var length = MemoryMarshal.Read<ushort>(_rest);
        if (length < 4 || length > _rest.Length)
        {
            _rest = default;
            return false;
        }

        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & 0x3fff);
        Value = _rest[4..length];
        _rest = _rest[Math.Min(NetlinkMessage.Align(length), _rest.Length)..];
        return true;
    }
}
