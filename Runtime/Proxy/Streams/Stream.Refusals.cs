using Dropin.Runtime.Proxy.Rules;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>What every stream does when rules refuse it or a peer leaves it: the counts, what the log says, and how the connection ends.</summary>
public abstract partial class Stream
{
    /// <summary>A rule refused a request, or the connection before there was one (dreq; PR in the log).</summary>
    private protected void RefuseRequest()
    {
        CountDeniedRequest();
        Log.End(TerminationCause.Proxy, TerminationPhase.Request);
    }

    /// <summary>A rule refused a response (dresp; P and the phase in the log).</summary>
    private protected void RefuseResponse(TerminationPhase phase)
    {
        FrontendCounters.DeniedResponses++;
        Session.Listener.Counters[Thread.Index].DeniedResponses++;
        if (BackendCounters is { } backend)
        {
            backend.DeniedResponses++;
        }

        if (ServerCounters is { } server)
        {
            server.DeniedResponses++;
        }

        Log.End(TerminationCause.Proxy, phase);
    }

    /// <summary>
    /// Rules of content refused the stream, which ends without an answer. A silent drop counts and is logged as a refused request, in whichever
    /// direction the rule stood: the client is to learn nothing of the end.
    /// </summary>
    private protected void RefuseContent(RuleOutcome outcome, bool isResponse)
    {
        if (outcome == RuleOutcome.SilentDrop)
        {
            Session.EndSilently();
            RefuseRequest();
        }
        else if (isResponse)
        {
            RefuseResponse(TerminationPhase.Data);
        }
        else
        {
            RefuseRequest();
        }
    }

    /// <summary>A rule refused a request (dreq); what the log says is another's business.</summary>
    private protected void CountDeniedRequest()
    {
        FrontendCounters.DeniedRequests++;
        Session.Listener.Counters[Thread.Index].DeniedRequests++;
        if (BackendCounters is { } backend)
        {
            backend.DeniedRequests++;
        }
    }

    /// <summary>The client left before its time (cli_abrt).</summary>
    private protected void CountClientAbort()
    {
        FrontendCounters.ClientAborts++;
        if (BackendCounters is { } backend)
        {
            backend.ClientAborts++;
        }

        if (ServerCounters is { } server)
        {
            server.ClientAborts++;
        }
    }

    /// <summary>The server, which there is, left before its time (srv_abrt).</summary>
    private protected void CountServerAbort()
    {
        FrontendCounters.ServerAborts++;
        BackendCounters!.ServerAborts++;
        ServerCounters!.ServerAborts++;
    }
}
