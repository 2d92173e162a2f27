using System.Net;

namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>Version 1: a line of text.</summary>
public static partial class ProxyHeaderReader
{
    private static ProxyHeaderStatus ReadText(ReadOnlySpan<byte> input, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var rest = input["PROXY ".Length..];
        if (rest.StartsWith("TCP4 "u8))
        {
            return ReadV4(input, "PROXY TCP4 ".Length, out header, out consumed);
        }

        if (rest.StartsWith("TCP6 "u8))
        {
            return ReadV6(input, "PROXY TCP6 ".Length, out header, out consumed);
        }

        if (!rest.StartsWith("UNKNOWN\r\n"u8))
        {
            return ProxyHeaderStatus.UnknownProtocol;
        }

        consumed = "PROXY UNKNOWN\r\n".Length;
        return ProxyHeaderStatus.Done;
    }

    /// <summary>Four words, read forwards: what ends before the line does is truncated, what does not go on as it should is invalid.</summary>
    private static ProxyHeaderStatus ReadV4(ReadOnlySpan<byte> input, int at, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var addresses = s_addresses ??= new byte[32];
        TakeV4(input, ref at, addresses);
        if (SkipBlank(input, ref at) is var status and not ProxyHeaderStatus.Done)
        {
            return status;
        }

        TakeV4(input, ref at, addresses.AsSpan(16));
        status = SkipBlank(input, ref at);
        if (status != ProxyHeaderStatus.Done)
        {
            return status;
        }

        var sourcePort = TakePort(input, ref at);
        status = SkipBlank(input, ref at);
        if (status != ProxyHeaderStatus.Done)
        {
            return status;
        }

        var destinationPort = TakePort(input, ref at);
        if (input.Length - at < 2)
        {
            return ProxyHeaderStatus.Truncated;
        }

        if (!input[at..].StartsWith("\r\n"u8))
        {
            return ProxyHeaderStatus.Invalid;
        }

        consumed = at + 2;
        header = Of(addresses, 4, sourcePort, destinationPort);
        return ProxyHeaderStatus.Done;
    }

    private static ProxyHeaderStatus SkipBlank(ReadOnlySpan<byte> input, ref int at)
    {
        if (at >= input.Length)
        {
            return ProxyHeaderStatus.Truncated;
        }

        return input[at++] == (byte)' ' ? ProxyHeaderStatus.Done : ProxyHeaderStatus.Invalid;
    }

    /// <summary>An address of up to four numbers: missing ones are zero, large ones carry over to the left; a fifth one is left for the caller to stumble over.</summary>
    private static void TakeV4(ReadOnlySpan<byte> input, ref int at, Span<byte> into)
    {
        uint address = 0;
        uint number = 0;
        var dots = 0;
        for (; at < input.Length; at++)
        {
            var character = input[at];
            if (character is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + character - '0';
            }
            else if (character == (byte)'.' && dots < 3)
            {
                address = (address + number) << 8;
                number = 0;
                dots++;
            }
            else
            {
                break;
            }
        }

        address = (address + number) << (8 * (3 - dots));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(into, address);
    }

    private static int TakePort(ReadOnlySpan<byte> input, ref int at)
    {
        uint port = 0;
        for (; at < input.Length && input[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            port = (port * 10) + input[at] - '0';
        }

        return (int)(port & 0xffff);
    }

    /// <summary>A line, cut into words: what follows the fourth one is nobody's business.</summary>
    private static ProxyHeaderStatus ReadV6(ReadOnlySpan<byte> input, int at, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var end = input.IndexOf((byte)'\r');
        if (end < 0 || end + 1 == input.Length)
        {
            return ProxyHeaderStatus.Truncated;
        }

        var line = input[at..end];
        var addresses = s_addresses ??= new byte[32];
        if (input[end + 1] != (byte)'\n'
            || !TryTakeWord(ref line, isLast: false, out var source) || !TryV6(source, addresses)
            || !TryTakeWord(ref line, isLast: false, out var destination) || !TryV6(destination, addresses.AsSpan(16))
            || !TryTakeWord(ref line, isLast: false, out var first) || !TryPort(first, out var sourcePort)
            || !TryTakeWord(ref line, isLast: true, out var second) || !TryPort(second, out var destinationPort))
        {
            return ProxyHeaderStatus.Invalid;
        }

        consumed = end + 2;
        header = Of(addresses, 16, sourcePort, destinationPort);
        return ProxyHeaderStatus.Done;
    }

    private static bool TryTakeWord(ref ReadOnlySpan<byte> line, bool isLast, out ReadOnlySpan<byte> word)
    {
        var blank = line.IndexOf((byte)' ');
        if (blank < 0)
        {
            word = line;
            line = default;
            return isLast;
        }

        word = line[..blank];
        line = line[(blank + 1)..];
        return true;
    }

    private static bool TryV6(ReadOnlySpan<byte> word, Span<byte> into) =>
        !word.ContainsAny("%["u8) && IPAddress.TryParse(word, out var address) && address.TryWriteBytes(into, out var written) && written == 16;

    private static bool TryPort(ReadOnlySpan<byte> word, out int port)
    {
        var at = 0;
        port = TakePort(word, ref at);
        return at == word.Length;
    }

    private static ProxyHeader Of(byte[] addresses, int size, int sourcePort, int destinationPort) => new()
    {
        HasAddresses = true,
        // The caller copies the addresses before the next header is read.
        Source = addresses.AsSpan(0, size),
        Destination = addresses.AsSpan(16, size),
        SourcePort = sourcePort,
        DestinationPort = destinationPort,
    };
}
