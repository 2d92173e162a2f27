using System.Globalization;
using System.Text;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Health;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Stats;

/// <summary>Carries out a form of the page: an action on the checked servers of one backend (configuration manual 4.2, <c>stats admin</c>).</summary>
internal static class StatsForm
{
    private const string Cause = ", changed from Web interface";

    internal static StatsOutcome Submit(ReadOnlySpan<byte> body, AdminContext context, long now)
    {
        string action = "", backendName = "";
        var names = new List<string>();
        foreach (var field in Encoding.Latin1.GetString(body).Split('&'))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                continue;
            var value = Decode(field.AsSpan(equals + 1));
            switch (field[..equals])
            {
                case "action":
                    if (!IsAction(value))
                        return StatsOutcome.Invalid;
                    action = value;
                    break;
                case "b":
                    backendName = value;
                    break;
                case "s":
                    names.Add(value);
                    break;
            }
        }
        if (names.Count == 0 && action.Length == 0 && backendName.Length == 0)
            return StatsOutcome.Unchanged;
        if (Find(context, backendName) is not { } backend || action.Length == 0)
            return StatsOutcome.Invalid;
        return Change(context, backend, action, names, now);
    }

    private static StatsOutcome Change(AdminContext context, BackendState backend, string action, List<string> names, long now)
    {
        var (changed, unknown) = (0, false);
        // From the last to the first, as the original reads forms: its log lines come in that order.
        foreach (var name in names.AsEnumerable().Reverse())
        {
            if (Array.Find(backend.Servers, server => server.Name == name) is not { } server)
                unknown = true;
            else if (Carry(context, server, action, now))
                changed++;
        }
        if (changed == 0)
            return unknown ? StatsOutcome.Invalid : StatsOutcome.Unchanged;
        return changed == names.Count ? StatsOutcome.Done : StatsOutcome.Partial;
    }

    /// <summary>A name, or "#" and the number.</summary>
    private static BackendState? Find(AdminContext context, string name)
    {
        if (!name.StartsWith('#'))
            return context.Engine.Find(name, ProxyCapability.Backend)?.Backend;
        return int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? context.FindBackend(name) : null;
    }

    private static bool IsAction(string word) => word is "ready" or "drain" or "maint" or "dhlth" or "ehlth" or "hrunn" or "hnolb" or "hdown"
        or "dagent" or "eagent" or "arunn" or "adown" or "shutdown" or "enable" or "disable" or "start" or "stop";

    private static bool Carry(AdminContext context, ServerState server, string action, long now)
    {
        var transitions = context.Engine.Transitions;
        switch (action)
        {
            case "ready":
                transitions.OrderReady(server, now);
                return true;
            case "drain":
                transitions.OrderDrain(server, now);
                return true;
            case "maint":
                transitions.OrderMaintenance(server, now);
                return true;
            case "enable":
                return Flip(server, AdministrativeState.ForcedMaintenance, set: false, () => transitions.ClearFlag(server, AdministrativeState.ForcedMaintenance, now));
            case "disable":
                return Flip(server, AdministrativeState.ForcedMaintenance, set: true,
                    () => transitions.SetFlag(server, AdministrativeState.ForcedMaintenance, " ('disable' on stats page)", now));
            case "start":
                return Flip(server, AdministrativeState.ForcedDrain, set: false, () => transitions.ClearFlag(server, AdministrativeState.ForcedDrain, now));
            case "stop":
                return Flip(server, AdministrativeState.ForcedDrain, set: true,
                    () => transitions.SetFlag(server, AdministrativeState.ForcedDrain, " ('stop' on stats page)", now));
            case "dhlth" or "ehlth":
                return HealthOrders.SetChecks(server, action == "ehlth");
            case "dagent" or "eagent":
                return HealthOrders.SetAgent(server, action == "eagent");
            case "hrunn" or "hnolb" or "hdown":
                if (server.Leader is not null)
                    return false;
                HealthOrders.Force(context, server, action == "hrunn" ? ForcedHealth.Up : action == "hnolb" ? ForcedHealth.Stopping : ForcedHealth.Down, Cause, now);
                return true;
            case "arunn" or "adown":
                return HealthOrders.ForceAgent(context, server, action == "arunn", Cause, now);
            default:
                context.Engine.Events.ShutdownSessions(server, SessionShutdownReason.Ordered);
                return true;
        }
    }

    private static bool Flip(ServerState server, AdministrativeState flag, bool set, Action change)
    {
        if ((server.Admin & flag) != 0 == set)
            return false;
        change();
        return true;
    }

    private static string Decode(ReadOnlySpan<char> text)
    {
        var into = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                into.Append((char)code);
                i += 2;
            }
            else
            {
                into.Append(text[i] == '+' ? ' ' : text[i]);
            }
        }
        return into.ToString();
    }
}
