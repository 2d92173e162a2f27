using System.Net;
using System.Net.Sockets;

namespace Dropin.Tests.Support.Peers;

/// <summary>Binds a socket to a reserved address.</summary>
public static class Binding
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Binds, and tries again for a second while the address is in use: a process that this one is just starting holds copies of all
    /// descriptors until its exec, the socket that was closed a moment ago among them.
    /// </summary>
    public static void Bind(Socket socket, EndPoint where)
    {
        var until = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (true)
        {
            try
            {
                socket.Bind(where);
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && Environment.TickCount64 < until)
            {
                Thread.Yield();
            }
        }
    }
}
