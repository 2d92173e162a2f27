using System.Net;
using System.Net.Sockets;

namespace Dropin.Benchmarks;

/// <summary>What the rows share while they run: the origin, a syslog socket, how long and how often.</summary>
internal sealed class Bench : IDisposable
{
    private readonly Socket _syslog = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _drain;

    public Bench(int seconds, int rounds)
    {
        (Seconds, Rounds) = (seconds, rounds);
        _syslog.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _drain = new Thread(() =>
        {
            var buffer = new byte[2048];
            try { while (_syslog.Receive(buffer) > 0) { } }
            catch (SocketException) { } // closed: the end
            catch (ObjectDisposedException) { }
        }) { IsBackground = true };
        _drain.Start();
    }

    public int Seconds { get; }

    public int Rounds { get; }

    public Origin Origin { get; } = new();

    public int SyslogPort => ((IPEndPoint)_syslog.LocalEndPoint!).Port;

    public void Dispose()
    {
        _syslog.Dispose();
        Origin.Dispose();
    }
}
