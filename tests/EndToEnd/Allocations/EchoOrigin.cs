using System.Net;
using System.Net.Sockets;

namespace Dropin.EndToEnd.Allocations;

/// <summary>A web server that answers every request with the same bytes on a connection that stays.</summary>
internal sealed class EchoOrigin : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public EchoOrigin()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException) { } // closed
        catch (ObjectDisposedException) { }
    }

    private static void Serve(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[4096];
            var held = 0;
            try
            {
                while (true)
                {
                    var count = socket.Receive(buffer, held, buffer.Length - held, SocketFlags.None);
                    if (count == 0) return;
                    held += count;
                    if (!buffer.AsSpan(0, held).EndsWith("\r\n\r\n"u8)) continue;
                    held = 0;
                    socket.Send(Answer);
                }
            }
            catch (SocketException) { } // the proxy went away
        }
    }
}
