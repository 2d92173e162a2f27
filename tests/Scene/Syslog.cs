using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene;

/// <summary>The syslog socket of the load balancer: what was logged, in order.</summary>
internal sealed class Syslog : IDisposable
{
    private readonly Socket _socket;
    private readonly List<string> _lines = [];

    public Syslog(Node balancer)
    {
        _socket = balancer.Datagrams("127.0.0.1", 514);
        new Thread(() =>
        {
            var buffer = new byte[4096];
            try
            {
                while (true)
                {
                    var count = _socket.Receive(buffer);
                    lock (_lines)
                    {
                        _lines.Add(Encoding.Latin1.GetString(buffer, 0, count));
                        Monitor.PulseAll(_lines);
                    }
                }
            }
            catch (SocketException) { } // closed
            catch (ObjectDisposedException) { }
        }) { IsBackground = true }.Start();
    }

    public IReadOnlyList<string> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    /// <summary>Waits for a line that holds the text; the time it took, or null when the limit passed.</summary>
    public TimeSpan? Wait(string text, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        lock (_lines)
        {
            while (true)
            {
                if (_lines.Any(l => l.Contains(text, StringComparison.Ordinal))) return clock.Elapsed;
                var left = limit - clock.Elapsed;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_lines, left)) return null;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
