using Dropin.Runtime.Ir;
using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What is known about one interface; told to the core before the start and whenever it changed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">The kernel's number; 0 when it does not exist.</param>
/// <param name="IsUp">IFF_UP.</param>
/// <param name="IsRunning">IFF_RUNNING (or what polling the carrier says).</param>
/// <param name="Addresses">Its addresses of both families in the kernel's order; deprecated and tentative ones too.</param>
public sealed record InterfaceFacts(string Name, int Index, bool IsUp, bool IsRunning, ValueList<RouterAddress> Addresses)
{
    /// <summary>Bytes of a packet at most.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>The interface below a VMAC; null for others. It is down when the one below is down.</summary>
    public string? Base { get; init; }

    /// <summary>Whether it exists.</summary>
    public bool Exists => Index != 0;

    /// <summary>Whether it counts as up: it exists, is up and running.</summary>
    public bool IsGood => Exists && IsUp && IsRunning;

    /// <summary>An interface that does not exist.</summary>
    public static InterfaceFacts Missing(string name) => new(name, 0, false, false, []);
}
