using Dropin.Runtime.Vrrp.Bus;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>The message bus. It is the system's, whatever the original's words say.</summary>
internal sealed partial class VrrpSentences
{
    private bool TellBus(VrrpEvent happened)
    {
        switch (happened)
        {
            case BusJoined e:
                log.Say($"Acquired DBus bus {e.Name}");
                return true;
            case BusNameAcquired e:
                log.Say($"Acquired the name {e.Name} on the session bus");
                return true;
            case BusNameLost e:
                log.Say($"Lost the name {e.Name} on the session bus");
                if (e.Refusal is { } refusal)
                    log.Say($"DBus refuses the name {e.Name}: {refusal}");
                else if (!e.Error.IsNone)
                    log.Say($"DBus is not there ({e.Error.Text}) - it is tried again");
                return true;
            case BusLeft:
                log.Say("Released DBus");
                return true;
            case BusObjectGone e:
                log.Say($"Deleted DBus object for instance {e.Name}");
                return true;
            case BusPlaceTaken e:
                log.Say($"Registering DBus object on {e.Path} failed: an instance is there already");
                return true;
            case BusSignalsLost:
                log.Say("DBus takes no messages - changes are not told there until it does");
                return true;
            case BusSignalsAgain:
                log.Say("DBus takes messages again - all states are told as they are now");
                return true;
            case BusUnavailable:
                log.Say("Failed to initialise DBus: libsystemd.so.0 is not installed");
                return true;
            default:
                return false;
        }
    }
}
