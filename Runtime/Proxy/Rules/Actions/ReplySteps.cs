using System.Text;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>Answers with a message that the configuration describes (<c>return</c>, <c>deny</c>, <c>tarpit</c>, <c>http-error</c>).</summary>
public sealed class ReplyStep : RuleStep
{
    private readonly RuleOutcome _outcome;
    private readonly ReturnConfig _reply;
    private readonly byte[] _statusLine;
    private readonly (byte[] Name, LogFormatProgram Value)[] _headers;
    private readonly byte[]? _body;
    private readonly LogFormatProgram? _bodyFormat;
    private readonly byte[]? _type;
    private readonly byte[]? _raw;

    /// <summary>Makes a step.</summary>
    public ReplyStep(ReturnConfig reply, RuleOutcome outcome, RuleEnvironment environment)
    {
        _outcome = outcome;
        _reply = reply;
        _statusLine = Encoding.Latin1.GetBytes($"HTTP/1.1 {reply.Status} {StatusReasons.Of(reply.Status)}\r\n");
        _headers = new (byte[], LogFormatProgram)[reply.Headers.Count];
        for (var i = 0; i < _headers.Length; i++)
        {
            _headers[i] = (Encoding.Latin1.GetBytes(reply.Headers[i].Name.ToLowerInvariant()), LogFormatCompiler.Compile(reply.Headers[i].Value, environment));
        }

        _body = reply.Body?.AsSpan().ToArray();
        _bodyFormat = reply.BodyFormat is null ? null : LogFormatCompiler.Compile(reply.BodyFormat, environment);
        _type = reply.ContentType is null ? null : Encoding.Latin1.GetBytes(reply.ContentType);
        _raw = reply.Raw?.AsSpan().ToArray();
    }

    /// <inheritdoc/>
    public override RuleVerdict Execute(RuleSubject subject)
    {
        Write(subject);
        return new RuleVerdict(_outcome);
    }

    /// <summary>Makes the answer.</summary>
    public void Write(RuleSubject subject)
    {
        var answer = subject.Answer;
        subject.Log.Status = _reply.Status;
        if (_reply.UseProxyErrorAnswer)
        {
            answer.SetErrorPage(_reply.Status);
            return;
        }

        answer.StartMessage(_reply.Status);
        if (_raw is not null)
        {
            answer.Append(_raw);
            return;
        }

        answer.Append(_statusLine);
        foreach (var (name, value) in _headers)
        {
            var mark = subject.Scratch.Mark();
            var text = value.WriteToScratch(subject);
            if (!text.IsEmpty)
            {
                answer.Append(name);
                answer.Append(": "u8);
                answer.Append(text);
                answer.Append("\r\n"u8);
            }

            subject.Scratch.Release(mark);
        }

        var place = subject.Scratch.Mark();
        ReadOnlySpan<byte> body = _bodyFormat is not null ? _bodyFormat.WriteToScratch(subject) : _body;
        answer.Append("content-length: "u8);
        answer.Append(body.Length);
        answer.Append("\r\n"u8);
        if (_type is not null && !body.IsEmpty)
        {
            answer.Append("content-type: "u8);
            answer.Append(_type);
            answer.Append("\r\n"u8);
        }

        answer.Append("\r\n"u8);
        answer.Append(body);
        subject.Scratch.Release(place);
    }
}

/// <summary>Asks for name and password (<c>auth</c>).</summary>
internal sealed class AuthStep(byte[]? realm) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        var status = subject.IsProxyRequest ? 407 : 401;
        subject.Answer.SetErrorPage(status);
        subject.Answer.Challenge = ChallengeOf(subject);
        subject.Log.Status = status;
        return new RuleVerdict(RuleOutcome.Answer);
    }

    private byte[]? _challenge;

    // The realm is the section's name where the rule gives none; a rule of a defaults section would have several.
    private byte[] ChallengeOf(RuleSubject subject)
    {
        if (_challenge is { } made && realm is not null)
        {
            return made;
        }

        return _challenge = [.. "Basic realm=\""u8, .. realm ?? Names.Of(subject.BackendProxy).ToArray(), (byte)'"'];
    }
}

