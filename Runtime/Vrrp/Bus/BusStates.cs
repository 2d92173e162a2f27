using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>States as the bus tells them.</summary>
internal static class BusStates
{
    private const uint Fault = 3, Deleted = 97, Stopped = 98;

    /// <summary>The number of a state. An instance that a reload takes away is in fault, unless its scripts are told the difference (<c>notify_deleted</c>).</summary>
    internal static uint NumberOf(InstanceState instance, VrrpState state) => state switch
    {
        VrrpState.Stopped => Stopped,
        VrrpState.Deleted => instance.Config.Notify.DeletedState ? Deleted : Fault,
        _ => (uint)state,
    };

    /// <summary>The word for a state.</summary>
    internal static string WordOf(VrrpState state) => state switch
    {
        VrrpState.Initialize => "Init",
        VrrpState.Backup => "Backup",
        VrrpState.Master => "Master",
        VrrpState.Fault => "Fault",
        _ => "Unknown",
    };
}
