using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Gives up what only the start needed: the file system (chroot), the group, the user, and gaining any of it again.</summary>
internal static class Privileges
{
    /// <summary>Gives it up; false when something failed, which has been said.</summary>
    internal static bool Drop(GlobalConfig global, Messages messages)
    {
        if (global.Chroot is { } root)
        {
            var error = Jail.ChangeRoot(root);
            if (!error.IsNone || !Jail.ChangeDirectory("/").IsNone)
                return Fail(messages, $"Cannot chroot({root}).");
        }
        if (global.Gid is { } group)
        {
            if (Identity.EffectiveUser == 0)
                _ = Identity.SetGroups([]);
            if (!Identity.SetGroup(group).IsNone)
                return Fail(messages, $"Cannot set gid {group}.");
        }
        if (global.Uid is { } user && !Identity.SetUser(user).IsNone)
            return Fail(messages, $"Cannot set uid {user}.");
        if (!global.InsecureSetuid)
            _ = Jail.RefuseNewPrivileges(); // a kernel without it grants what the others do
        if (global.Dumpable)
            _ = Jail.SetDumpable();
        return true;
    }

    private static bool Fail(Messages messages, string text)
    {
        messages.AlertInMain(text);
        return false;
    }
}
