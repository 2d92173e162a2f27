namespace Dropin.Runtime.Proxy.Streams;

/// <summary>What lies between the rules of the two sections, in every mode: the choice of the backend, and the time that rules of content give a peer.</summary>
public abstract partial class Stream
{
    /// <summary>
    /// Goes over to the backend: that of the first rule that holds, else the default one, else the section's own servers. False, which the log
    /// shows, where there is none or it takes nobody.
    /// </summary>
    private protected bool ChooseBackend()
    {
        var chosen = Frontend.Rules.UseBackend.Choose(Subject)
            ?? Frontend.Frontend!.DefaultBackend ?? (Frontend.Backend is not null ? Frontend : null);
        if (chosen is not null)
        {
            EnterBackend(chosen);
        }

        if (chosen is null or { Config.Disabled: true })
        {
            // To the log the request never got through.
            Log.RequestMicroseconds = -1;
            Log.End(TerminationCause.ServerAbort, TerminationPhase.Connect);
            return false;
        }

        Subject.BackendProxy = chosen;
        return true;
    }

    /// <summary>Starts the time of an inspection (<c>tcp-request inspect-delay</c>, <c>tcp-response inspect-delay</c>) unless it runs already.</summary>
    /// <param name="until">Its end in the loop's milliseconds; <see cref="Reactor.LoopTask.Never"/> while it does not run.</param>
    /// <param name="delay">How long it is; null not at all.</param>
    private protected void BeginInspection(ref long until, Ir.Duration? delay)
    {
        if (until == Never)
        {
            until = Thread.Loop.NowMilliseconds + (delay?.Milliseconds ?? 0);
        }
    }
}
