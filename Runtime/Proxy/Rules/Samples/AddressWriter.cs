using System.Buffers.Text;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Writes IP addresses as inet_ntop() does, without an allocation (RFC 5952 for IPv6).</summary>
public static class AddressWriter
{
    /// <summary>Writes 4 or 16 bytes as text of at most 45 bytes.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> address, Span<byte> into, out int length)
    {
        length = 0;
        if (address.Length == 4)
        {
            length = WriteIPv4(address, into);
            return true;
        }

        if (address.Length != 16)
        {
            return false;
        }

        // The longest run of two or more zero groups is written as "::".
        var best = -1;
        var bestLength = 1;
        for (var i = 0; i < 8; i++)
        {
            var run = 0;
            while (i + run < 8 && address[(i + run) * 2] == 0 && address[((i + run) * 2) + 1] == 0)
            {
                run++;
            }

            if (run > bestLength)
            {
                (best, bestLength) = (i, run);
            }

            i += run;
        }

        var mapped = best == 0 && (bestLength == 6 || (bestLength == 5 && address[10] == 0xff && address[11] == 0xff));
        for (var i = 0; i < 8; i++)
        {
            if (i == best)
            {
                into[length++] = (byte)':';
                i += bestLength - 1;
                if (i == 7)
                {
                    into[length++] = (byte)':';
                }

                continue;
            }

            if (i > 0)
            {
                into[length++] = (byte)':';
            }

            if (i == 6 && mapped)
            {
                length += WriteIPv4(address[12..], into[length..]);
                break;
            }

            var group = (address[i * 2] << 8) | address[(i * 2) + 1];
            Utf8Formatter.TryFormat(group, into[length..], out var used, new System.Buffers.StandardFormat('x'));
            length += used;
        }

        return true;
    }

    private static int WriteIPv4(ReadOnlySpan<byte> address, Span<byte> into)
    {
        var length = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                into[length++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(address[i], into[length..], out var used);
            length += used;
        }

        return length;
    }
}
