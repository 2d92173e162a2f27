using System.Runtime.CompilerServices;
using System.Text;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Rules.Samples;

/// <summary>Names of sections and servers as bytes, made once for each.</summary>
public static class Names
{
    private static readonly ConditionalWeakTable<object, byte[]> s_names = [];

    /// <summary>A section's name.</summary>
    public static ReadOnlySpan<byte> Of(ProxyState proxy) =>
        s_names.TryGetValue(proxy, out var name) ? name : s_names.GetValue(proxy, static p => Encoding.UTF8.GetBytes(((ProxyState)p).Name));

    /// <summary>A server's name.</summary>
    public static ReadOnlySpan<byte> Of(ServerState server) =>
        s_names.TryGetValue(server, out var name) ? name : s_names.GetValue(server, static p => Encoding.UTF8.GetBytes(((ServerState)p).Name));

    /// <summary>Text of the configuration in the subject's scratch.</summary>
    internal static ReadOnlySpan<byte> Copy(RuleSubject subject, string text)
    {
        var room = subject.Scratch.Take(Encoding.UTF8.GetMaxByteCount(text.Length));
        return room[..Encoding.UTF8.GetBytes(text, room)];
    }
}

/// <summary>The parts of the request line as it came.</summary>
internal static class CapturedLine
{
    public static bool Method(RuleSubject subject, ref Sample sample)
    {
        var line = subject.RequestLine;
        var space = line.IndexOf((byte)' ');
        return space > 0 && sample.SetText(line[..space]);
    }

    // Between the first blank and the next one.
    public static bool Uri(RuleSubject subject, ref Sample sample)
    {
        var line = subject.RequestLine;
        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            return false;
        }

        var uri = line[(space + 1)..];
        var end = uri.IndexOf((byte)' ');
        uri = end < 0 ? uri : uri[..end];
        return sample.SetText(UriParts.PathAndQuery(uri));
    }
}

/// <summary>Random identifiers (RFC 9562, version 4).</summary>
internal static class Uuids
{
    public static bool Random(RuleSubject subject, ref Sample sample)
    {
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 4; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes[(i * 4)..], subject.NextRandom());
        }

        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        var room = subject.Scratch.Take(36);
        return new Guid(bytes, bigEndian: true).TryFormat(room, out _) && sample.SetText(room);
    }
}
