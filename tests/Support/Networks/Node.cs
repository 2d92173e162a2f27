using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Tests.Support.Networks;

/// <summary>A host of the scene: a network namespace of its own. Sockets are made inside and then used from anywhere.</summary>
public sealed class Node(string ns)
{
    public string Namespace => ns;

    public Socket Listen(string address, int port) => Inside(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        socket.Listen(64);
        return socket;
    });

    public Socket Datagrams(string address, int port) => Inside(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    });

    public Socket Connect(string address, int port) => Inside(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Parse(address), port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    });

    /// <summary>Makes something inside, on a thread of its own: what entered a namespace is not given back to others, it ends with the one thing it did.</summary>
    public T Inside<T>(Func<T> make)
    {
        T? made = default;
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                var entered = NetworkNamespace.Enter($"/run/netns/{ns}");
                if (!entered.IsNone) throw new InvalidOperationException($"namespace {ns}: {entered.Text}");
                made = make();
            }
            catch (Exception e)
            {
                problem = e;
            }
        });
        thread.Start();
        thread.Join();
        return problem is null ? made! : throw problem;
    }
}
