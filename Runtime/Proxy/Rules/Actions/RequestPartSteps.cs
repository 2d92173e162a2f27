using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Rules.Converters;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules.Actions;

/// <summary>Replaces parts of a request's first line.</summary>
internal static class RequestParts
{
    /// <summary>Sets a part; false where it does not fit.</summary>
    public static bool Set(RuleSubject subject, HttpHead head, RequestPart part, ReadOnlySpan<byte> value)
    {
        if (part == RequestPart.Method)
        {
            return head.SetMethod(value);
        }

        if (part == RequestPart.Uri)
        {
            return head.SetUri(value) && FollowHost(head);
        }

        var uri = head.Span(head.Uri);
        var start = UriParts.PathStart(uri);
        if (start == uri.Length && part is RequestPart.Path or RequestPart.PathQuery)
        {
            // Where there is no path ("*", an authority alone), the new one takes the place of the whole.
            return head.SetUri(value);
        }

        var query = uri[start..].IndexOf((byte)'?');
        var before = uri[..start];
        var path = query < 0 ? uri[start..] : uri[start..(start + query)];
        var tail = query < 0 ? default : uri[(start + query)..];
        var mark = part == RequestPart.Query && !value.IsEmpty ? "?"u8 : default;
        var middle = part == RequestPart.Query ? path : value;
        var end = part == RequestPart.Path ? tail : part == RequestPart.Query ? value : default;

        var room = subject.Scratch.Take(before.Length + middle.Length + mark.Length + end.Length);
        before.CopyTo(room);
        middle.CopyTo(room[before.Length..]);
        mark.CopyTo(room[(before.Length + middle.Length)..]);
        end.CopyTo(room[(before.Length + middle.Length + mark.Length)..]);
        return head.SetUri(room);
    }

    // A Host header that is there follows the authority of a new target: behind the scheme, or the target itself where it has none.
    private static bool FollowHost(HttpHead head)
    {
        var uri = head.Span(head.Uri);
        if (uri.IsEmpty || uri[0] is (byte)'/' or (byte)'*')
        {
            return true;
        }

        var scheme = uri.IndexOf("://"u8);
        var authority = scheme < 0 ? uri : uri[(scheme + 3)..];
        var slash = authority.IndexOf((byte)'/');
        authority = slash < 0 ? authority : authority[..slash];
        authority = authority[(authority.IndexOf((byte)'@') + 1)..];

        Span<byte> host = stackalloc byte[256];
        if (authority.Length > host.Length)
        {
            return false;
        }

        authority.CopyTo(host);
        host = host[..authority.Length];
        var cursor = 0;
        for (var index = head.Find("host"u8, ref cursor); index >= 0; index = head.Find("host"u8, ref cursor))
        {
            if (!head.SetValue(index, host))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A part's bytes.</summary>
    public static ReadOnlySpan<byte> Get(HttpHead head, RequestPart part)
    {
        var uri = head.Span(head.Uri);
        return part switch
        {
            RequestPart.Path => UriParts.Path(uri),
            RequestPart.PathQuery => UriParts.PathAndQuery(uri),
            _ => uri,
        };
    }
}

/// <summary>Sets a part of the first line (<c>set-path</c> …).</summary>
internal sealed class SetRequestPartStep(RequestPart part, LogFormatProgram value) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        if (subject.Request is not { } head)
        {
            return RuleVerdict.Continue;
        }

        var mark = subject.Scratch.Mark();
        var done = RequestParts.Set(subject, head, part, value.WriteToScratch(subject));
        subject.Scratch.Release(mark);
        return done ? RuleVerdict.Continue : Failed(subject);
    }
}

/// <summary>Replaces a part of the first line by an expression (<c>replace-path</c> …).</summary>
internal sealed class ReplaceRequestPartStep(RequestPart part, CompiledRegex regex, LogFormatProgram replacement) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject)
    {
        if (subject.Request is not { } head)
        {
            return RuleVerdict.Continue;
        }

        Span<int> groups = stackalloc int[CompiledRegex.MaxGroups * 2];
        var old = RequestParts.Get(head, part);
        var count = regex.Match(old, 0, groups);
        if (count == 0)
        {
            return RuleVerdict.Continue;
        }

        var mark = subject.Scratch.Mark();
        var format = replacement.WriteToScratch(subject);
        var room = subject.Scratch.Take(subject.Scratch.MaxLength);
        var used = 0;
        var done = RegexReplacement.TryExpand(format, old, groups, count, room, ref used)
            && RequestParts.Set(subject, head, part, room[..used]);
        subject.Scratch.Release(mark);
        return done ? RuleVerdict.Continue : Failed(subject);
    }
}

/// <summary>Sets the response's status (<c>set-status</c>).</summary>
internal sealed class SetStatusStep(int status, byte[] reason) : RuleStep
{
    public override RuleVerdict Execute(RuleSubject subject) =>
        subject.Response is not { } head || (head.SetStatus(status) && head.SetReason(reason)) ? RuleVerdict.Continue : Failed(subject);
}
