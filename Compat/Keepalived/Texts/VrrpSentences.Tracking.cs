using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Events;
using static System.FormattableString;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>What the log says about tracked things.</summary>
internal sealed partial class VrrpSentences
{
    private void TellTracking(VrrpEvent happened)
    {
        switch (happened)
        {
            case EffectivePriorityChanged e:
                log.Say(Invariant($"({e.Name}) Changing effective priority from {e.From} to {e.To}"));
                break;
            case EffectivePrioritySet e:
                log.Say(Invariant($"({e.Name}) Setting effective priority to {e.To}"));
                break;
            case BasePrioritySet e:
                log.Say(Invariant($"({e.Name}) base priority changed from {e.From} to {e.To} via SNMP."));
                break;
            case PreemptionSet e:
                log.Say($"({e.Name}) preemption {(e.IsEnabled ? "enabled" : "disabled")} with SNMP");
                break;
            case InterfaceReported e:
                log.Say($"Netlink reports {e.Name} {(e.IsUp ? "up" : "down")}");
                break;
            case InterfaceExistence { Exists: true } e:
                log.Detail($"Interface {e.Name} added");
                break;
            case InterfaceExistence e:
                log.Say($"Interface {e.Name} deleted");
                break;
            case FaultAtStart e:
                log.Say($"({e.Name}) entering FAULT state");
                break;
            case FaultByInterface e:
                log.Say($"({e.Name}): entering FAULT state (interface {e.Interface} down)");
                break;
            case FaultByScript e:
                log.Say($"({e.Name}): entering FAULT state due to script {e.Script}");
                break;
            case FaultByFile e:
                log.Say(Invariant($"({e.Name}): entering FAULT state (tracked file {e.File} has status {e.Status})"));
                break;
            case FileFaultChanged e:
                log.Detail($"({e.Name}): tracked file {e.File} {(e.IsFault ? "now" : "leaving")} FAULT state");
                break;
            case FaultByProcess e:
                log.Say($"({e.Name}) entering FAULT state (tracked process {e.Process} quorum not achieved)");
                break;
            case FaultBySource e:
                log.Say($"({e.Name}): entering FAULT state (src address not configured)");
                break;
            case NoSourceAddress e:
                log.Say($"({e.Name}) entering FAULT state (no IPv{(e.IsV6 ? 6 : 4)} address for interface)");
                break;
            case AddressGone e:
                log.Say(Invariant($"({(e.Name.Length == 0 ? "(null)" : e.Name)}) ip address {e.Address}/{e.PrefixLength} dev {e.Interface}, no longer exist"));
                break;
            case FaultWithoutPeers e:
                log.Say($"({e.Name}) Cannot use unicast without any peers - going to fault state");
                break;
            case ScriptStateChanged e:
                log.Say($"VRRP_Script({e.Name}) {Ending(e)}");
                break;
            case ScriptOutcomeChanged e:
                log.Say(Invariant($"Script `{e.Name}` now {Outcome(e)}"));
                break;
            case ScriptStateKept e:
                log.Say($"VRRP_Script({e.Name}) considered {(e.IsGood ? "" : "un")}successful on reload");
                break;
            case ScriptUnused e:
                log.Say($"Warning - script {e.Name} is not used");
                break;
            case RuleBlockGone:
                log.Say("Removing a VirtualRule block");
                break;
            case RouteBlockGone:
                log.Detail("Removing a VirtualRoute block");
                break;
            case RuleGone e:
                log.Detail($"ip rule {RuleText.Addresses(e.Rule)} removed");
                break;
            case RouteGone e:
                log.Detail("Removing route " + RouteText.Destination(e.Route));
                break;
            case AnnouncementsBegin e:
                log.Detail($"Registering gratuitous {(e.IsV6 ? "NDISC" : "ARP")} shared channel");
                break;
            case ProcessCountChanged e:
                var line = Invariant($"Process {e.Name}, number of current processes changed from {e.From} to {e.To}");
                if (e.Quorum is { } held)
                    log.Say($"{line}, quorum {(held ? "up" : "down")}");
                else
                    log.Detail(line);
                break;
        }
    }

    private static string Ending(ScriptStateChanged changed) => (changed.IsGood, changed.Outcome) switch
    {
        (true, _) => "succeeded",
        (_, ScriptOutcome.TimedOut) => "timed_out",
        (_, ScriptOutcome.Killed) => Invariant($"failed (due to signal {changed.Status})"),
        _ => Invariant($"failed (exited with status {changed.Status})"),
    };

    private static string Outcome(ScriptOutcomeChanged changed) => changed.Outcome switch
    {
        ScriptOutcome.TimedOut => "timed out",
        ScriptOutcome.Killed => Invariant($"dying of signal {changed.Status}"),
        _ => Invariant($"returning {changed.Status}"),
    };
}
