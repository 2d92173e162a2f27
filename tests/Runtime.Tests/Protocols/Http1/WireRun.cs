using System.Globalization;
using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;

namespace Dropin.Runtime.Tests.Protocols.Http1;

/// <summary>Runs a message through reader, chunk reader and writer, as bytes arrive in pieces, and tells the outcome as text.</summary>
internal static class WireRun
{
    public const string Incomplete = "incomplete";

    // What HAProxy's input buffer holds; a reactor never shows the parser more.
    private const int BufferLimit = 16320;

    public static string Bad(string status, string offset, string state, bool isResponse) =>
        $"bad {(isResponse ? "502" : status)} {(state == "MSG_TRAILERS" ? "-" : offset)} {state}";

    public static string Good(byte[] head, string kind, byte[] body, byte[] trailers, string persist, string relaxed) =>
        $"{Text(head)}\n{(kind == "length" && body.Length == 0 ? "" : kind)}\n{Text(body)}\n{Text(trailers)}\n{persist}\n{relaxed}";

    public static string Of(byte[] message, bool isResponse, bool acceptInvalid, string method, bool oldClient, IEnumerable<int> cuts)
    {
        var pool = new BufferPool();
        var head = new HttpHead();
        head.Reset(pool);
        var result = Run(message, isResponse, acceptInvalid, method, oldClient, cuts, pool, head);
        head.Release();
        if (pool.Outstanding != 0) return "leak";
        return result;
    }

    private static string Run(
        byte[] message, bool isResponse, bool acceptInvalid, string method, bool oldClient, IEnumerable<int> cuts, BufferPool pool, HttpHead head)
    {
        var options = new Http1Options { AcceptInvalid = acceptInvalid, RequestMethod = KnownMethods.Of(Encoding.ASCII.GetBytes(method)) };
        var scan = default(Http1ScanState);
        var consumed = 0;
        var error = default(Http1Error);
        var status = ParseStatus.NeedMore;
        var available = 0;
        using var ends = cuts.Append(message.Length).GetEnumerator();
        while (status == ParseStatus.NeedMore && ends.MoveNext())
        {
            available = ends.Current;
            var input = message.AsSpan(0, Math.Min(available, BufferLimit));
            status = isResponse
                ? Http1ResponseReader.Parse(input, head, in options, ref scan, out consumed, out error)
                : Http1RequestReader.Parse(input, head, in options, ref scan, out consumed, out error);
        }

        if (status == ParseStatus.Bad) return Bad(error, isResponse);
        if (status == ParseStatus.NeedMore) return Incomplete;
        var relaxed = error.Reason == Http1ErrorReason.None ? "" : error.Offset.ToString(CultureInfo.InvariantCulture);
        var persist = isResponse || head.Framing == BodyFraming.Tunnel ? "" : head.KeepAlive ? "yes" : "no";
        var close = oldClient;
        var connection = isResponse ? Http1Connection.ForResponse(head, !oldClient, ref close) : Http1Connection.ForRequest(head, ref close);
        var output = new byte[40000];
        var write = new Http1WriteOptions { Connection = connection };
        var written = isResponse ? Http1Writer.WriteResponseHead(head, output, in write) : Http1Writer.WriteRequestHead(head, output, in write);

        var body = new List<byte>();
        byte[] trailers = [];
        var kind = "";
        switch (head.Framing)
        {
            case BodyFraming.Length:
                kind = "length";
                body.AddRange(message.Skip(consumed).Take((int)Math.Min(head.ContentLength, int.MaxValue)));
                break;

            case BodyFraming.UntilClose:
            case BodyFraming.Tunnel:
                kind = head.Framing == BodyFraming.Tunnel ? "tunnel" : "close";
                body.AddRange(message.Skip(consumed));
                break;

            case BodyFraming.Chunked:
                var chunks = default(ChunkReader);
                var at = consumed;
                while (true)
                {
                    var step = chunks.Next(message.AsSpan(at, available - at), out var skip, out var data, out error);
                    if (step == ChunkStep.Bad) return Bad(error with { Offset = error.Offset + at }, isResponse);
                    at += skip;
                    if (step == ChunkStep.Data) body.AddRange(message.AsSpan(at, data));
                    if (step == ChunkStep.Trailers)
                    {
                        var fields = new HttpHead();
                        fields.Reset(pool);
                        var good = Http1TrailerReader.Parse(message.AsSpan(at, data), fields, in options, out error);
                        var length = good ? Http1Writer.WriteTrailers(fields, output.AsSpan(written)) : 0;
                        fields.Release();
                        if (!good) return Bad(error with { Offset = error.Offset + at }, isResponse);
                        trailers = output[written..(written + length - 2)];
                    }

                    at += data;
                    if (step is ChunkStep.End or ChunkStep.Trailers) break;
                    if (step != ChunkStep.NeedMore) continue;
                    if (!ends.MoveNext()) break;
                    available = ends.Current;
                }

                kind = chunks.AtEnd ? "chunked" : "chunked unfinished";
                break;
        }

        return Good(output[..written], kind, [.. body], trailers, persist, relaxed);
    }

    private static string Bad(Http1Error error, bool isResponse) =>
        Bad(error.Status.ToString(CultureInfo.InvariantCulture), error.Offset.ToString(CultureInfo.InvariantCulture), error.StateName, isResponse);

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
