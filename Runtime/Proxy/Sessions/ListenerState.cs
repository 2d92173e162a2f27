using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>A listening socket of a frontend, shared by the threads that serve it.</summary>
public sealed class ListenerState
{
    /// <summary>Makes a listener over an open descriptor.</summary>
    public ListenerState(ProxyState proxy, BindConfig config, int descriptor, int threads)
    {
        Proxy = proxy;
        Config = config;
        Descriptor = descriptor;
        MaxConnections = config.MaxConnections ?? int.MaxValue;
        Counters = new CounterSet(threads);
        if (!config.Transparent && descriptor >= 0)
        {
            FixedAddress = RawSocket.LocalAddress(descriptor);
            if (!FixedAddress.AddressBytes.ContainsAnyExcept((byte)0))
            {
                FixedAddress.SetLength(0);
            }
        }

        NameBytes = System.Text.Encoding.UTF8.GetBytes(config.Name ?? "");
    }

    /// <summary>Its name; empty where it has none.</summary>
    internal byte[] NameBytes { get; }

    /// <summary>The frontend's section.</summary>
    public ProxyState Proxy { get; }

    /// <summary>What the file asked for.</summary>
    public BindConfig Config { get; }

    /// <summary>The listening descriptor; -1 when closed.</summary>
    public int Descriptor { get; internal set; }

    /// <summary>
    /// The address that every connection over it arrives at; empty where that differs from connection to connection (a listener on all
    /// addresses, <c>transparent</c>), so that the kernel has to be asked.
    /// </summary>
    internal SocketAddress128 FixedAddress;

    /// <summary>Most concurrent connections.</summary>
    public int MaxConnections { get; }

    /// <summary>Client connections over this listener.</summary>
    public Gauge Sessions { get; } = new();

    /// <summary>Counts by thread (<c>option socket-stats</c>).</summary>
    public CounterSet Counters { get; }

    /// <summary>Whether accepting is switched off for now.</summary>
    public volatile bool IsPaused;
}
