using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>
/// The last look at a head before it is written as HTTP/1, once all rules are done: what concerns only two neighbours is settled here. A
/// <c>Connection: close</c> which a rule has set closes; <c>keep-alive</c> set by a rule means nothing; of <c>TE</c> only <c>trailers</c> goes on.
/// The <c>Connection</c> header HAProxy writes says only what the version does not imply already.
/// </summary>
public static class Http1Connection
{
    /// <summary>For a request to a server.</summary>
    /// <param name="request">The request; some headers may be removed or shortened.</param>
    /// <param name="close">In: the server connection will not be used again. Out: also true when a header demands it.</param>
    public static ConnectionHeader ForRequest(HttpHead request, ref bool close)
    {
        ArgumentNullException.ThrowIfNull(request);
        var upgrade = Settle(request, ref close);
        if (request.Framing != BodyFraming.Chunked && request.First(KnownHeader.TransferEncoding) >= 0) close = true;
        if (!request.IsVersion11 && (request.Flags & HttpFlags.TransferChunked) != 0) close = true;
        if (upgrade) return ConnectionHeader.None;
        if (request.IsVersion11) return close ? ConnectionHeader.Close : ConnectionHeader.None;
        return close ? ConnectionHeader.None : ConnectionHeader.KeepAlive;
    }

    /// <summary>For a response to a client. Interim answers, 101 and answers that open a tunnel get no <c>Connection</c>.</summary>
    /// <param name="response">The response; some headers may be removed or shortened.</param>
    /// <param name="requestIsVersion11">The request was HTTP/1.1 or above.</param>
    /// <param name="close">In: the client connection is closed after this response. Out: also true when a header demands it, or the framing.</param>
    public static ConnectionHeader ForResponse(HttpHead response, bool requestIsVersion11, ref bool close)
    {
        ArgumentNullException.ThrowIfNull(response);
        Settle(response, ref close);
        if (response.Status < 200 || (response.Status == 204 && response.Framing != BodyFraming.Tunnel))
        {
            response.Remove(KnownHeader.ContentLength);
            response.Remove(KnownHeader.TransferEncoding);
        }

        if (response.Status < 200 || response.Framing == BodyFraming.Tunnel) return ConnectionHeader.None;
        if (response.Framing == BodyFraming.UntilClose) close = true;
        if (!response.IsVersion11 && (response.Flags & HttpFlags.TransferChunked) != 0) close = true;
        if (!response.IsVersion11) return close ? ConnectionHeader.None : ConnectionHeader.KeepAlive;
        if (close) return ConnectionHeader.Close;
        return requestIsVersion11 ? ConnectionHeader.None : ConnectionHeader.KeepAlive;
    }

    // Returns whether the head speaks of an upgrade.
    private static bool Settle(HttpHead head, ref bool close)
    {
        var upgradeHeader = false;
        var upgradeToken = false;
        for (var i = 0; i < head.FieldCount; i++)
        {
            ref readonly var field = ref head.Field(i);
            if (field.Removed) continue;
            switch (field.Known)
            {
                case KnownHeader.Upgrade:
                    upgradeHeader = true;
                    break;

                case KnownHeader.Connection:
                    var tokens = Http1Values.ReadConnection(head.Span(field.Value));
                    upgradeToken |= (tokens & HttpFlags.ConnectionUpgrade) != 0;
                    close |= (tokens & HttpFlags.ConnectionClose) != 0;
                    if ((tokens & (HttpFlags.ConnectionClose | HttpFlags.ConnectionKeepAlive)) != 0) Http1Repairs.ReduceConnection(head, i);
                    break;

                case KnownHeader.Te:
                    ReduceTe(head, i);
                    break;
            }
        }

        return upgradeHeader && upgradeToken;
    }

    private static void ReduceTe(HttpHead head, int index)
    {
        ref var field = ref head.FieldRef(index);
        var value = head.Writable(field.Value);
        if (!Http1Values.HasExactToken(value, "trailers"u8))
        {
            field.Removed = true;
        }
        else if (value.Length != 8)
        {
            "trailers"u8.CopyTo(value);
            field.Value = new Slice(field.Value.Start, 8);
            field.Canonical = false;
        }
    }
}
