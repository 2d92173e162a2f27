using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Servers;

/// <summary>Finds a port of a server's range that the system lets us have: another program may have taken some.</summary>
internal struct SourcePortSearch
{
    /// <summary>How many ports are tried for one connection, as with the original.</summary>
    private const int Attempts = 10;

    private readonly SourcePorts? _ports;
    private int _left;

    internal SourcePortSearch(ServerState server) => (_ports, _left) = (server.SourcePorts, Attempts);

    /// <summary>The port that is held; 0 none.</summary>
    internal int Port { get; private set; }

    /// <summary>Puts the next port into the address. False where all are in use; without a range the address stays as it is.</summary>
    internal bool Next(ref SocketAddress128 source)
    {
        if (_ports is null)
        {
            return true;
        }

        _left--;
        Port = _ports.Take();
        source.SetPort(Port);
        return Port != 0;
    }

    /// <summary>Whether another port is to be tried after binding answered so; the one before is given back.</summary>
    internal bool GoesOn(int error)
    {
        if (_ports is null)
        {
            return false;
        }

        Give();
        return error == Errno.Eaddrinuse && _left > 0;
    }

    /// <summary>Gives the port back.</summary>
    internal void Give()
    {
        if (Port != 0)
        {
            _ports!.Give(Port);
            Port = 0;
        }
    }
}
