using System.Globalization;
using System.Text;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Process;

/// <summary>
/// Lines for the system's log as the C library's syslog(3) writes them: <c>&lt;priority&gt;Mmm dd HH:MM:SS name[pid]: text</c>, one datagram
/// each to /dev/log. A log that is not there, or is full, never holds the service up: the line is lost, and the next one tries again.
/// </summary>
/// <param name="path">The log's socket.</param>
public sealed class SystemLog(string path = "/dev/log") : IDisposable
{
    private int _socket = -1;

    /// <summary>Sends one line.</summary>
    /// <param name="facility">The facility's number, 0 to 23.</param>
    /// <param name="severity">0 emergency to 7 debug (RFC 5424 6.2.1).</param>
    /// <param name="name">The program.</param>
    /// <param name="pid">Its process number.</param>
    /// <param name="text">The line.</param>
    /// <param name="now">Local time.</param>
    public void Send(int facility, int severity, string name, int pid, string text, DateTime now)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"<{(facility * 8) + severity}>{now:MMM} {now.Day,2} {now:HH:mm:ss} {name}[{pid}]: {text}");
        var bytes = Encoding.UTF8.GetBytes(stamp);
        if (SendOnce(bytes))
            return;
        Dispose(); // the log was started anew: its former socket leads nowhere
        _ = SendOnce(bytes);
    }

    /// <summary>Closes the socket; the next line opens one again.</summary>
    public void Dispose()
    {
        if (_socket >= 0)
            RawSocket.Close(_socket);
        _socket = -1;
    }

    private bool SendOnce(ReadOnlySpan<byte> bytes)
    {
        if (_socket < 0 && !Open())
            return false;
        return RawSocket.Send(_socket, bytes).Status is IoStatus.Done or IoStatus.Again;
    }

    private bool Open()
    {
        _socket = RawSocket.CreateDatagram(SocketFamily.Unix);
        if (_socket >= 0 && RawSocket.Connect(_socket, SocketAddress128.FromPath(path)) == 0)
            return true;
        Dispose();
        return false;
    }
}
