using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>Looks up what expressions refer to by name.</summary>
internal static class ReferenceLookup
{
    /// <summary>The sentence for a name that leads nowhere, or null.</summary>
    public static FormattableString? Problem(ReferenceSyntax reference, ProxySyntax proxy, ConfigSyntax document)
    {
        var name = reference.Name.Length == 0 ? proxy.Name : reference.Name;
        switch (reference.Kind)
        {
            case ReferenceKind.Backend when reference.Name.Length == 0 && !proxy.IsBackend:
                return Incapable("backend", name, reference, proxy);
            case ReferenceKind.Backend:
                return document.FindProxy(name, ProxyCapability.Backend) is null ? Missing("backend", name, reference, proxy) : null;
            case ReferenceKind.Frontend when reference.Name.Length == 0 && !proxy.IsFrontend:
                return Incapable("frontend", name, reference, proxy);
            case ReferenceKind.Frontend:
                return document.FindProxy(name, ProxyCapability.Frontend) is null ? Missing("frontend", name, reference, proxy) : null;
            case ReferenceKind.UserList when reference.Name.Length == 0:
                return Grammar.Problem.Of(
                    $"missing userlist name in arg {reference.Argument} of {reference.Owner} in proxy '{proxy.Name}'.");
            case ReferenceKind.Regex:
                var end = name.IndexOf('\0');
                return Grammar.Problem.Of(
                    $"error in regex '{name[..end]}' in arg {reference.Argument} of {reference.Owner} in proxy '{proxy.Name}' : {name[(end + 1)..]}.");
            case ReferenceKind.UserList:
                return document.UserLists.Exists(l => l.Name == name) ? null : Missing("userlist", name, reference, proxy);
            case ReferenceKind.Table:
                return Missing("table", name, reference, proxy);
            case ReferenceKind.Server:
                var slash = name.IndexOf('/');
                var owner = slash < 0 ? proxy : document.FindProxy(name[..slash], ProxyCapability.Backend);
                if (owner is null)
                {
                    return Missing("proxy", name[..slash], reference, proxy);
                }

                var server = name[(slash + 1)..];
                return owner.ServersByName.ContainsKey(server) ? null : Grammar.Problem.Of(
                    $"unable to find server '{server}' in proxy '{owner.Name}', referenced in arg {reference.Argument} of {reference.Owner} in proxy '{proxy.Name}'.");
            case ReferenceKind.RequestCapture or ReferenceKind.ResponseCapture when !proxy.IsFrontend:
                // The slots are those of whatever frontend the request came by.
                return null;
            case ReferenceKind.RequestCapture:
                return int.TryParse(name, out var slot) && slot < proxy.RequestCaptures.Count ? null : Grammar.Problem.Of(
                    $"Proxy '{proxy.Name}': unable to find capture id '{name}' referenced by http-request capture rule.");
            case ReferenceKind.ResponseCapture:
                return int.TryParse(name, out slot) && slot < proxy.ResponseCaptures.Count ? null : Grammar.Problem.Of(
                    $"Proxy '{proxy.Name}': unable to find capture id '{name}' referenced by http-response capture rule.");
            default:
                return null;
        }
    }

    private static FormattableString Incapable(string side, string name, ReferenceSyntax reference, ProxySyntax proxy) =>
        $"proxy '{name}', referenced in arg {reference.Argument} of {reference.Owner} in proxy '{proxy.Name}', has not {side} capability.";

    private static FormattableString Missing(string kind, string name, ReferenceSyntax reference, ProxySyntax proxy) =>
        $"unable to find {kind} '{name}' referenced in arg {reference.Argument} of {reference.Owner} in proxy '{proxy.Name}'.";
}
