using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Users and groups that name one another must exist.</summary>
internal static class UserListChecks
{
    /// <summary>Checks all lists.</summary>
    public static void Check(ConfigSyntax document, DiagnosticSink sink)
    {
        foreach (var list in document.UserLists)
        {
            foreach (var user in list.Users)
            {
                foreach (var group in user.Groups)
                {
                    if (!list.Groups.Exists(g => g.Name == group))
                    {
                        sink.Error("unknown-group", list.At, $"userlist '{list.Name}': no such group '{group}' specified in user '{user.Name}'");
                    }
                }
            }

            foreach (var group in list.Groups)
            {
                foreach (var user in group.Users)
                {
                    if (!list.Users.Exists(u => u.Name == user))
                    {
                        sink.Error("unknown-user", list.At, $"userlist '{list.Name}': no such user '{user}' specified in group '{group.Name}'");
                    }
                }
            }
        }
    }
}
