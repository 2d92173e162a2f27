using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Address families of Linux.</summary>
public enum SocketFamily
{
    /// <summary>None known.</summary>
    Unspecified = 0,

    /// <summary>Unix sockets.</summary>
    Unix = 1,

    /// <summary>IPv4.</summary>
    IPv4 = 2,

    /// <summary>IPv6.</summary>
    IPv6 = 10,
}

/// <summary>A socket address as the kernel has it (sockaddr_storage), without an allocation.</summary>
public struct SocketAddress128
{
    [InlineArray(Size)]
    private struct Storage
    {
        private byte _first;
    }

    /// <summary>Bytes of the storage; the longest address is that of a Unix socket, 110 bytes.</summary>
    internal const int Size = 128;

    private Storage _storage;
    private int _length;

    /// <summary>How many bytes count.</summary>
    public readonly int Length => _length;

    /// <summary>The family.</summary>
    public readonly SocketFamily Family => _length < 2 ? SocketFamily.Unspecified : (SocketFamily)(ushort)(_storage[0] | (_storage[1] << 8));

    /// <summary>The bytes that count.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_storage)[.._length];

    /// <summary>The whole storage, to be filled; then call <see cref="SetLength"/>.</summary>
    [UnscopedRef]
    public Span<byte> Buffer => _storage;

    /// <summary>Says how many bytes of <see cref="Buffer"/> count.</summary>
    public void SetLength(int length) => _length = Math.Clamp(length, 0, Size);

    /// <summary>The port; 0 for Unix sockets.</summary>
    public readonly int Port => Family is SocketFamily.IPv4 or SocketFamily.IPv6 ? (_storage[2] << 8) | _storage[3] : 0;

    /// <summary>The 4 or 16 bytes of the IP address; empty for Unix sockets. IPv4 mapped into IPv6 stays 16 bytes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> AddressBytes => Family switch
    {
        SocketFamily.IPv4 => ((ReadOnlySpan<byte>)_storage).Slice(4, 4),
        SocketFamily.IPv6 => ((ReadOnlySpan<byte>)_storage).Slice(8, 16),
        _ => default,
    };

    /// <summary>Changes the port of an IP address.</summary>
    public void SetPort(int port) => BinaryPrimitives.WriteUInt16BigEndian(((Span<byte>)_storage)[2..], (ushort)port);

    /// <summary>An IP address and port.</summary>
    public static SocketAddress128 From(IPAddress address, int port)
    {
        var made = default(SocketAddress128);
        Span<byte> buffer = made._storage;
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            buffer[0] = (byte)SocketFamily.IPv4;
            BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)port);
            address.TryWriteBytes(buffer[4..], out _);
            made._length = 16;
        }
        else
        {
            buffer[0] = (byte)SocketFamily.IPv6;
            BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)port);
            address.TryWriteBytes(buffer[8..], out _);
            BinaryPrimitives.WriteUInt32LittleEndian(buffer[24..], (uint)address.ScopeId);
            made._length = 28;
        }

        return made;
    }

    /// <summary>An address from raw bytes (4 or 16) and a port.</summary>
    public static SocketAddress128 From(ReadOnlySpan<byte> address, int port)
    {
        var made = default(SocketAddress128);
        Span<byte> buffer = made._storage;
        var isV4 = address.Length == 4;
        buffer[0] = (byte)(isV4 ? SocketFamily.IPv4 : SocketFamily.IPv6);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)port);
        address.CopyTo(buffer[(isV4 ? 4 : 8)..]);
        made._length = isV4 ? 16 : 28;
        return made;
    }

    /// <summary>A Unix socket in the file system. Returns an empty address where the path is too long (107 bytes).</summary>
    public static SocketAddress128 FromPath(string path)
    {
        var made = default(SocketAddress128);
        if (Encoding.UTF8.GetByteCount(path) > 107)
        {
            return made;
        }

        Span<byte> buffer = made._storage;
        buffer[0] = (byte)SocketFamily.Unix;
        made._length = 2 + Encoding.UTF8.GetBytes(path, buffer[2..]) + 1;
        return made;
    }

    /// <summary>A Unix socket in the abstract name space, padded with zero bytes to the full length as HAProxy does.</summary>
    public static SocketAddress128 FromAbstractName(string name)
    {
        var made = default(SocketAddress128);
        Span<byte> buffer = made._storage;
        buffer[0] = (byte)SocketFamily.Unix;
        var bytes = Encoding.UTF8.GetBytes(name);
        bytes.AsSpan(0, Math.Min(bytes.Length, 107)).CopyTo(buffer[3..]);
        made._length = 110;
        return made;
    }

    /// <summary>The IP address; null for Unix sockets. Allocates: not for the request path.</summary>
    public readonly IPAddress? ToIPAddress() => AddressBytes.IsEmpty ? null : new IPAddress(AddressBytes);

    /// <summary>Writes the address as text without the port ("192.0.2.1", "2001:db8::1", "unix").</summary>
    /// <returns>How many bytes were written; 0 where there is no room.</returns>
    public readonly int FormatAddress(Span<byte> into)
    {
        switch (Family)
        {
            case SocketFamily.IPv4:
                var bytes = AddressBytes;
                var used = 0;
                for (var i = 0; i < 4; i++)
                {
                    if (i > 0)
                    {
                        if (used >= into.Length)
                        {
                            return 0;
                        }

                        into[used++] = (byte)'.';
                    }

                    if (!bytes[i].TryFormat(into[used..], out var written))
                    {
                        return 0;
                    }

                    used += written;
                }

                return used;
            case SocketFamily.IPv6:
                var address = new IPAddress(AddressBytes);
                return address.TryFormat(into, out var length) ? length : 0;
            case SocketFamily.Unix:
                return "unix"u8.TryCopyTo(into) ? 4 : 0;
            default:
                return 0;
        }
    }

    /// <inheritdoc/>
    public override readonly string ToString()
    {
        Span<byte> text = stackalloc byte[64];
        var length = FormatAddress(text);
        return Encoding.ASCII.GetString(text[..length]) + (Port == 0 ? "" : ":" + Port);
    }
}
