using System.Buffers;
using System.Buffers.Text;
using Dropin.Runtime.Protocols.Http;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Name and password of a client (RFC 7617), as samples, user lists and the statistics page want them.</summary>
public static class BasicCredentials
{
    /// <summary>Reads name and password into the scratch; false where the client has sent none that can be read.</summary>
    public static bool TryRead(RuleSubject subject, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)
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

    /// <summary>Takes the header apart, whatever its scheme: a proxy is asked with another header than a server.</summary>
    internal static bool TrySplit(RuleSubject subject, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> credentials)
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
