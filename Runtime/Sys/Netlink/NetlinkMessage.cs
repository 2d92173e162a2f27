using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>One netlink request being written: header, fixed part, attributes (netlink(7)). All numbers are the host's order.</summary>
/// <remarks>Attributes begin at multiples of four bytes; the length in an attribute does not count its padding.</remarks>
public sealed class NetlinkMessage
{
    /// <summary>Bytes of the header: length, kind, flags, sequence, sender.</summary>
    public const int HeaderSize = 16;

    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>Begins a message.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="flags">Its flags; <see cref="NetlinkFlags.Request"/> is added.</param>
    public NetlinkMessage(NetlinkKind kind, NetlinkFlags flags)
        : this((ushort)kind, flags)
    {
    }

    /// <summary>Begins a message of another netlink family.</summary>
    public NetlinkMessage(ushort kind, NetlinkFlags flags)
    {
        var header = Grow(HeaderSize);
        MemoryMarshal.Write(header[4..], kind);
        MemoryMarshal.Write(header[6..], (ushort)(flags | NetlinkFlags.Request));
    }

    /// <summary>The kind.</summary>
    public ushort Kind => MemoryMarshal.Read<ushort>(_bytes.AsSpan(4));

    /// <summary>The message as it is so far.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            MemoryMarshal.Write(_bytes, (uint)_length);
            return _bytes.AsSpan(0, _length);
        }
    }

    /// <summary>The number by which the answer is recognised.</summary>
    public uint Sequence
    {
        get => MemoryMarshal.Read<uint>(_bytes.AsSpan(8));
        set => MemoryMarshal.Write(_bytes.AsSpan(8), value);
    }

    /// <summary>Appends the fixed part of the message, or of a nested element, padded to four bytes.</summary>
    public NetlinkMessage Fixed(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Grow(Align(bytes.Length)));
        return this;
    }

    /// <summary>Appends an attribute of bytes.</summary>
    public NetlinkMessage Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        var room = Grow(Align(4 + value.Length));
        MemoryMarshal.Write(room, (ushort)(4 + value.Length));
        MemoryMarshal.Write(room[2..], type);
        value.CopyTo(room[4..]);
        return this;
    }

    /// <summary>Appends an attribute of 32 bits.</summary>
    public NetlinkMessage Attribute(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        MemoryMarshal.Write(bytes, value);
        return Attribute(type, bytes);
    }

    /// <summary>Appends an attribute of one byte.</summary>
    public NetlinkMessage Attribute(ushort type, byte value) => Attribute(type, [value]);

    /// <summary>Appends an attribute of 16 bits.</summary>
    public NetlinkMessage Attribute(ushort type, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        MemoryMarshal.Write(bytes, value);
        return Attribute(type, bytes);
    }

    /// <summary>Appends an attribute of 64 bits in network order.</summary>
    public NetlinkMessage AttributeBigEndian(ushort type, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Attribute(type, bytes);
    }

    /// <summary>Appends an attribute of 32 bits in network order (the netfilter families).</summary>
    public NetlinkMessage AttributeBigEndian(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Attribute(type, bytes);
    }

    /// <summary>Appends a text with its zero byte.</summary>
    public NetlinkMessage Attribute(ushort type, string text)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        bytes[^1] = 0;
        return Attribute(type, bytes);
    }

    /// <summary>Appends an address.</summary>
    public NetlinkMessage Attribute(ushort type, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var count) ? Attribute(type, bytes[..count]) : this;
    }

    /// <summary>Begins an attribute that holds others.</summary>
    /// <returns>What <see cref="EndNest"/> has to be told.</returns>
    public int BeginNest(ushort type)
    {
        var at = _length;
        Attribute(type, []);
        return at;
    }

    /// <summary>Ends an attribute that holds others.</summary>
    public NetlinkMessage EndNest(int at)
    {
        MemoryMarshal.Write(_bytes.AsSpan(at), (ushort)(_length - at));
        return this;
    }

    /// <summary>Overwrites two bytes of what was written; for lengths that are known afterwards only.</summary>
    public void Patch(int at, ushort value) => MemoryMarshal.Write(_bytes.AsSpan(at), value);

    /// <summary>How many bytes there are so far.</summary>
    public int Length => _length;

    /// <summary>A length rounded up to four.</summary>
    internal static int Align(int length) => (length + 3) & ~3;

    private Span<byte> Grow(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        var room = _bytes.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
