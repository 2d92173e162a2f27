using System.Text;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>
/// What debug mode (<c>-d</c>, management manual 3) shows of the traffic: streams, heads and ends with the numbers of their descriptors, in the original's form. It is
/// for looking at one connection; it allocates, and an engine without it pays a look at a field.
/// </summary>
/// <param name="write">Who takes the lines; called on the threads of the streams.</param>
public sealed class TrafficTrace(Action<string> write)
{
    private const int None = -1;

    internal void Accepted(Stream stream)
    {
        stream.TracedServer = None;
        var peer = stream.Session.Client.Peer;
        Span<byte> text = stackalloc byte[64];
        var address = peer.AddressBytes.IsEmpty ? "unix" : $"{Encoding.ASCII.GetString(text[..peer.FormatAddress(text)])}:{peer.Port}";
        write($"{stream.Number:x8}:{stream.Frontend.Name}.accept({stream.Session.Listener.Descriptor:x4})={stream.Session.Client.Descriptor:x4} from [{address}] ALPN=<none>\n");
    }

    internal void Request(HttpStream stream) => Head(stream, stream.Request, "cli", "req");

    internal void Response(HttpStream stream)
    {
        stream.TracedServer = stream.ServerDescriptor;
        Head(stream, stream.Response, "srv", "rep");
    }

    internal void Ended(Stream stream)
    {
        var isHttp = stream is HttpStream;
        var client = isHttp ? stream.Session.Client.Descriptor : None;
        if (!isHttp)
            Line(stream, "srvcls", stream.Session.Client.Descriptor, None);
        Line(stream, "clicls", client, stream.TracedServer);
        if (isHttp && stream.TracedServer >= 0)
            Line(stream, "srvcls", client, stream.TracedServer);
        Line(stream, "closed", client, stream.TracedServer);
    }

    private void Line(Stream stream, string what, int client, int server) =>
        write($"{Name(stream)}.{what}[{(ushort)client:x4}:{(ushort)server:x4}]\n");

    private void Head(HttpStream stream, HttpHead head, string side, string line)
    {
        var place = $"[{stream.Session.Client.Descriptor:x4}:{stream.TracedServer:x4}]: ";
        var lines = new StringBuilder();
        lines.Append(Name(stream)).Append('.').Append(side).Append(line).Append(place);
        if (head.IsResponse)
            lines.Append("HTTP/1.1 ").Append(head.Status).Append(' ').Append(Text(head.Span(head.Reason)));
        else
            lines.Append(Text(stream.RequestLine));
        lines.Append('\n');
        for (var i = 0; i < head.FieldCount; i++)
        {
            if (!head.Field(i).Removed)
                lines.Append(Name(stream)).Append('.').Append(side).Append("hdr").Append(place).Append(Text(head.NameOf(i))).Append(": ").Append(Text(head.ValueOf(i))).Append('\n');
        }

        write(lines.ToString());

        string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
    }

    private static string Name(Stream stream) => $"{stream.Number:x8}:{stream.BackendProxy.Name}";
}
