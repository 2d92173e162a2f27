using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Answers that are made here: errors, redirections, statistics.</summary>
public sealed partial class HttpStream
{
    private ReadOnlyMemory<byte> _answerBody;

    /// <summary>Answers with the section's error answer for a status.</summary>
    /// <returns>True: the stream goes on with sending it.</returns>
    private bool AnswerError(int status, ReadOnlyMemory<byte> challenge = default)
    {
        var owner = BackendProxy.Answers.Owns(status) ? BackendProxy : Frontend;
        if (owner.Rules.ErrorReplies.TryGetValue(status, out var reply))
        {
            reply.Write(Subject);
            return AnswerMessage(Subject.Answer.Message, status, challenge);
        }

        var goOn = AnswerMessage(owner.Answers.Of(status), status, challenge);
        if (_phase == HttpPhase.Answer)
        {
            // The log says what happened, whatever a file or a redirection answers in its place.
            Log.Status = status;
        }

        return goOn;
    }

    private protected override bool SendsClientTo(ServerState server) => ServerRedirect.IsWanted(server, Request.KnownMethod);

    /// <summary>Sends the client to the server's own address; the connection ends with it.</summary>
    private bool AnswerRedirect(ServerState server)
    {
        Response.Reset(Thread.Loop.Buffers);
        if (!ServerRedirect.Write(server, Request, Response))
        {
            return AnswerError(500);
        }

        Response.Flags |= HttpFlags.ConnectionClose;
        Log.Status = Response.Status;
        return BeginAnswer(default);
    }

    /// <summary>Answers with a whole message, head and body.</summary>
    private bool AnswerMessage(ReadOnlyMemory<byte> message, int status, ReadOnlyMemory<byte> challenge = default)
    {
        LeaveServer();
        if (message.IsEmpty)
        {
            // The file asks for silence: the connection is closed without a word.
            Log.Status = status;
            EndStream(keepClient: false);
            return false;
        }

        Response.Reset(Thread.Loop.Buffers);
        var options = Thread.RequestOptions with { AcceptInvalid = true, RequestMethod = Request.KnownMethod };
        if (Http1ResponseReader.Parse(message.Span, Response, options, out var consumed, out _) != ParseStatus.Done)
        {
            EndStream(keepClient: false);
            return false;
        }

        if (!challenge.IsEmpty)
        {
            Response.Add(Response.Status == 407 ? "proxy-authenticate"u8 : "www-authenticate"u8, challenge.Span);
        }

        return BeginAnswer(message[consumed..]);
    }

    /// <summary>Answers with the head in <see cref="Response"/> and a body.</summary>
    private bool BeginAnswer(ReadOnlyMemory<byte> body)
    {
        var closes = Subject.Answer.ClosesUnreadRequest && Log.Cause == TerminationCause.Local
            && !Session.End.InputEnded && !(_sawBody && Session.End.HasWholeBody);
        DropBody();

        HasResponse = true;
        RunAfterResponse();
        Log.CloseMicroseconds = -1;
        // The Connection header of an answer's own text counts, though the connection's state decides what is sent.
        // A redirection of a request whose body is not read carries one too.
        var closesByItself = (Response.Flags & HttpFlags.ConnectionClose) != 0 || closes;
        CountResponseBytes(HtxWeight.Of(Response) + (closesByItself ? "connection".Length + "close".Length : 0));
        var framing = Response.Framing;
        if (framing == BodyFraming.UntilClose && Request.KnownMethod == KnownMethod.Head)
        {
            framing = BodyFraming.None;
        }

        _answerBody = framing is BodyFraming.None ? default : body;
        _keepClient = !closes && Request.KeepAlive && Session.End.InputEnded && framing is not (BodyFraming.UntilClose or BodyFraming.Tunnel)
            && (Response.Flags & HttpFlags.ConnectionClose) == 0
            && LetsClientsStay();
        var client = Session.End;
        var close = !_keepClient;
        var writeOptions = new Http1WriteOptions
        {
            Connection = Http1Connection.ForResponse(Response, Request.IsVersion11, ref close),
            CaseAdjust = ClientCase,
        };
        _keepClient = !close;
        var length = Http1Writer.WriteResponseHead(Response, client.HeadSpace(), writeOptions);
        if (length < 0)
        {
            EndStream(keepClient: false);
            return false;
        }

        client.WroteHead(length, framing, Response.ContentLength, last: EndsClient(framing));
        CountResponseBytes(_answerBody.Length);
        ClientActivity = Thread.Loop.NowMilliseconds;
        _phase = HttpPhase.Answer;
        return true;
    }

    /// <summary>
    /// Takes what has come of a body that nobody wants: it was read, so it counts, and where it is whole the client may go on after the answer.
    /// </summary>
    private void DropBody()
    {
        var end = Session.End;
        if (end.InputEnded)
        {
            return;
        }

        var before = end.BodyBytesIn;
        end.DropBodySoFar();
        // The mark of a chunked body's end counts as one, see HtxWeight.
        var dropped = end.BodyBytesIn - before + (end.InputEnded && end.InputFraming == BodyFraming.Chunked ? 1 : 0);
        Log.BytesIn += dropped;
        CountBytes(dropped, 0);
    }

    private bool SendAnswer(Loop loop)
    {
        var client = Session.End;
        while (!_answerBody.IsEmpty)
        {
            var taken = client.WriteBody(_answerBody.Span);
            if (taken == 0)
            {
                break;
            }

            _answerBody = _answerBody[taken..];
            ClientActivity = loop.NowMilliseconds;
        }

        if (_answerBody.IsEmpty)
        {
            client.EndBody();
        }

        switch (client.Flush())
        {
            case Muxes.EndStatus.Failed:
                Log.End(TerminationCause.ClientAbort, TerminationPhase.Data);
                EndStream(keepClient: false);
                return true;
            case Muxes.EndStatus.Progress when _answerBody.IsEmpty:
                EndStream(_keepClient);
                return true;
            case Muxes.EndStatus.Progress when client.Connection.CanWrite:
                return true;
        }

        if (loop.NowMilliseconds >= ClientExpiry)
        {
            Log.End(TerminationCause.ClientTimeout, TerminationPhase.Data);
            EndStream(keepClient: false);
            return true;
        }

        _deadline = ClientExpiry;
        return false;
    }

    private void LeaveServer()
    {
        AbandonQueue();
        if (HasTakenResponse && ServerLink is not null)
        {
            // The server's response gives way to ours: its bytes count, and it never came as far as the log is concerned.
            CountResponseBytes(ServerLink.End.BodySoFar.Length);
            Log.ResponseMicroseconds = -1;
        }

        PartFromServer();
    }
}
