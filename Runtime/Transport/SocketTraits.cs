using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Transport;

/// <summary>What few sockets have: probes of their own, a network interface, a network namespace.</summary>
public sealed class SocketTraits
{
    private readonly byte[]? _device;
    private readonly HeldNamespace? _space;

    /// <summary>Makes the traits.</summary>
    /// <param name="probes">How TCP keep-alive probes are sent (tcp(7)); null or 0 leaves the system's values.</param>
    /// <param name="device">The network interface; null any.</param>
    /// <param name="space">The namespace; null the process' own.</param>
    public SocketTraits(TcpProbesConfig? probes, string? device = null, HeldNamespace? space = null)
    {
        Probes = probes;
        _device = device is null ? null : System.Text.Encoding.ASCII.GetBytes(device + "\0");
        _space = space;
    }

    /// <summary>The probes.</summary>
    public TcpProbesConfig? Probes { get; }

    /// <summary>Makes a stream socket. A negative answer is minus the number of errno(3).</summary>
    public int CreateStream(SocketFamily family) => _space?.CreateStream(family) ?? RawSocket.CreateStream(family);

    /// <summary>Sets what a socket that is not connected yet has to have.</summary>
    public void Apply(int descriptor)
    {
        if (Probes is { } probes)
        {
            Apply(descriptor, probes);
        }

        if (_device is not null)
        {
            RawSocket.SetOption(descriptor, SocketOption.SocketLevel, SocketOption.BindToDevice, _device);
        }
    }

    /// <summary>Sets how probes are sent.</summary>
    public static void Apply(int descriptor, TcpProbesConfig probes)
    {
        Set(descriptor, SocketOption.TcpKeepAliveCount, probes.Count);
        Set(descriptor, SocketOption.TcpKeepAliveIdle, probes.IdleSeconds);
        Set(descriptor, SocketOption.TcpKeepAliveInterval, probes.IntervalSeconds);
    }

    private static void Set(int descriptor, int option, int value)
    {
        if (value > 0)
        {
            RawSocket.SetOption(descriptor, SocketOption.TcpLevel, option, value);
        }
    }
}
