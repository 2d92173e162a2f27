using System.Buffers.Binary;

namespace Dropin.Runtime.Protocols.Handover;

/// <summary>
/// What is around a state: who wrote it (8 bytes), the version that a reader must know (2 bytes), the number of bytes that follow (4 bytes), their
/// checksum (8 bytes, FNV-1a), all little-endian.
/// </summary>
public static class StateEnvelope
{
    /// <summary>
    /// The version that is written, and the newest that is read. It moves only when a reader of the former one would go wrong; new fields alone do not.
    /// </summary>
    public const int Version = 1;

    private const int LengthAt = 10, ChecksumAt = 14, HeadBytes = 22;

    private static ReadOnlySpan<byte> Mark => "dropinST"u8;

    /// <summary>Puts a state into its envelope.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> state, int version = Version)
    {
        var sealedBytes = new byte[HeadBytes + state.Length];
        Mark.CopyTo(sealedBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(sealedBytes.AsSpan(Mark.Length), (ushort)version);
        BinaryPrimitives.WriteUInt32LittleEndian(sealedBytes.AsSpan(LengthAt), (uint)state.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(sealedBytes.AsSpan(ChecksumAt), Checksum(state));
        state.CopyTo(sealedBytes.AsSpan(HeadBytes));
        return sealedBytes;
    }

    /// <summary>Takes a state out of its envelope; null, with the reason, where it cannot be read.</summary>
    public static StateRecord? Open(ReadOnlyMemory<byte> sealedBytes, out string reason)
    {
        var bytes = sealedBytes.Span;
        reason = "";
        if (bytes.Length < HeadBytes || !bytes.StartsWith(Mark))
        {
            reason = "it is no state";
        }
        else if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[Mark.Length..]) is var version and (0 or > Version))
        {
            reason = $"it is of version {version}, the newest that is known here is {Version}";
        }
        else if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthAt..]) != bytes.Length - HeadBytes)
        {
            reason = "it is not whole";
        }
        else if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[ChecksumAt..]) != Checksum(bytes[HeadBytes..]))
        {
            reason = "it is damaged";
        }

        return reason.Length == 0 ? new StateRecord(sealedBytes[HeadBytes..]) : null;
    }

    // Against a half-written or overwritten file, not against an enemy: the file lives in the memory of one process.
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 14695981039346656037;
        foreach (var one in bytes)
        {
            sum = (sum ^ one) * 1099511628211;
        }

        return sum;
    }
}
