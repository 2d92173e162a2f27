using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Sys.Process;
using HaproxyConfig = Dropin.Runtime.Ir.HaproxyConfig;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// What the process needs its first rights for as long as it runs: marks on packets, the client's or an interface's address towards servers. Without
/// them these would fail in silence, connection by connection, so a change of the user is refused at the start, as the original does it.
/// </summary>
internal static class PrivilegedOptions
{
    /// <summary>Whether the process may go on; otherwise it has been said why not.</summary>
    internal static bool MayStart(HaproxyConfig config, Messages messages)
    {
        if (!config.Proxies.Any(NeedsRights))
            return true;
        if (config.Global.Uid is > 0)
        {
            messages.AlertInMain("Some configuration options require full privileges, so global.uid cannot be changed.");
            return false;
        }
        if (Identity.EffectiveUser != 0)
            messages.WarningInMain("Some options which require full privileges might not work well.");
        return true;
    }

    private static bool NeedsRights(ProxyConfig proxy)
        => proxy.Rules.All.Any(rule => rule.Action is SetMarkAction)
            || proxy.Backend is { } backend && (NeedsRights(backend.Source) || backend.Servers.Any(server => NeedsRights(server.Source)));

    private static bool NeedsRights(SourceAddressConfig? source) => source is { UseClient: not 0 } or { Interface: not null };
}
