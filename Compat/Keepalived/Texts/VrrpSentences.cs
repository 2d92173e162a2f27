using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Vrrp.Events;
using static System.FormattableString;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>Tells what happened in VRRP in the original's words: operators and tools match on these lines.</summary>
/// <param name="log">Where to.</param>
internal sealed partial class VrrpSentences(LogChannel log)
{
    /// <summary>Logs one event of the core.</summary>
    internal void Tell(VrrpEvent happened)
    {
        switch (happened)
        {
            case EnteringState e:
                log.Say($"({e.Name}) Entering {StateWord.Of(e.State)} STATE{(e.IsInitial ? " (init)" : "")}");
                break;
            case SyncingGroup e:
                log.Say($"VRRP_Group({e.Name}) Syncing instances to {StateWord.Of(e.State)} state");
                break;
            case SyncingMemberToFault e:
                log.Say($"VRRP_Group({e.Name}): Syncing {e.Member} to FAULT state");
                break;
            case AdvertTimeout e:
                log.Detail($"({e.Name}) Receive advertisement timeout");
                break;
            case SentPriorityZero e:
                log.Detail($"({e.Name}) sent 0 priority");
                break;
            case PreemptDelayStarted e:
                log.Detail(Invariant($"({e.Name}) start preempt delay ({e.Microseconds / 1_000_000}.{e.Microseconds % 1_000_000:000000})"));
                break;
            case PreemptDelayStopped e:
                log.Detail($"({e.Name}) stop preempt delay");
                break;
            case AdvertNotSent e:
                log.Say(e.Destination.IsNone ? Invariant($"({e.Name}): send advert error {e.Error} ({new SysError(e.Error).Text})")
                    : $"({e.Name}) Cant send advert to {e.Destination} ({new SysError(e.Error).Text})");
                break;
            case LateTurn e:
                log.Say(Invariant($"A thread timer expired {e.Microseconds / 1_000_000}.{e.Microseconds % 1_000_000:000000} seconds ago"));
                break;
            case PacketDiscarded e:
                log.Say(DiscardSentence.Of(e));
                break;
            default:
                if (!TellAdvert(happened) && !TellKernel(happened) && !TellBus(happened))
                    TellTracking(happened);
                break;
        }
    }

    private bool TellAdvert(VrrpEvent happened)
    {
        switch (happened)
        {
            case BackupHeardPriorityZero e:
                log.Detail($"({e.Name}) Backup received priority 0 advertisement");
                return true;
            case MasterHeardPriorityZero e:
                log.Say($"({e.Name}) Master received priority 0 message");
                return true;
            case LowerPriorityDiscarded e:
                log.Say(Invariant($"({e.Name}) received lower priority ({e.Priority}) advert from {e.Sender} - discarding"));
                return true;
            case LowerPriorityHeard e:
                log.Say(Invariant($"({e.Name}) Received advert from {e.Sender} with lower priority {e.Priority}, ours {e.OwnPriority}{(e.ForcesElection ? ", forcing new election" : "")}"));
                return true;
            case HigherPriorityHeard e:
                log.Say(Invariant($"({e.Name}) Master received advert from {e.Sender} with higher priority {e.Priority}, ours {e.OwnPriority}"));
                return true;
            case HigherAddressHeard e:
                log.Say(Invariant($"({e.Name}) Master received advert from {e.Sender} with same priority {e.Priority} but higher IP address than ours"));
                return true;
            case EqualAddressHeard e:
                log.Say($"({e.Name}) WARNING - equal priority advert received from remote host with our IP address.");
                return true;
            case OwnerConflict e:
                log.Say($"({e.Name}) CONFIGURATION ERROR: local instance and a remote instance are both configured as address owner, please fix - reducing local priority");
                return true;
            case IntervalLearnt e:
                log.Say(Invariant($"({e.Name}) advertisement interval updated from {e.FromMilliseconds}ms to {e.ToMilliseconds}ms by master"));
                return true;
            case IntervalRestored e:
                log.Say(Invariant($"({e.Name}) changing advert interval from {e.FromMilliseconds}ms to locally configured {e.ToMilliseconds}ms"));
                return true;
            case OldChecksumRecognised e:
                log.Say($"({e.Name}) Setting unicast VRRPv3 checksum to old version");
                return true;
            case SequenceFollowed e:
                log.Say($"({e.Name}) IPSEC-AH : Syncing seq_num - Increment seq");
                return true;
            case UnknownRouterId e:
                log.Say(Invariant($"Unknown VRID({e.RouterId}) received on interface({e.Name}){(e.Sender.IsNone ? "" : $" from {e.Sender}")}. ignoring..."));
                return true;
            default:
                return false;
        }
    }
}
