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
        HandedOver = () => LeaveThread(close: false);
        Discard = () => LeaveThread(close: true);
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

    /// <summary>The port of <see cref="ServerState.SourcePorts"/> that it holds; 0 none.</summary>
    internal int SourcePort { get; set; }

    /// <summary>Where other threads see it (<see cref="IdleList"/>).</summary>
    internal int Place { get; set; }

    /// <summary>What it owes to the client it was made for (<see cref="ConnectionTraits"/>).</summary>
    internal long Traits { get; private set; }

    /// <summary>For its own thread: another thread has its descriptor now.</summary>
    internal Action HandedOver { get; }

    /// <summary>For its own thread: another thread found it useless.</summary>
    internal Action Discard { get; }

    private const int Taken = 0, Offered = 1;
    private int _offer;
    private bool _isUsed;

    /// <summary>Lets every thread claim it; called by its own thread with everything else about it settled.</summary>
    internal void Offer() => Volatile.Write(ref _offer, Offered);

    /// <summary>Claims it while it is idle; of several threads one wins.</summary>
    internal bool TryClaim() => Interlocked.CompareExchange(ref _offer, Taken, Offered) == Offered;

    /// <summary>Gives a claim up.</summary>
    internal void Unclaim() => Offer();

    /// <summary>Whether it may carry a stream. A look without a claim is a guess on other threads than its own.</summary>
    internal bool Fits(ServerState server, long traits, bool proven) =>
        ReferenceEquals(Server, server) && Traits == traits && (IsProven || !proven) && !Connection.CanRead;

    /// <summary>Takes over the descriptor of a connection that another thread had and this one has claimed.</summary>
    internal bool TakeOver(ServerConnection other, ProxyThread owner)
    {
        owner.Loop.UnwatchFromOutside(other.Connection);
        Connection.AttachFrom(other.Connection);
        if (!_thread.Loop.Watch(Connection))
        {
            Connection.Abandon();
            return false;
        }

        Connection.MarkConnected();
        (Server, Requests, Traits) = (other.Server, other.Requests, other.Traits);
        (SourcePort, other.SourcePort) = (other.SourcePort, 0);
        End.Reset();
        Connection.Owner = this;
        return true;
    }

    private void LeaveThread(bool close)
    {
        _thread.Idle.Release(this);
        if (!close)
        {
            _thread.Loop.Forget(Connection);
            Connection.Abandon();
        }

        Close(reset: true);
    }

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

    internal void Begin(ServerState? server, Stream stream, long traits)
    {
        Server = server;
        Stream = stream;
        Requests = 0;
        Traits = traits;
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
            else if (!_thread.Idle.TryRemove(this))
            {
                // Another thread has claimed it, and hears the same.
                return;
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
        if (SourcePort != 0)
        {
            Server!.SourcePorts!.Give(SourcePort);
            SourcePort = 0;
        }

        Stream = null;
        Server = null;
        Keeper = null;
        _thread.Give(this);
    }
}
