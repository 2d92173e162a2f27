using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Dropin.Tests.Support.Networks;

/// <summary>A web server that can fail: it stops listening, or answers with errors. It keeps the heads of the requests as they came.</summary>
public sealed class WebServer(Node node, string name, string address) : IDisposable
{
    private readonly ConcurrentBag<Socket> _open = [];
    private Socket? _listener;

    /// <summary>Answer 500 to everything.</summary>
    public bool Broken { get; set; }

    public ConcurrentQueue<string> Heads { get; } = [];

    public void Up()
    {
        var listener = _listener = node.Listen(address, 80);
        new Thread(() =>
        {
            try
            {
                while (true)
                {
                    var socket = listener.Accept();
                    _open.Add(socket);
                    new Thread(() => Serve(socket)) { IsBackground = true }.Start();
                }
            }
            catch (SocketException) { } // closed: down
            catch (ObjectDisposedException) { }
        }) { IsBackground = true }.Start();
    }

    /// <summary>Stops listening: connecting is refused from now on. What is open stays open.</summary>
    public void Down() => _listener?.Dispose();

    public void Dispose()
    {
        Down();
        foreach (var socket in _open) socket.Dispose();
    }

    private void Serve(Socket socket)
    {
        try
        {
            var pending = "";
            var buffer = new byte[16384];
            while (true)
            {
                int end;
                while ((end = pending.IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
                {
                    var count = socket.Receive(buffer);
                    if (count == 0) { socket.Dispose(); return; }
                    pending += Encoding.Latin1.GetString(buffer, 0, count);
                }
                var head = pending[..(end + 4)];
                pending = pending[(end + 4)..];
                Heads.Enqueue(head);
                if (head.StartsWith("GET /never ", StringComparison.Ordinal)) continue;                         // 504: says nothing, stays
                if (head.StartsWith("GET /hangup ", StringComparison.Ordinal)) { socket.Dispose(); return; }     // 502
                if (head.StartsWith("GET /long ", StringComparison.Ordinal)) { SendLong(socket); socket.Dispose(); return; }
                var close = head.Contains("connection: close", StringComparison.OrdinalIgnoreCase);
                var body = Broken ? $"{name} is broken\n" : $"{name}\n";
                socket.Send(Encoding.Latin1.GetBytes($"HTTP/1.1 {(Broken ? "500 Broken" : "200 OK")}\r\nServer: scene\r\nContent-Type: text/plain\r\n" +
                    $"Content-Length: {body.Length}\r\n{(close ? "Connection: close\r\n" : "")}\r\n{body}"));
                if (close) { socket.Shutdown(SocketShutdown.Send); }
            }
        }
        catch (SocketException) { } // the peer went away
        catch (ObjectDisposedException) { }
    }

    // A body that takes a second.
    private void SendLong(Socket socket)
    {
        const int parts = 5;
        var part = new string('.', 1000);
        var last = $"{name}\n";
        socket.Send(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nServer: scene\r\nContent-Type: text/plain\r\nContent-Length: {parts * part.Length + last.Length}\r\nConnection: close\r\n\r\n"));
        for (var i = 0; i < parts; i++)
        {
            socket.Send(Encoding.Latin1.GetBytes(part));
            Thread.Sleep(200);
        }
        socket.Send(Encoding.Latin1.GetBytes(last));
    }
}
