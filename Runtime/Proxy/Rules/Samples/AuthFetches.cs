namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>What the client says of itself in <c>Authorization</c> (RFC 7617, RFC 6750).</summary>
internal static class AuthFetches
{
    public static bool Scheme(RuleSubject subject, ref Sample sample) =>
        BasicCredentials.TrySplit(subject, out var scheme, out _) && sample.SetText(scheme);

    public static bool User(RuleSubject subject, ref Sample sample) =>
        BasicCredentials.TryRead(subject, out var user, out _) && sample.SetText(user);

    public static bool Password(RuleSubject subject, ref Sample sample) =>
        BasicCredentials.TryRead(subject, out _, out var password) && sample.SetText(password);

    public static bool Bearer(RuleSubject subject, byte[] header, ref Sample sample)
    {
        if (header.Length == 0)
        {
            return BasicCredentials.TrySplit(subject, out var scheme, out var token) && System.Text.Ascii.EqualsIgnoreCase(scheme, "bearer"u8) && sample.SetText(token);
        }

        if (subject.Request is not { } request || request.First(header) is not (>= 0 and var index))
        {
            return false;
        }

        var value = request.ValueOf(index);
        var space = value.IndexOf((byte)' ');
        return space > 0 && System.Text.Ascii.EqualsIgnoreCase(value[..space], "bearer"u8) && sample.SetText(value[(space + 1)..].TrimStart((byte)' '));
    }
}

/// <summary>Whether the client is a user of a list (<c>http_auth</c>).</summary>
internal sealed class AuthorizedFetch(UserList list) : SampleFetch
{
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        BasicCredentials.TryRead(subject, out var user, out var password) ? sample.SetBool(list.Verify(user, password)) : sample.SetBool(false);
}

/// <summary>The groups of the client, who must be a user of the list (<c>http_auth_group</c>): one value for each.</summary>
internal sealed class AuthorizedGroupFetch(UserList list) : SampleFetch
{
    // Outside ACLs the value is the user's name.
    public override bool TryGet(RuleSubject subject, ref Sample sample) =>
        BasicCredentials.TryRead(subject, out var user, out var password) && list.Verify(user, password) && sample.SetText(user);

    public override bool TryNext(RuleSubject subject, ref Sample sample, ref int cursor)
    {
        if (!BasicCredentials.TryRead(subject, out var user, out var password) || !list.Verify(user, password))
        {
            return false;
        }

        var groups = list.GroupsOf(user);
        return cursor < groups.Length && sample.SetText(groups[cursor++]);
    }
}
