using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What follows from the configuration alone.</summary>
public sealed partial class InstanceState
{
    internal const int OwnerPriority = 255;

    private RouterAddress[] _announced = [];
    private RouterAddress[] _peers = [];

    internal bool IsOwner => BasePriority == OwnerPriority;

    private bool IsV6 => Config.Family == AddressFamily.InterNetworkV6;

    private bool UsesHeader => Config.Version == 2 && Config.Authentication?.Kind == AuthenticationKind.Header;

    // RFC 3768 6.1 counts in seconds whatever the interval is; RFC 5798 6.1 in the master's interval.
    internal long SkewTime => (Config.Version == 2 ? Microseconds.Second : MasterAdvertInterval) * (256 - EffectivePriority) / 256;

    [MemberNotNull(nameof(Config), nameof(_discarded))]
    private void Configure(InstanceConfig config)
    {
        Config = config;
        _discarded = new PacketDiscarded(config.Name);
        BasePriority = TotalPriority = EffectivePriority = config.Priority;
        AdvertInterval = Microseconds.Of(config.AdvertInterval);
        if (MasterAdvertInterval == 0 || config.Version == 2 || State == VrrpState.Master) MasterAdvertInterval = AdvertInterval;
        UsesOldChecksum = config.OldUnicastChecksum == OldChecksum.Always || (UsesOldChecksum && config.OldUnicastChecksum == OldChecksum.Automatic);
        var own = config.VirtualMac is { } mac ? mac.Name ?? DefaultMacName(config) : config.Interface;
        AddressInterface = own;
        InterfaceName = config.VirtualMac is { TransmitByBase: true } ? config.Interface : own;
        _announced = new RouterAddress[Math.Min(config.Addresses.Count, AdvertFormat.MostAddresses)];
        for (var i = 0; i < _announced.Length; i++) _announced[i] = RouterAddress.From(config.Addresses[i].Address);
        _peers = new RouterAddress[config.Path.Peers.Count];
        for (var i = 0; i < _peers.Length; i++) _peers[i] = RouterAddress.From(config.Path.Peers[i].Address);
        RenewDownInterval();
    }

    private string DefaultMacName(InstanceConfig config) =>
        $"{_core.Config.Global.VirtualMacPrefix}{(config.Family == AddressFamily.InterNetworkV6 ? "6" : "")}.{config.RouterId}";

    private void RenewDownInterval() => MasterDownInterval = (Config.DownTimerAdverts * MasterAdvertInterval) + SkewTime;

    internal AdvertChannel WantedChannel()
    {
        var address = Config.Path.IsUnicast ? SourceAddress : RouterAddress.From(Config.Path.Group ?? (IsV6 ? _core.Config.Global.Group6 : _core.Config.Global.Group4));
        return new AdvertChannel(InterfaceName.Length == 0 ? null : InterfaceName, Config.Family, UsesHeader, Config.Path.IsUnicast, address);
    }

    internal void UseChannel(AdvertChannel channel) => Channel = channel;

    internal bool HasPeer(RouterAddress address) => Array.IndexOf(_peers, address) >= 0;

    // With another of these it is another virtual router: the old one ends, a new one begins. Its name is no part of it.
    internal bool Survives(InstanceConfig next) =>
        next.RouterId == Config.RouterId && next.Interface == Config.Interface && next.Family == Config.Family
        && next.Path.IsUnicast == Config.Path.IsUnicast && Equals(next.VirtualMac, Config.VirtualMac);
}
