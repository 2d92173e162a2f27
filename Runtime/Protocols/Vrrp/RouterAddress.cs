using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Dropin.Runtime.Protocols.Vrrp;

/// <summary>An IPv4 or IPv6 address as a value: comparing and carrying one allocates nothing.</summary>
/// <remarks>The order is that of the numbers (RFC 3768 6.4.3: of two masters of one priority the greater address wins).</remarks>
public readonly record struct RouterAddress : IComparable<RouterAddress>
{
    private readonly UInt128 _number;
    private readonly byte _length;

    private RouterAddress(UInt128 number, byte length)
    {
        _number = number;
        _length = length;
    }

    /// <summary>No address at all.</summary>
    public static RouterAddress None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => _length == 0;

    /// <summary>Whether it is an IPv6 address.</summary>
    public bool IsV6 => _length == 16;

    /// <summary>Bytes on the wire: 4, 16, or 0 for none.</summary>
    public int Length => _length;

    /// <summary>224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast => _length == 4 ? (_number >> 28) == 0xe : _length == 16 && (_number >> 120) == 0xff;

    /// <summary>fe80::/10.</summary>
    public bool IsLinkLocal => _length == 16 && (_number >> 118) == 0x3fa;

    /// <summary>Whether one number is smaller than another.</summary>
    public static bool operator <(RouterAddress left, RouterAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether one number is greater than another.</summary>
    public static bool operator >(RouterAddress left, RouterAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether one number is at most another.</summary>
    public static bool operator <=(RouterAddress left, RouterAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one number is at least another.</summary>
    public static bool operator >=(RouterAddress left, RouterAddress right) => left.CompareTo(right) >= 0;

    /// <summary>From 4 or 16 bytes in network order; anything else is none.</summary>
    public static RouterAddress Read(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => new(BinaryPrimitives.ReadUInt32BigEndian(bytes), 4),
        16 => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), 16),
        _ => None,
    };

    /// <summary>From the address of a configuration; null is none.</summary>
    public static RouterAddress From(IPAddress? address)
    {
        if (address is null) return None;
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) ? Read(bytes[..length]) : None;
    }

    /// <summary>Writes <see cref="Length"/> bytes in network order.</summary>
    public void Write(Span<byte> destination)
    {
        if (_length == 4) BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_number);
        else if (_length == 16) BinaryPrimitives.WriteUInt128BigEndian(destination, _number);
    }

    /// <summary>The framework's form; null for none.</summary>
    public IPAddress? ToIPAddress()
    {
        if (IsNone) return null;
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes);
        return new IPAddress(bytes[.._length]);
    }

    /// <inheritdoc/>
    public int CompareTo(RouterAddress other) => _length != other._length ? _length.CompareTo(other._length) : _number.CompareTo(other._number);

    /// <summary>The family in the framework's words.</summary>
    public AddressFamily Family => IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <inheritdoc/>
    public override string ToString() => ToIPAddress()?.ToString() ?? "(none)";
}
