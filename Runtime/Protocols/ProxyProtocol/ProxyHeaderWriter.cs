using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;

namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>Writes PROXY protocol headers of both versions (proxy-protocol.txt, sections 2.1 and 2.2).</summary>
public static class ProxyHeaderWriter
{
    /// <summary>The most bytes a header takes.</summary>
    public const int MostBytes = 128;

    /// <summary>Writes a header of version 1; addresses of another kind than IP give UNKNOWN.</summary>
    public static int WriteText(Span<byte> into, in ProxyHeader header)
    {
        if (!header.HasAddresses)
        {
            "PROXY UNKNOWN\r\n"u8.CopyTo(into);
            return 15;
        }

        var used = 0;
        Put(into, ref used, header.Source.Length == 4 ? "PROXY TCP4 "u8 : "PROXY TCP6 "u8);
        PutAddress(into, ref used, header.Source);
        PutAddress(into, ref used, header.Destination);
        PutNumber(into, ref used, header.SourcePort);
        Put(into, ref used, " "u8);
        PutNumber(into, ref used, header.DestinationPort);
        Put(into, ref used, "\r\n"u8);
        return used;
    }

    /// <summary>Writes a header of version 2; addresses of another kind than IP give LOCAL.</summary>
    public static int WriteBinary(Span<byte> into, in ProxyHeader header)
    {
        "\r\n\r\n\0\r\nQUIT\n"u8.CopyTo(into);
        if (!header.HasAddresses)
        {
            into[12] = 0x20;
            into[13] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(into[14..], 0);
            return 16;
        }

        var size = header.Source.Length;
        into[12] = 0x21;
        into[13] = size == 4 ? (byte)0x11 : (byte)0x21;
        BinaryPrimitives.WriteUInt16BigEndian(into[14..], (ushort)((2 * size) + 4));
        header.Source.CopyTo(into[16..]);
        header.Destination.CopyTo(into[(16 + size)..]);
        BinaryPrimitives.WriteUInt16BigEndian(into[(16 + (2 * size))..], (ushort)header.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(into[(18 + (2 * size))..], (ushort)header.DestinationPort);
        return 20 + (2 * size);
    }

    private static void Put(Span<byte> into, ref int used, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(into[used..]);
        used += bytes.Length;
    }

    private static void PutAddress(Span<byte> into, ref int used, ReadOnlySpan<byte> address)
    {
        new IPAddress(address).TryFormat(into[used..], out var written);
        used += written;
        into[used++] = (byte)' ';
    }

    private static void PutNumber(Span<byte> into, ref int used, int number)
    {
        Utf8Formatter.TryFormat(number, into[used..], out var written);
        used += written;
    }
}
