using Dropin.Compat.Keepalived.Arguments;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Where the numbers of the process are written: tools signal the daemon by these files.</summary>
/// <param name="Daemon">That of the daemon.</param>
/// <param name="Vrrp">That of its VRRP part: one process here, so both files hold one number.</param>
internal sealed record PidPaths(string Daemon, string Vrrp)
{
    private const string Run = "/run", Directory = "/run/keepalived";

    /// <summary>The paths for a command line and a configuration.</summary>
    internal static PidPaths Of(KeepalivedArguments arguments, GlobalConfig global)
    {
        var space = arguments.NetworkNamespace ?? global.NetworkNamespace;
        // In a namespace the original mounts a directory of that namespace over /run/keepalived; seen from outside the files stand in it.
        var directory = space != null ? $"{Directory}/{space}" : global.InstanceName != null || global.UsePidDirectory ? Directory : Run;
        var suffix = global.InstanceName == null ? "" : "_" + global.InstanceName;
        return new PidPaths(arguments.PidPath ?? $"{directory}/keepalived{suffix}.pid", arguments.VrrpPidPath ?? $"{directory}/vrrp{suffix}.pid");
    }
}
