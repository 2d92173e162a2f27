using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Runtime.Proxy.Sessions;

/// <summary>The rules of connections, before there is a stream (<c>tcp-request connection</c>, <c>tcp-request session</c>).</summary>
public sealed partial class Session
{
    private bool _expectsProxyHeader;

    /// <summary>Runs the rules that see the connection as accepted; false where it is closed.</summary>
    private bool PassConnectionRules()
    {
        _expectsProxyHeader = false;
        var outcome = Run(Proxy.Rules.TcpRequestConnection);
        if (LetsIn(outcome))
        {
            return true;
        }

        Frontend.Counters[_thread.Index].DeniedConnections++;
        Listener.Counters[_thread.Index].DeniedConnections++;
        // The original answers a refused connection with a reset, which costs one packet and leaves nothing waiting in the kernel.
        Close(reset: outcome != RuleOutcome.SilentDrop);
        return false;
    }

    /// <summary>Runs the rules that see the connection behind its PROXY header; false where it is closed.</summary>
    private bool PassSessionRules()
    {
        if (LetsIn(Run(Proxy.Rules.TcpRequestSession)))
        {
            return true;
        }

        Frontend.Counters[_thread.Index].DeniedSessions++;
        Listener.Counters[_thread.Index].DeniedSessions++;
        // What came with the connection is read, or the end would be a reset.
        Client.AssumeReadable();
        Close();
        return false;
    }

    private static bool LetsIn(RuleOutcome outcome) => outcome is RuleOutcome.Continue or RuleOutcome.Stop;

    private RuleOutcome Run(RuleSet rules)
    {
        if (rules.IsEmpty)
        {
            return RuleOutcome.Continue;
        }

        var subject = _thread.SessionSubject;
        subject.Attach(this);
        var place = 0;
        var outcome = rules.Run(subject, ref place).Outcome;
        if (subject.HasOwnSource)
        {
            Client.Peer = subject.Source;
        }

        if (subject.HasOwnDestination)
        {
            Client.SetLocal(subject.Destination);
        }

        _expectsProxyHeader |= subject.ExpectsProxyHeader;
        if (outcome == RuleOutcome.SilentDrop)
        {
            SilentDrop.Prepare(Client.Descriptor);
        }

        return outcome;
    }
}
