using System.Buffers;
using System.Buffers.Text;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>What the client says of itself in <c>Authorization</c> (RFC 7617, RFC 6750).</summary>
internal static class AuthFetches
{
    public static bool Scheme(RuleSubject subject, ref Sample sample) =>
        TrySplit(subject, out var scheme, out _) && sample.SetText(scheme);

    public static bool User(RuleSubject subject, ref Sample sample) =>
        TryBasic(subject, out var user, out _) && sample.SetText(user);

    public static bool Password(RuleSubject subject, ref Sample sample) =>
        TryBasic(subject, out _, out var password) && sample.SetText(password);

    public static bool Bearer(RuleSubject subject, byte[] header, ref Sample sample)
    {
        if (header.Length == 0)
        {
            return TrySplit(subject, out var scheme, out var token) && System.Text.Ascii.EqualsIgnoreCase(scheme, "bearer"u8) && sample.SetText(token);
        }

        if (subject.Request is not { } request || request.First(header) is not (>= 0 and var index))
        {
            return false;
        }

        var value = request.ValueOf(index);
        var space = value.IndexOf((byte)' ');
        return space > 0 && System.Text.Ascii.EqualsIgnoreCase(value[..space], "bearer"u8) && sample.SetText(value[(space + 1)..].TrimStart((byte)' '));
    }

    /// <summary>Reads name and password of Basic authentication into the scratch.</summary>
    public static bool TryBasic(RuleSubject subject, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)
    {
        user = password = default;
        if (!TrySplit(subject, out var scheme, out var credentials) || !System.Text.Ascii.EqualsIgnoreCase(scheme, "basic"u8))
        {
            return false;
        }

        var room = subject.Scratch.Take(Base64.GetMaxDecodedFromUtf8Length(credentials.Length) + 3);
        if (Base64.DecodeFromUtf8(credentials, room, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        var text = room[..length];
        var colon = text.IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        user = text[..colon];
        password = text[(colon + 1)..];
        return true;
    }

    // A proxy is asked with another header.
    private static bool TrySplit(RuleSubject subject, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> credentials)
    {
        scheme = credentials = default;
        if (subject.Request is not { } request)
        {
            return false;
        }

        var index = request.First(subject.IsProxyRequest ? KnownHeader.ProxyAuthorization : KnownHeader.Authorization);
        if (index < 0)
        {
            return false;
        }

        var value = request.ValueOf(index);
        var space = value.IndexOf((byte)' ');
        if (space <= 0)
        {
            return false;
        }

        scheme = value[..space];
        credentials = value[(space + 1)..].Trim((byte)' ');
        return true;
    }
}

/// <summary>Whether the client is a user of a list (<c>http_auth</c>).</summary>
internal sealed class AuthorizedFetch(UserList list) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        AuthFetches.TryBasic(subject, out var user, out var password) ? sample.SetBool(list.Verify(user, password)) : sample.SetBool(false);
}

/// <summary>The groups of the client, who must be a user of the list (<c>http_auth_group</c>): one value for each.</summary>
internal sealed class AuthorizedGroupFetch(UserList list) : SampleFetch
{
    // Outside ACLs the value is the user's name.
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        AuthFetches.TryBasic(subject, out var user, out var password) && list.Verify(user, password) && sample.SetText(user);

    public override bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor)
    {
        if (!AuthFetches.TryBasic(subject, out var user, out var password) || !list.Verify(user, password))
        {
            return false;
        }

        var groups = list.GroupsOf(user);
        return cursor < groups.Length && sample.SetText(groups[cursor++]);
    }
}
