namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Why a router became master (RFC 6527, vrrpv3StatisticsNewMasterReason).</summary>
public enum NewMasterReason
{
    /// <summary>It never was.</summary>
    NotMaster = 0,

    /// <summary>The master gave up by priority 0.</summary>
    Priority = 1,

    /// <summary>The master had a lower priority.</summary>
    Preempted = 2,

    /// <summary>The master fell silent, or there was none.</summary>
    MasterNoResponse = 3,
}