/// <summary>Sends elsewhere (<c>redirect</c>).</summary>
internal sealed class RedirectStep(RedirectAction action, LogFormatProgram target) : RuleStep
{
    private readonly byte[] _statusLine =
        Encoding.Latin1.GetBytes($"HTTP/1.1 {action.Status} {(action.Status == 302 ? "Found" : StatusReasons.Of(action.Status))}\r\ncontent-length: 0\r\nlocation: ");

    private readonly byte[]? _cookie = action.SetCookie is { } set ? Encoding.Latin1.GetBytes($"set-cookie: {set}; path=/;\r\n")
        : action.ClearCookie is { } clear ? Encoding.Latin1.GetBytes($"set-cookie: {clear}; path=/; Max-Age=0;\r\n") : null;

    public override RuleVerdict Execute(RuleSubject subject)
    {
        var mark = subject.Scratch.Mark();
        var text = target.WriteToScratch(subject);
        if (text.IsEmpty && action.IgnoreEmpty)
        {
            subject.Scratch.Release(mark);
            return RuleVerdict.Continue;
        }

        var answer = subject.Answer;
        answer.StartMessage(action.Status);
        answer.ClosesUnreadRequest = true;
        subject.Log.Status = action.Status;
        answer.Append(_statusLine);
        switch (action.Kind)
        {
            case RedirectKind.Location:
                answer.Append(text);
                break;
            case RedirectKind.Scheme:
                answer.Append(text);
                answer.Append("://"u8);
                if (subject.Request is { } request && request.First(KnownHeader.Host) is >= 0 and var index)
                {
                    answer.Append(request.ValueOf(index));
                }

                AppendTarget(subject, answer, []);
                break;
            default:
                // A prefix of one slash is none: the path has one.
                AppendTarget(subject, answer, text.SequenceEqual("/"u8) ? default : text);
                break;
        }

        answer.Append("\r\n"u8);
        if (action.Status is 302 or 303 or 307)
        {
            answer.Append("cache-control: no-cache\r\n"u8);
        }

        answer.Append(_cookie);
        answer.Append("\r\n"u8);
        subject.Scratch.Release(mark);
        return new RuleVerdict(RuleOutcome.Answer);
    }

    private void AppendTarget(RuleSubject subject, RuleAnswer answer, ReadOnlySpan<byte> prefix)
    {
        answer.Append(prefix);
        if (subject.Request is not { } request)
        {
            return;
        }

        var uri = request.Span(request.Uri);
        var path = action.DropQuery ? UriParts.Path(uri) : UriParts.PathAndQuery(uri);
        answer.Append(path);
        if (action.AppendSlash && (path.IsEmpty || path[^1] != '/'))
        {
            answer.Append("/"u8);
        }
    }
}

/// <summary>Sends an early hint (<c>early-hint</c>, RFC 8297).</summary>
internal sealed class EarlyHintStep(byte[] name, LogFormatProgram value) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        if (subject.Request is not { IsVersion11: true })
        {
            return RuleVerdict.Continue;
        }

        var mark = subject.Scratch.Mark();
        var text = value.WriteToScratch(subject);
        var message = subject.Scratch.Take(name.Length + text.Length + 40);
        var used = ConcatTo("HTTP/1.1 103 Early Hints\r\n"u8, message, 0);
        used = ConcatTo(name, message, used);
        used = ConcatTo(": "u8, message, used);
        used = ConcatTo(text, message, used);
        used = ConcatTo("\r\n\r\n"u8, message, used);
        subject.SendInterim(message[..used], "HTTP/1.1103Early Hints".Length + name.Length + text.Length);
        subject.Scratch.Release(mark);
        return RuleVerdict.Continue;
    }

    private static int ConcatTo(ReadOnlySpan<byte> bytes, Span<byte> into, int used)
    {
        bytes.CopyTo(into[used..]);
        return used + bytes.Length;
    }
}
