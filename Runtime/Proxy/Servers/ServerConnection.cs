using Dropin.Runtime.Proxy.Muxes;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>A connection to a server: in use by a stream, or idle in its thread's pool.</summary>
public sealed class ServerConnection : IConnectionOwner
{
    private readonly ProxyThread _thread;

    internal ServerConnection(ProxyThread thread)
    {
        _thread = thread;
        Connection = new Connection();
        End = new Http1End(Connection, thread.Loop.Buffers);
    }

    /// <summary>The transport.</summary>
    public Connection Connection { get; }

    /// <summary>The stream's end on it.</summary>
    public Http1End End { get; }

    /// <summary>The server it leads to; null for <c>dispatch</c> and transparent proxies.</summary>
    public ServerState? Server { get; internal set; }

    /// <summary>The stream that uses it; null while idle.</summary>
    public Stream? Stream { get; internal set; }

    /// <summary>The client connection that keeps it to itself while idle (<c>http-reuse never</c>); null in the pool.</summary>
    internal Session? Keeper { get; set; }

    /// <summary>How many requests it has carried.</summary>
    public int Requests { get; internal set; }

    /// <summary>Whether it has carried more than one request: such a connection has shown that it can be used again.</summary>
    internal bool IsProven => Requests > 1;

    /// <summary>When it became idle, in the loop's milliseconds.</summary>
    internal long IdleSince { get; set; }

    internal ServerConnection? Next { get; set; }

    internal ServerConnection? Previous { get; set; }

    private bool _isUsed;

    /// <summary>Counts the connection as in use.</summary>
    internal void EnterUse()
    {
        if (!_isUsed && Server is { } server)
        {
            _isUsed = true;
            server.EnterUse();
        }
    }

    /// <summary>Counts the connection as no longer in use.</summary>
    internal void LeaveUse()
    {
        if (_isUsed)
        {
            _isUsed = false;
            Server!.LeaveUse();
        }
    }

    internal void Begin(ServerState? server, Stream stream)
    {
        Server = server;
        Stream = stream;
        Requests = 0;
        EnterUse();
        End.Reset();
        Connection.Owner = this;
    }

    /// <inheritdoc/>
    public void OnReady(Connection connection)
    {
        if (Stream is { } stream)
        {
            _thread.Loop.Wake(stream);
        }
        else if (connection.CanRead)
        {
            // An idle server has nothing to say but good-bye (RFC 9112 section 9.5).
            if (Keeper is { } keeper)
            {
                keeper.Kept = null;
            }
            else
            {
                _thread.Idle.Remove(this);
            }

            Close(reset: false);
        }
    }

    /// <summary>Closes the connection and gives the object back.</summary>
    internal void Close(bool reset)
    {
        LeaveUse();
        End.Reset();
        Connection.Close(_thread.Loop, reset);
        Stream = null;
        Server = null;
        Keeper = null;
        _thread.Give(this);
    }
}
