using Dropin.Runtime.Vrrp;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>The words for states that scripts, pipes and log lines know.</summary>
internal static class StateWord
{
    /// <summary>As scripts and pipes hear it.</summary>
    internal static string Of(VrrpState state) => state switch
    {
        VrrpState.Initialize => "INIT",
        VrrpState.Backup => "BACKUP",
        VrrpState.Master => "MASTER",
        VrrpState.Fault => "FAULT",
        VrrpState.Stopped => "STOP",
        _ => "DELETED",
    };
}
