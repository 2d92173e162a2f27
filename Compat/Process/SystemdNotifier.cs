using System.Text;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Process;

/// <summary>
/// Tells systemd how the service stands (sd_notify(3)): one datagram to the socket named by NOTIFY_SOCKET. A service manager that is not
/// there, or does not answer, never disturbs the service.
/// </summary>
/// <param name="address">The socket's path, or its name in the abstract name space after "@"; null when nobody wants to know.</param>
public sealed class SystemdNotifier(string? address)
{
    /// <summary>The notifier for the process' environment.</summary>
    public static SystemdNotifier FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    /// <summary>Sends a state, lines of NAME=value; false when nobody received it.</summary>
    public bool Send(string state)
    {
        if (string.IsNullOrEmpty(address))
            return false;
        var socket = RawSocket.CreateDatagram(SocketFamily.Unix);
        if (socket < 0)
            return false;
        try
        {
            return RawSocket.SendTo(socket, Encoding.UTF8.GetBytes(state), Address(address)).Status == IoStatus.Done;
        }
        finally
        {
            RawSocket.Close(socket);
        }
    }

    private static SocketAddress128 Address(string text)
    {
        if (text[0] != '@')
            return SocketAddress128.FromPath(text);
        var made = SocketAddress128.FromAbstractName(text[1..]);
        made.SetLength(3 + Encoding.UTF8.GetByteCount(text[1..])); // systemd's names are not padded
        return made;
    }
}
