using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>The end of a stream: its log line, its counters, and what becomes of the connections.</summary>
public sealed partial class HttpStream
{
    private bool _logged;

    /// <summary>Both messages are complete (or the response is, and nothing more of the request matters).</summary>
    private void FinishExchange()
    {
        if (CanKeepServer())
        {
            KeepServer(withClient: false);
        }

        EndStream(_keepClient && _requestSent);
    }

    /// <summary>Whether the server's connection can carry another request: both messages are complete and nothing was read behind the response.</summary>
    private bool CanKeepServer() => _keepServer && _requestSent && ServerLink is { Server: not null, End: { InputEnded: true, HasInput: false } }
        && ServerLink.Connection is { Error: 0, ReadClosed: false };

    // max-reuse limits the streams of an HTTP/2 connection only: the original keeps HTTP/1 connections whatever it says.
    private void KeepServer(bool withClient)
    {
        var link = ServerLink!;
        var server = link.Server!;
        ServerLink = null;

        // A connection without a server (dispatch, transparent) belongs to its client alone.
        if (withClient || Session.IsAuthenticating || server.Backend.Config.Reuse == HttpReuse.Never || ReferenceEquals(server, server.Backend.Direct))
        {
            Session.Keep(link);
        }
        else
        {
            Thread.Idle.Keep(link);
        }
    }

    private void EndStream(bool keepClient)
    {
        _phase = HttpPhase.Done;
        Thread.Engine.Trace?.Ended(this);
        var loop = Thread.Loop;
        loop.Cancel(this);
        AbandonQueue();
        // Whatever ends before its time ends with a reset towards the server; and so does what ends in time before the server has closed its
        // side: nothing is owed any more, and a port that waits for late packets (TIME_WAIT) is one less for the next connection.
        CloseServerLink(reset: Log.Cause != TerminationCause.None || (BackendProxy.Config.Options & ProxyOptions.NoLinger) != 0
            || ServerLink is { Connection: { HangUpSeen: false, ReadClosed: false } });
        Log.CloseMicroseconds = loop.NowMicroseconds;
        if (Log.Status > 0)
        {
            CountStatus(FrontendCounters);
            if (BackendCounters is { } backend)
            {
                CountStatus(backend);
            }
        }

        CountHead();
        CaptureLoad();
        WriteLog();
        CountTimes();
        ReleaseServer();
        LeaveBackend();
        GiveBack(out var session);
        session.StreamEnded(keepClient, reset: false);
    }

    /// <summary>The request's head came before a backend and a server were known: it counts at the end, for all of them.</summary>
    private void CountHead()
    {
        FrontendCounters.BytesIn += _headBytesIn;
        Session.Listener.Counters[Thread.Index].BytesIn += _headBytesIn;
        if (NearBackendCounters is { } backend)
        {
            backend.BytesIn += _headBytesIn;
        }

        if (ServerCounters is { } server)
        {
            server.BytesIn += _headBytesIn;
        }
    }

    /// <summary>Writes the line before the end (<c>option logasap</c>): times and bytes are marked as unfinished.</summary>
    private void LogNow()
    {
        Log.AsSoonAsPossible = true;
        Log.CloseMicroseconds = Thread.Loop.NowMicroseconds;
        CaptureLoad();
        // What has come of the body by now counts, though it was not sent on yet.
        var waiting = ServerLink?.End.BodySoFar.Length ?? 0;
        Log.BytesOut += waiting;
        WriteLog();
        Log.BytesOut -= waiting;
    }

    /// <summary>
    /// Writes the line at a moment before the end where its format asks for nothing later. A line written at the request is written
    /// once more at the response, as the original does it.
    /// </summary>
    private void WriteEarlyLog(LogMoments moment)
    {
        if (Frontend.Logger is { } logger && (logger.Moments & moment) != 0)
        {
            _logged = false;
            Log.CloseMicroseconds = Thread.Loop.NowMicroseconds;
            CaptureLoad();
            WriteLog();
        }
    }

    private void WriteLog()
    {
        if (!_logged)
        {
            _logged = true;
            Frontend.Logger?.Write(this);
        }
    }

    private void CountStatus(TrafficCounters counters)
    {
        var digit = Log.Status / 100;
        counters.Responses[digit is >= 1 and <= 5 ? digit : 0]++;
    }

    /// <summary>Logs a request that could not be read, and ends.</summary>
    internal void LogUnreadable(Session session, int status, TerminationCause cause)
    {
        BeginLogOnly(session, status, cause);
        Log.IdleMilliseconds = 0; // the time of the first byte counts only when a request follows it
        Subject.HasNoUniqueId();
        Frontend.Logger?.Write(this);
        GiveBack();
    }

    /// <summary>Logs a connection that was closed before it could say anything to us, and ends.</summary>
    internal void LogRefusedConnection(Session session, ReadOnlySpan<byte> reason)
    {
        BeginLogOnly(session, 0, TerminationCause.Proxy);
        Frontend.Logger?.WriteRefusal(this, reason);
        GiveBack();
    }

    /// <summary>Makes a stream that lives for its log line alone.</summary>
    private void BeginLogOnly(Session session, int status, TerminationCause cause)
    {
        Attach(session);
        Log.Status = status;
        Log.End(cause, TerminationPhase.Request);
        Log.CloseMicroseconds = Thread.Loop.NowMicroseconds;
        _requestLineLength = 0;
        HasResponse = false;
        CaptureLoad();
    }

    /// <summary>Gives the buffers and the object back.</summary>
    internal void GiveBack() => GiveBack(out _);

    private void GiveBack(out Session session)
    {
        if (_meter is { } meter)
        {
            meter.Streams--;
            _meter = null;
        }

        session = Session;
        Request.Release();
        Response.Release();
        DropKeptBody();
        _answerBody = default;
        Thread.Give(this);
    }
}
