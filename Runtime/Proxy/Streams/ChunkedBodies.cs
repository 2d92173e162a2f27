using Dropin.Runtime.Protocols.Http1;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Looks at chunked bodies that wait in a buffer, without taking anything.</summary>
internal static class ChunkedBodies
{
    internal static bool IsComplete(ReadOnlySpan<byte> input)
    {
        var reader = default(ChunkReader);
        while (true)
        {
            switch (reader.Next(input, out var skip, out var data, out _))
            {
                case ChunkStep.Data:
                    input = input[(skip + data)..];
                    break;
                case ChunkStep.End or ChunkStep.Trailers or ChunkStep.Bad:
                    return true;
                default:
                    return false;
            }
        }
    }
}
