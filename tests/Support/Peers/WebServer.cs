using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Tests.Support.Text;

namespace Dropin.Tests.Support.Peers;

/// <summary>
/// A web server with programmable answers. It records every request head and body it received, connection by connection, and by default
/// answers 200 with its own name as the body. It keeps connections open unless the request or the answer says otherwise.
/// </summary>
/// <remarks>
/// Built in: <c>/status/404</c> answers that status, <c>/bytes/N</c> a body of N bytes, <c>/chunked</c> three chunks,
/// <c>/close</c> a body that ends with the connection, <c>/wait/300ms</c> the default answer after that time,
/// <c>/hear/WORD</c> the default answer when a script has told the word.
/// </remarks>
public sealed class WebServer : IDisposable
{
    private readonly EndPoint _where;
    private readonly bool _quiet;
    private readonly Signals _signals;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<StringBuilder> _connections = [];
    private readonly List<Wire> _wires = [];
    private readonly Lock _gate = new();
    private Listening? _listening;

    public WebServer(string name, EndPoint where, Signals signals, bool quiet = false, bool down = false)
    {
        Name = name;
        _where = where;
        _quiet = quiet;
        _signals = signals;
        if (!down)
            Up();
    }

    public string Name { get; }

    /// <summary>Answers by request target (path without query), before the built-in ones; the text is the whole answer, byte for byte.</summary>
    public Dictionary<string, byte[]> Answers { get; } = [];

    /// <summary>Status of the default answer; 0 closes the connection without an answer.</summary>
    public int Status { get; set; } = 200;

    /// <summary>What was received, connection by connection, without connections that brought nothing.</summary>
    public string Transcript
    {
        get
        {
            lock (_gate)
            {
                var text = new StringBuilder();
                var number = 0;
                foreach (var connection in _connections.Where(c => c.Length > 0))
                    text.Append(CultureInfo.InvariantCulture, $"  connection {++number}\n").Append(connection);
                return text.ToString();
            }
        }
    }

    /// <summary>Starts to listen (again).</summary>
    public void Up()
    {
        _listening = new Listening(_where);
        _ = AcceptAllAsync(_listening);
    }

    /// <summary>Stops to listen and ends every connection, as a process that dies.</summary>
    public void Down()
    {
        _listening?.Dispose();
        lock (_gate)
        {
            foreach (var wire in _wires)
                wire.Dispose();
            _wires.Clear();
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        Down();
        _stop.Dispose();
    }

    private async Task AcceptAllAsync(Listening listening)
    {
        try
        {
            while (true)
            {
                var wire = await listening.AcceptAsync(_stop.Token).ConfigureAwait(false);
                var record = new StringBuilder();
                lock (_gate)
                {
                    _wires.Add(wire);
                    _connections.Add(record);
                }
                _ = ServeAsync(wire, record);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Down or disposed.
        }
    }

    private async Task ServeAsync(Wire wire, StringBuilder record)
    {
        using (wire)
            try
            {
                while (true)
                {
                    var request = await HttpReader.ReadAsync(wire, false, false, _stop.Token).ConfigureAwait(false);
                    if (request.Head.Length > 0)
                        Record(record, request);
                    if (request.End != ReadEnd.Complete)
                        return;
                    var (answer, keep) = await AnswerAsync(request).ConfigureAwait(false);
                    if (answer is null || await wire.WriteAsync(answer, _stop.Token).ConfigureAwait(false) != ReadEnd.Complete || !keep)
                        return;
                }
            }
            catch (OperationCanceledException)
            {
                // Stopped.
            }
    }

    private void Record(StringBuilder record, HttpMessage request)
    {
        if (_quiet)
            return;
        lock (_gate)
        {
            foreach (var line in Escape.ToLines(request.Head))
                record.Append("  < ").Append(line).Append('\n');
            if (request.Chunked)
                record.Append("  (chunks)\n");
            if (request.Body.Length > 2048)
                record.Append(CultureInfo.InvariantCulture, $"  ({request.Body.Length} bytes)\n");
            else
                foreach (var line in Escape.ToLines(request.Body))
                    record.Append("  < ").Append(line).Append('\n');
            foreach (var line in Escape.ToLines(request.Trailers))
                record.Append("  <trailer ").Append(line).Append('\n');
        }
    }

    private async Task<(byte[]? Answer, bool Keep)> AnswerAsync(HttpMessage request)
    {
        var path = request.Target.Split('?')[0];
        var keep = request.Header("connection")?.Contains("close", StringComparison.OrdinalIgnoreCase) != true
            && request.StartLine.EndsWith("1.1", StringComparison.Ordinal);
        if (Answers.TryGetValue(path, out var scripted))
            return (scripted, keep && HttpReader.HeaderOf(scripted, "connection") != "close");
        var parts = path.Split('/');
        switch (parts.ElementAtOrDefault(1))
        {
            case "status" when parts.Length > 2:
                return (Simple(int.Parse(parts[2], CultureInfo.InvariantCulture), Name, request.Method), keep);
            case "bytes" when parts.Length > 2:
                return (Simple(200, new string('b', int.Parse(parts[2], CultureInfo.InvariantCulture)), request.Method), keep);
            case "chunked":
                return ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n"u8.ToArray(), keep);
            case "close":
                return (Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n\r\n{Name}"), false);
            case "hear" when parts.Length > 2:
                await _signals.HearAsync(parts[2], _stop.Token).ConfigureAwait(false);
                return (Simple(200, Name, request.Method), keep);
            case "wait" when parts.Length > 2:
                await Task.Delay(PeerScript.Duration(parts[2]), _stop.Token).ConfigureAwait(false);
                return (Simple(200, Name, request.Method), keep);
            default:
                return (Status == 0 ? null : Simple(Status, Name, request.Method), keep);
        }
    }

    private static byte[] Simple(int status, string body, string method)
    {
        var empty = status is 204 or 304;
        var head = $"HTTP/1.1 {status} {(status == 200 ? "OK" : "Because")}\r\n" + (empty ? "" : $"Content-Length: {body.Length}\r\n") + "\r\n";
        return Encoding.Latin1.GetBytes(empty || method == "HEAD" ? head : head + body);
    }
}
