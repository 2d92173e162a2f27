using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>What a thread needs to send log lines: its sockets, its clock and the space a line is put together in.</summary>
public sealed class LogThread : IDisposable
{
    internal readonly LogDelivery Delivery;
    internal readonly LogClock Clock;
    private readonly int[] _sockets = [-1, -1, -1];
    private readonly DatagramQueue _waiting = new();
    private byte[] _line = new byte[4096];

    /// <summary>Makes the state of a thread.</summary>
    /// <param name="delivery">What the process shares.</param>
    /// <param name="zone">The time zone; null means the machine's.</param>
    public LogThread(LogDelivery delivery, TimeZoneInfo? zone = null)
    {
        Delivery = delivery;
        Clock = new LogClock(zone);
    }

    /// <summary>Whether lines to syslog servers wait for <see cref="Flush"/>, which the thread's loop calls before it sleeps.</summary>
    public bool Gathers { get; set; }

    /// <summary>Sends the lines that wait.</summary>
    public void Flush()
    {
        if (!_waiting.IsEmpty)
        {
            _waiting.Send(this);
        }
    }

    /// <summary>Space for a line of so many bytes and a line feed.</summary>
    internal Span<byte> Space(int length)
    {
        if (_line.Length <= length)
        {
            // Once for the longest target; 'len' is bounded by the configuration.
            _line = new byte[length + 1];
        }

        return _line;
    }

    /// <summary>Sends what stands in the space.</summary>
    internal void Deliver(LogTarget target, int length)
    {
        var line = _line.AsSpan(0, length);
        switch (target.Route)
        {
            case LogRoute.Ring:
                // A ring keeps lines without their line feed.
                target.Ring!.Append(line[..^1]);
                return;
            case LogRoute.Descriptor:
                Descriptors.Write(target.Descriptor, line, out var error);
                Judge(target, error.Code);
                return;
            case LogRoute.Internet when Gathers && TryGather(target, line):
                return;
            default:
                Send(target, line, [new Datagram(0, length)]);
                return;
        }
    }

    /// <summary>Lets a line wait with the others; those before it leave where there is no room.</summary>
    /// <returns>False for a line that is too long for it.</returns>
    private bool TryGather(LogTarget target, ReadOnlySpan<byte> line)
    {
        if (_waiting.TryAdd(target, line))
        {
            return true;
        }

        _waiting.Send(this);
        return _waiting.TryAdd(target, line);
    }

    /// <summary>Sends lines to one target; what the kernel does not take is lost and counted.</summary>
    internal void Send(LogTarget target, ReadOnlySpan<byte> bytes, ReadOnlySpan<Datagram> lines)
    {
        var socket = SocketOf(target.Address.Family);
        while (!lines.IsEmpty)
        {
            var sent = socket < 0 ? socket : Datagrams.Send(socket, bytes, lines, target.Address);
            if (sent < 0)
            {
                // The first line met it; those behind get their own try.
                Judge(target, -sent);
            }

            lines = lines[Math.Max(sent, 1)..];
        }
    }

    private void Judge(LogTarget target, int error)
    {
        if (error == 0)
        {
            return;
        }

        if (error is Errno.Eagain or Errno.Eintr or Errno.Enobufs)
        {
            Delivery.CountDropped();
        }
        else if (target.TellUnreachable())
        {
            Delivery.Unreachable?.Invoke(target.Number, error);
        }
    }

    private int SocketOf(SocketFamily family)
    {
        var slot = family switch { SocketFamily.IPv4 => 0, SocketFamily.IPv6 => 1, _ => 2 };
        if (_sockets[slot] < 0)
        {
            var made = RawSocket.CreateDatagram(family);
            if (made < 0)
            {
                return made;
            }

            _sockets[slot] = made;
            // Nothing is ever read from it.
            RawSocket.ShutdownRead(made);
        }

        return _sockets[slot];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        for (var i = 0; i < _sockets.Length; i++)
        {
            if (_sockets[i] >= 0)
            {
                RawSocket.Close(_sockets[i]);
                _sockets[i] = -1;
            }
        }
    }
}
