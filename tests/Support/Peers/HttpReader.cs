using System.Globalization;
using System.Text;

namespace Dropin.Tests.Support.Peers;

/// <summary>An HTTP/1 message as it was read: head and trailers byte for byte, the body without chunk framing.</summary>
public sealed record HttpMessage(byte[] Head, byte[] Body, bool Chunked, byte[] Trailers, ReadEnd End)
{
    public string StartLine => Encoding.Latin1.GetString(Head).Split("\r\n")[0];

    /// <summary>Status of a response, 0 when there is none.</summary>
    public int Status => StartLine.Split(' ') is [_, var code, ..] && int.TryParse(code, out var status) ? status : 0;

    public string Method => StartLine.Split(' ')[0];

    public string Target => StartLine.Split(' ') is [_, var uri, ..] ? uri : "";

    /// <summary>Value of the first header of that name, or null.</summary>
    public string? Header(string name) => HttpReader.HeaderOf(Head, name);
}

/// <summary>Reads one HTTP/1 message at a time from a wire, leaving what follows it unread. Lenient on purpose: it records, it does not judge.</summary>
public static class HttpReader
{
    /// <param name="wire">Connection to read from.</param>
    /// <param name="response">A response without length lasts until the connection ends; a request without one has no body.</param>
    /// <param name="bodyless">The answer to HEAD, which has no body whatever its headers say.</param>
    /// <param name="deadline">When to give up.</param>
    public static async Task<HttpMessage> ReadAsync(Wire wire, bool response, bool bodyless, CancellationToken deadline)
    {
        int end;
        while ((end = HeadEnd(wire.Unread.Span)) < 0)
        {
            var how = await wire.FillAsync(deadline).ConfigureAwait(false);
            if (how != ReadEnd.Complete)
                return new HttpMessage(wire.Take(int.MaxValue), [], false, [], how);
        }
        var head = wire.Take(end);
        var status = response ? new HttpMessage(head, [], false, [], ReadEnd.Complete).Status : 0;
        if (bodyless || status is 204 or 304 or (>= 100 and < 200))
            return new HttpMessage(head, [], false, [], ReadEnd.Complete);
        if (HeaderOf(head, "transfer-encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true)
            return await ReadChunksAsync(wire, head, deadline).ConfigureAwait(false);
        if (long.TryParse(HeaderOf(head, "content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            var (body, how) = await TakeAsync(wire, (int)length, deadline).ConfigureAwait(false);
            return new HttpMessage(head, body, false, [], how);
        }
        if (!response)
            return new HttpMessage(head, [], false, [], ReadEnd.Complete);
        ReadEnd last;
        while ((last = await wire.FillAsync(deadline).ConfigureAwait(false)) == ReadEnd.Complete)
        {
        }
        return new HttpMessage(head, wire.Take(int.MaxValue), false, [], last);
    }

    /// <summary>Value of the first header of that name in a head, or null.</summary>
    public static string? HeaderOf(byte[] head, string name)
    {
        foreach (var line in Encoding.Latin1.GetString(head).Split("\r\n").Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line[..colon].Equals(name, StringComparison.OrdinalIgnoreCase))
                return line[(colon + 1)..].Trim();
        }
        return null;
    }

    private static async Task<HttpMessage> ReadChunksAsync(Wire wire, byte[] head, CancellationToken deadline)
    {
        var body = new MemoryStream();
        while (true)
        {
            var (line, how) = await TakeLineAsync(wire, deadline).ConfigureAwait(false);
            if (how != ReadEnd.Complete)
                return new HttpMessage(head, [.. body.ToArray(), .. line], true, [], how);
            var digits = Encoding.Latin1.GetString(line).Split(';')[0].Trim();
            if (!int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size))
                return new HttpMessage(head, [.. body.ToArray(), .. line], true, [], ReadEnd.Complete);
            if (size == 0)
                break;
            var (data, dataEnd) = await TakeAsync(wire, size + 2, deadline).ConfigureAwait(false);
            body.Write(data, 0, Math.Min(size, data.Length));
            if (dataEnd != ReadEnd.Complete)
                return new HttpMessage(head, body.ToArray(), true, [], dataEnd);
        }
        var trailers = new MemoryStream();
        while (true)
        {
            var (line, how) = await TakeLineAsync(wire, deadline).ConfigureAwait(false);
            if (how != ReadEnd.Complete || line is [13, 10] or [10])
                return new HttpMessage(head, body.ToArray(), true, trailers.ToArray(), how);
            trailers.Write(line);
        }
    }

    /// <summary>Takes a line with its line feed.</summary>
    public static async Task<(byte[] Line, ReadEnd End)> TakeLineAsync(Wire wire, CancellationToken deadline)
    {
        int at;
        while ((at = wire.Unread.Span.IndexOf((byte)'\n')) < 0)
        {
            var how = await wire.FillAsync(deadline).ConfigureAwait(false);
            if (how != ReadEnd.Complete)
                return (wire.Take(int.MaxValue), how);
        }
        return (wire.Take(at + 1), ReadEnd.Complete);
    }

    /// <summary>Takes that many bytes.</summary>
    public static async Task<(byte[] Data, ReadEnd End)> TakeAsync(Wire wire, int count, CancellationToken deadline)
    {
        while (wire.Unread.Length < count)
        {
            var how = await wire.FillAsync(deadline).ConfigureAwait(false);
            if (how != ReadEnd.Complete)
                return (wire.Take(count), how);
        }
        return (wire.Take(count), ReadEnd.Complete);
    }

    private static int HeadEnd(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("\r\n\r\n"u8);
        return at < 0 ? -1 : at + 4;
    }
}
