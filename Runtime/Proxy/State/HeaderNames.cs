using System.Text;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Proxy.State;

/// <summary>The header names of a section's own settings as messages have them: bytes, made once.</summary>
internal sealed class HeaderNames
{
    internal HeaderNames(ProxyConfig config)
    {
        UniqueId = Lower(config.UniqueIdHeader);
        ForwardFor = Lower(config.ForwardFor?.Header);
        OriginalTo = Lower(config.OriginalTo?.Header);
        ServerName = Lower(config.Backend?.SendNameHeader);
        RequestCaptures = Written(config.Frontend?.RequestCaptures ?? []);
        ResponseCaptures = Written(config.Frontend?.ResponseCaptures ?? []);
    }

    /// <summary>The header that carries the unique id (<c>unique-id-header</c>); null none.</summary>
    internal byte[]? UniqueId { get; }

    /// <summary>The header of <c>option forwardfor</c>; null none.</summary>
    internal byte[]? ForwardFor { get; }

    /// <summary>The header of <c>option originalto</c>; null none.</summary>
    internal byte[]? OriginalTo { get; }

    /// <summary>The header that tells a server its name (<c>http-send-name-header</c>); null none.</summary>
    internal byte[]? ServerName { get; }

    /// <summary>The headers of <c>capture request header</c> by their slots; null for a slot that rules fill.</summary>
    internal byte[]?[] RequestCaptures { get; }

    /// <summary>The headers of <c>capture response header</c> by their slots.</summary>
    internal byte[]?[] ResponseCaptures { get; }

    private static byte[]? Lower(string? name) => name is null ? null : Encoding.Latin1.GetBytes(name.ToLowerInvariant());

    private static byte[]?[] Written(Ir.ValueList<HeaderCapture> captures)
    {
        var names = new byte[]?[captures.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = captures[i].Name is { } name ? Encoding.Latin1.GetBytes(name) : null;
        }

        return names;
    }
}
