namespace Dropin.Runtime.Proxy.Streams;

/// <summary>What every stream does when rules refuse it: the counts, and how the connection ends.</summary>
public abstract partial class Stream
{
    /// <summary>A rule refused a request, or the connection before there was one (dreq).</summary>
    private protected void CountDeniedRequest()
    {
        FrontendCounters.DeniedRequests++;
        Session.Listener.Counters[Thread.Index].DeniedRequests++;
        if (BackendCounters is { } backend)
        {
            backend.DeniedRequests++;
        }
    }

    /// <summary>A rule refused a response (dresp).</summary>
    private protected void CountDeniedResponse()
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
    }

    /// <summary>The client is to learn nothing of the end (<c>silent-drop</c>): counts and logs as a request that was refused, in whichever direction the rule stood.</summary>
    private protected void DropSilently()
    {
        Session.EndSilently();
        CountDeniedRequest();
        Log.End(TerminationCause.Proxy, TerminationPhase.Request);
    }
}
