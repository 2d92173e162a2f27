using System.Globalization;
using System.Text;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Process;

/// <summary>
/// Lines for the system's log as the C library's syslog(3) writes them: <c>&lt;priority&gt;Mmm dd HH:MM:SS name[pid]: text</c>, one datagram
/// each to /dev/log. A log that is not there never holds the service up: the line is lost, and the next one tries again. Of one that is full (the
/// kernel keeps as few as ten datagrams for it, net.unix.max_dgram_qlen) the lines wait here; syslog(3) would hold the service up instead.
/// </summary>
/// <param name="path">The log's socket.</param>
public sealed class SystemLog(string path = "/dev/log") : IDisposable
{
    /// <summary>So many lines wait at most; what is said then is lost, and the log hears how much.</summary>
    public const int MostWaiting = 4096;

    private readonly Queue<byte[]> _waiting = new();
    private byte[] _head = []; // of the last line that was lost
    private int _lost;
    private int _socket = -1;

    /// <summary>Whether lines wait for room: <see cref="Flush"/> is to be called in a moment.</summary>
    public bool IsBehind => _waiting.Count > 0 || _lost > 0;

    /// <summary>Sends one line.</summary>
    /// <param name="facility">The facility's number, 0 to 23.</param>
    /// <param name="severity">0 emergency to 7 debug (RFC 5424 6.2.1).</param>
    /// <param name="name">The program.</param>
    /// <param name="pid">Its process number.</param>
    /// <param name="text">The line.</param>
    /// <param name="now">Local time.</param>
    public void Send(int facility, int severity, string name, int pid, string text, DateTime now)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"<{(facility * 8) + severity}>{now:MMM} {now.Day,2} {now:HH:mm:ss} {name}[{pid}]: ");
        var bytes = Encoding.UTF8.GetBytes(head + text);
        Flush();
        if (!IsBehind && IsTaken(bytes))
            return;
        if (_waiting.Count < MostWaiting)
        {
            _waiting.Enqueue(bytes);
            return;
        }
        _head = Encoding.UTF8.GetBytes(head);
        _lost++;
    }

    /// <summary>Sends what waits, as far as there is room.</summary>
    public void Flush()
    {
        while (_waiting.TryPeek(out var line) && IsTaken(line))
            _ = _waiting.Dequeue();
        if (_waiting.Count == 0 && _lost > 0 && IsTaken([.. _head, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_lost} lines are lost: the system's log was full"))]))
            _lost = 0;
    }

    /// <summary>Waits until the log has room for a line.</summary>
    /// <param name="milliseconds">The patience.</param>
    /// <returns>False when there is none by then.</returns>
    public bool WaitForRoom(int milliseconds)
    {
        Span<PollEntry> socket = [new PollEntry { Descriptor = _socket, Wanted = PollEntry.Out }];
        return Polling.Wait(socket, milliseconds) > 0;
    }

    /// <summary>Closes the socket; the next line opens one again.</summary>
    public void Dispose()
    {
        if (_socket >= 0)
            RawSocket.Close(_socket);
        _socket = -1;
    }

    // True as well where there is no log at all.
    private bool IsTaken(ReadOnlySpan<byte> bytes)
    {
        var status = SendOnce(bytes);
        if (status is IoStatus.Done or IoStatus.Again)
            return status == IoStatus.Done;
        Dispose(); // the log was started anew: its former socket leads nowhere
        return SendOnce(bytes) != IoStatus.Again;
    }

    private IoStatus SendOnce(ReadOnlySpan<byte> bytes) => _socket < 0 && !Open() ? IoStatus.Failed : RawSocket.Send(_socket, bytes).Status;

    private bool Open()
    {
        _socket = RawSocket.CreateDatagram(SocketFamily.Unix);
        if (_socket >= 0 && RawSocket.Connect(_socket, SocketAddress128.FromPath(path)) == 0)
            return true;
        Dispose();
        return false;
    }
}
