using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Arguments;

/// <summary>The answer to <c>-v</c>: the original's layout, with what is true of us.</summary>
internal static class VersionText
{
    /// <summary>The whole text.</summary>
    internal static string Text => $"""
        Keepalived {ProductVersion.Text}

        dropin {ProductVersion.Release}, a replacement of keepalived {ProductVersion.Level}

        Built with .NET {Environment.Version} Native AOT
        Running on {SystemName.Running}

        Config options:  VRRP VRRP_AUTH VRRP_VMAC JSON INIT=systemd SYSTEMD_NOTIFY


        """;
}
