using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Muxes;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>How moving body bytes from one end to the other came to a halt.</summary>
internal enum RelayStatus
{
    /// <summary>The message is complete and sent.</summary>
    Ended,

    /// <summary>The source has given all; the sink has still to be told, and flushed (<see cref="Relay.Finish"/>).</summary>
    Complete,

    /// <summary>The source has nothing now.</summary>
    WaitSource,

    /// <summary>The sink takes nothing now.</summary>
    WaitSink,

    /// <summary>The turn's budget is spent; there is more to do.</summary>
    Yield,

    /// <summary>The source closed before the end of the message.</summary>
    Truncated,

    /// <summary>The source's connection broke.</summary>
    SourceFailed,

    /// <summary>The sink's connection broke.</summary>
    SinkFailed,

    /// <summary>The source broke the protocol.</summary>
    Malformed,
}

/// <summary>Moves body bytes from one end of a stream to the other.</summary>
internal static class Relay
{
    /// <summary>How many reads a stream may do before others get their turn.</summary>
    private const int Budget = 16;

    /// <summary>Moves what can be moved, and ends the message at the sink.</summary>
    internal static RelayStatus Move(Http1End from, Http1End to, ProxyThread thread, out long moved)
    {
        var status = MoveBody(from, to, thread, out moved);
        return status == RelayStatus.Complete ? Finish(to) : status;
    }

    /// <summary>Moves what can be moved; the end is left to <see cref="Finish"/>, so that the source can be let go before the sink sees the end.</summary>
    /// <param name="from">Where the body comes from.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="thread">Whose thread it is.</param>
    /// <param name="moved">How many body bytes the sink took.</param>
    internal static RelayStatus MoveBody(Http1End from, Http1End to, ProxyThread thread, out long moved)
    {
        moved = 0;
        var reads = 0;
        while (true)
        {
            if (!from.PeekBody(out var data))
            {
                _ = to.Flush();
                return RelayStatus.Malformed;
            }

            if (!data.IsEmpty)
            {
                var taken = to.WriteBody(data);
                if (taken == 0)
                {
                    return to.Flush() == EndStatus.Failed ? RelayStatus.SinkFailed : RelayStatus.WaitSink;
                }

                from.ConsumeBody(taken);
                moved += taken;
                continue;
            }

            if (!from.Trailers.IsEmpty)
            {
                if (!EndWithTrailers(from, to, thread, ref moved, out var broken))
                {
                    return broken ? RelayStatus.Malformed : to.Flush() == EndStatus.Failed ? RelayStatus.SinkFailed : RelayStatus.WaitSink;
                }

                continue;
            }

            if (from.InputEnded)
            {
                return RelayStatus.Complete;
            }

            if (reads++ == Budget)
            {
                return to.Flush() == EndStatus.Failed ? RelayStatus.SinkFailed : RelayStatus.Yield;
            }

            from.ExpectLongBody();
            switch (from.Fill())
            {
                case EndStatus.Progress:
                    continue;
                case EndStatus.Closed:
                    if (from.InputFraming is BodyFraming.UntilClose or BodyFraming.Tunnel)
                    {
                        continue;
                    }

                    _ = to.Flush();
                    return RelayStatus.Truncated;
                case EndStatus.Failed:
                    _ = to.Flush();
                    return RelayStatus.SourceFailed;
                default:
                    return to.Flush() switch
                    {
                        EndStatus.Failed => RelayStatus.SinkFailed,
                        EndStatus.Wait => RelayStatus.WaitSink,
                        _ => RelayStatus.WaitSource,
                    };
            }
        }
    }

    /// <summary>Ends the message at the sink and sends what is left of it; to be repeated until it has gone.</summary>
    internal static RelayStatus Finish(Http1End to)
    {
        var fits = to.EndBody();
        return to.Flush() switch
        {
            EndStatus.Failed => RelayStatus.SinkFailed,
            EndStatus.Progress when fits => RelayStatus.Ended,
            EndStatus.Progress => RelayStatus.Yield,
            _ => RelayStatus.WaitSink,
        };
    }

    private static bool EndWithTrailers(Http1End from, Http1End to, ProxyThread thread, ref long moved, out bool broken)
    {
        broken = false;
        var trailers = thread.Trailers;
        trailers.Reset(thread.Loop.Buffers);
        try
        {
            if (!Protocols.Http1.Http1TrailerReader.Parse(from.Trailers, trailers, thread.RequestOptions, out _))
            {
                broken = true;
                return false;
            }

            if (!to.EndBody(trailers))
            {
                return false;
            }

            moved += HtxWeight.OfFields(trailers);
            from.ConsumeTrailers();
            return true;
        }
        finally
        {
            trailers.Release();
        }
    }
}
