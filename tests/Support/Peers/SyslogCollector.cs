using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dropin.Tests.Support.Peers;

/// <summary>Receives log datagrams on a UDP port of loopback or on a Unix datagram socket, in order of arrival.</summary>
public sealed class SyslogCollector : IDisposable
{
    private readonly Socket _socket;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;

    public SyslogCollector(EndPoint where)
    {
        _socket = new Socket(where.AddressFamily, SocketType.Dgram, where.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Udp)
        {
            ReceiveBufferSize = 1 << 20,
        };
        Binding.Bind(_socket, where);
        _receiving = ReceiveAsync();
    }

    /// <summary>Datagrams as they came, one string each (a line feed at the end is kept).</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>Waits until some datagram contains the text; false at the deadline.</summary>
    public async Task<bool> WaitForAsync(string text, TimeSpan limit, CancellationToken cancel)
    {
        var until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (!Lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            if (Environment.TickCount64 > until)
                return false;
            await Task.Delay(2, cancel).ConfigureAwait(false);
        }
        return true;
    }

    /// <summary>Takes what the kernel still holds for us, once the sender is gone.</summary>
    public async Task DrainAsync()
    {
        for (var quiet = 0; quiet < 2;)
        {
            var before = Lines.Count;
            await Task.Delay(2).ConfigureAwait(false);
            quiet = _socket.Available == 0 && Lines.Count == before ? quiet + 1 : 0;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var count = await _socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, _stop.Token).ConfigureAwait(false);
                lock (_gate)
                    _lines.Add(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }
}
