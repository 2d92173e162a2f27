namespace Dropin.Runtime.Proxy.Health;

/// <summary>The hello of a stream processing offload agent (SPOE.txt 3.2.5).</summary>
internal static class SpopHello
{
    private const byte AgentHello = 101, AgentDisconnect = 102;
    private const ulong LeastFrame = 256, MostFrame = 16380;

    /// <summary>What is wrong with a frame; null nothing.</summary>
    /// <param name="frame">The frame behind its length.</param>
    internal static string? FindError(ReadOnlySpan<byte> frame)
    {
        // Type, flags (4), stream and frame number; then pairs of name and value.
        if (frame.Length < 7 || frame[0] is not (AgentHello or AgentDisconnect))
        {
            return "invalid frame received";
        }

        var rest = frame[5..];
        if (!TryNumber(ref rest, out _) || !TryNumber(ref rest, out _))
        {
            return "invalid frame received";
        }

        bool hasVersion = false, hasSize = false;
        while (!rest.IsEmpty)
        {
            if (!TryText(ref rest, out var name) || rest.IsEmpty)
            {
                return "invalid frame received";
            }

            var type = rest[0] & 0x0f;
            rest = rest[1..];
            var value = default(ReadOnlySpan<byte>);
            ulong number = 0;
            if (!(type switch { 0 or 1 => true, 8 or 9 => TryText(ref rest, out value), _ => TryNumber(ref rest, out number) }))
            {
                return "invalid frame received";
            }

            if (name.SequenceEqual("version"u8))
            {
                hasVersion = true;
                if (!value.Trim((byte)' ').StartsWith("2."u8) && !value.Trim((byte)' ').StartsWith("1."u8))
                {
                    return "unsupported version";
                }
            }
            else if (name.SequenceEqual("max-frame-size"u8))
            {
                hasSize = true;
                if (number is < LeastFrame or > MostFrame)
                {
                    return "max-frame-size too big or too small";
                }
            }
        }

        return !hasVersion ? "version value not found" : !hasSize ? "max-frame-size value not found" : null;
    }

    private static bool TryText(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryNumber(ref rest, out var length) || length > (ulong)rest.Length)
        {
            return false;
        }

        text = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    // Numbers up to 239 are one byte; larger ones go on with seven bits a byte (SPOE.txt 3.1).
    private static bool TryNumber(scoped ref ReadOnlySpan<byte> rest, out ulong number)
    {
        number = 0;
        if (rest.IsEmpty)
        {
            return false;
        }

        number = rest[0];
        rest = rest[1..];
        if (number < 240)
        {
            return true;
        }

        var shift = 4;
        while (!rest.IsEmpty && shift < 64)
        {
            var next = rest[0];
            rest = rest[1..];
            number += (ulong)next << shift;
            shift += 7;
            if (next < 128)
            {
                return true;
            }
        }

        return false;
    }
}
