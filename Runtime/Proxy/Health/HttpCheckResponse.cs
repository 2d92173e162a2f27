using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>The answer to an HTTP check, read anew each time more of it came: answers are small and checks are rare.</summary>
internal sealed class HttpCheckResponse : IDisposable
{
    private readonly BufferPool _buffers;
    private readonly byte[] _body;

    internal HttpCheckResponse(BufferPool buffers)
    {
        _buffers = buffers;
        _body = buffers.Rent();
    }

    /// <summary>The head, once it is complete.</summary>
    internal HttpHead Head { get; } = new();

    /// <summary>What is known of the head.</summary>
    internal ParseStatus HeadStatus { get; private set; }

    /// <summary>How much of the body came, framing taken off.</summary>
    internal int BodyLength { get; private set; }

    /// <summary>Whether the body is all there.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>The body as far as it came.</summary>
    internal ReadOnlyMemory<byte> Body => _body.AsMemory(0, BodyLength);

    /// <summary>Looks at all bytes of the answer so far.</summary>
    internal void Read(ReadOnlySpan<byte> received, KnownMethod method, bool isFinal)
    {
        Head.Reset(_buffers);
        BodyLength = 0;
        IsComplete = false;
        var options = new Http1Options { BufferSize = _buffers.BlockSize, RequestMethod = method };
        HeadStatus = Http1ResponseReader.Parse(received, Head, options, out var consumed, out _);
        if (HeadStatus != ParseStatus.Done)
        {
            return;
        }

        var rest = received[consumed..];
        switch (Head.Framing)
        {
            case BodyFraming.None:
                IsComplete = true;
                break;
            case BodyFraming.Length:
                Append(rest[..(int)Math.Min(rest.Length, Head.ContentLength)]);
                IsComplete = BodyLength == Head.ContentLength;
                break;
            case BodyFraming.Chunked:
                Unchunk(rest);
                break;
            default:
                Append(rest);
                IsComplete = isFinal;
                break;
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        Head.Release();
        _buffers.Return(_body);
    }

    private void Unchunk(ReadOnlySpan<byte> rest)
    {
        var reader = default(ChunkReader);
        while (true)
        {
            var step = reader.Next(rest, out var skip, out var data, out _);
            switch (step)
            {
                case ChunkStep.Data:
                    Append(rest.Slice(skip, data));
                    rest = rest[(skip + data)..];
                    break;
                case ChunkStep.End:
                case ChunkStep.Trailers:
                    IsComplete = true;
                    return;
                case ChunkStep.Bad:
                    HeadStatus = ParseStatus.Bad;
                    return;
                default:
                    return;
            }
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_body.AsSpan(BodyLength));
        BodyLength += bytes.Length;
    }
}
