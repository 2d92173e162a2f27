using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>A stream that an operator or a change of its server ends.</summary>
/// <remarks>As with the original only the server's side is closed: what waits for something else goes on waiting, and shows the cause when it ends.</remarks>
public sealed partial class HttpStream
{
    private bool _isKilled;

    /// <inheritdoc/>
    public override void Kill(TerminationCause cause)
    {
        if (_phase == HttpPhase.Done)
        {
            return;
        }

        if (_phase == HttpPhase.Tarpit)
        {
            Log.Cause = cause;
        }

        Log.End(cause, TerminationPhase.None);
        _isKilled = true;
        if (_phase == HttpPhase.Exchange)
        {
            LoseServer();
            if (_phase != HttpPhase.Done)
            {
                Thread.Loop.Wake(this);
            }
        }
    }

    /// <summary>The server's side of a killed stream is closed, in order.</summary>
    private void LoseServer()
    {
        var isUnfinished = HasResponse && !_responseForwarded && Response.Framing is BodyFraming.Length or BodyFraming.Chunked;
        if (isUnfinished)
        {
            CountServerAbort();
            Log.End(Log.Cause, TerminationPhase.Data);
        }

        CloseServerLink(reset: false);
        if (HasResponse || !_requestSent)
        {
            EndStream(keepClient: false);
            return;
        }

        CountResponseError();
        Log.End(Log.Cause, TerminationPhase.Headers);
        if (AnswerError(502))
        {
            _keepClient = false;
        }
    }
}
