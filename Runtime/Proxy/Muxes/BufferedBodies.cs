using Dropin.Runtime.Protocols.Http1;

namespace Dropin.Runtime.Proxy.Muxes;

/// <summary>Looks at chunked bodies that wait in a buffer, without taking anything.</summary>
internal static class BufferedBodies
{
    [ThreadStatic]
    private static byte[]? s_plain;

    /// <summary>Whether the last chunk is here (or the framing is broken: waiting would not help).</summary>
    internal static bool IsComplete(ReadOnlySpan<byte> input) => Walk(input, out _, out _, out _) is ChunkStep.End or ChunkStep.Trailers or ChunkStep.Bad;

    /// <summary>Whether a body, as far as it is here, breaks the protocol in its framing or its trailers.</summary>
    internal static bool IsBroken(ReadOnlySpan<byte> input, ProxyThread thread)
    {
        var step = Walk(input, out var at, out var skip, out var data);
        if (step != ChunkStep.Trailers)
        {
            return step == ChunkStep.Bad;
        }

        var trailers = thread.Trailers;
        trailers.Reset(thread.Loop.Buffers);
        var isGood = Http1TrailerReader.Parse(input.Slice(at + skip, data), trailers, thread.RequestOptions, out _);
        trailers.Release();
        return !isGood;
    }

    /// <summary>Where the framing of a body breaks the protocol, as far as it is here; -1 where it does not.</summary>
    internal static int BadChunk(ReadOnlySpan<byte> input)
    {
        if (Walk(input, out var at, out _, out _) != ChunkStep.Bad)
        {
            return -1;
        }

        // Digits of a chunk's size are good: the character behind them is not.
        while (at < input.Length && char.IsAsciiHexDigit((char)input[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>How many bytes the whole body takes, framing and trailers included; -1 where it is not here as a whole.</summary>
    internal static int Measure(ReadOnlySpan<byte> input) =>
        Walk(input, out var at, out var skip, out var data) is ChunkStep.Trailers or ChunkStep.End ? at + skip + data : -1;

    /// <summary>Walks over the data that is here to the first step that is none, which begins at <paramref name="at"/>.</summary>
    private static ChunkStep Walk(ReadOnlySpan<byte> input, out int at, out int skip, out int data)
    {
        var reader = default(ChunkReader);
        at = 0;
        while (true)
        {
            var step = reader.Next(input[at..], out skip, out data, out _);
            if (step != ChunkStep.Data)
            {
                return step;
            }

            at += skip + data;
        }
    }

    /// <summary>The data of the chunks that are here, in a buffer of the thread.</summary>
    internal static ReadOnlySpan<byte> Unchunk(ReadOnlySpan<byte> input)
    {
        if (s_plain is null || s_plain.Length < input.Length)
        {
            s_plain = new byte[Math.Max(input.Length, 16384)];
        }

        var reader = default(ChunkReader);
        var used = 0;
        while (reader.Next(input, out var skip, out var data, out _) == ChunkStep.Data)
        {
            input.Slice(skip, data).CopyTo(s_plain.AsSpan(used));
            used += data;
            input = input[(skip + data)..];
        }

        return s_plain.AsSpan(0, used);
    }
}
