using System.Text;

namespace Dropin.Runtime.Protocols.Http;

/// <summary>The lower-case names of <see cref="KnownHeader"/>, both ways.</summary>
public static class KnownHeaders
{
    // In the order of the enum.
    private static readonly byte[][] Names =
    [
        [],
        "host"u8.ToArray(),
        "connection"u8.ToArray(),
        "content-length"u8.ToArray(),
        "transfer-encoding"u8.ToArray(),
        "cookie"u8.ToArray(),
        "set-cookie"u8.ToArray(),
        "expect"u8.ToArray(),
        "upgrade"u8.ToArray(),
        "keep-alive"u8.ToArray(),
        "proxy-connection"u8.ToArray(),
        "te"u8.ToArray(),
        "trailer"u8.ToArray(),
        "date"u8.ToArray(),
        "accept"u8.ToArray(),
        "accept-encoding"u8.ToArray(),
        "accept-language"u8.ToArray(),
        "authorization"u8.ToArray(),
        "proxy-authorization"u8.ToArray(),
        "cache-control"u8.ToArray(),
        "pragma"u8.ToArray(),
        "content-type"u8.ToArray(),
        "content-encoding"u8.ToArray(),
        "etag"u8.ToArray(),
        "last-modified"u8.ToArray(),
        "expires"u8.ToArray(),
        "age"u8.ToArray(),
        "vary"u8.ToArray(),
        "location"u8.ToArray(),
        "server"u8.ToArray(),
        "via"u8.ToArray(),
        "referer"u8.ToArray(),
        "user-agent"u8.ToArray(),
        "origin"u8.ToArray(),
        "range"u8.ToArray(),
        "if-modified-since"u8.ToArray(),
        "if-none-match"u8.ToArray(),
        "x-forwarded-for"u8.ToArray(),
        "x-forwarded-proto"u8.ToArray(),
        "x-real-ip"u8.ToArray(),
        "forwarded"u8.ToArray(),
        "www-authenticate"u8.ToArray(),
        "strict-transport-security"u8.ToArray(),
        "set-cookie2"u8.ToArray(),
        "sec-websocket-key"u8.ToArray(),
        "sec-websocket-accept"u8.ToArray(),
        "sec-websocket-version"u8.ToArray(),
        "http2-settings"u8.ToArray(),
        "early-data"u8.ToArray(),
    ];

    // Open addressing over a hash of length and two letters: one probe for nearly every header of a real request.
    private static readonly byte[] Table = BuildTable();

    private const int TableMask = 255;

    /// <summary>The name, lower case; empty for <see cref="KnownHeader.Other"/>.</summary>
    public static ReadOnlySpan<byte> Name(KnownHeader header) => Names[(int)header];

    /// <summary>Recognises a name in any case.</summary>
    public static KnownHeader Of(ReadOnlySpan<byte> name)
    {
        if (name.Length < 2) return KnownHeader.Other;
        var slot = Hash(name);
        while (true)
        {
        var id = Table[slot & TableMask];
        if (id == 0) return KnownHeader.Other;
        if (Ascii.EqualsIgnoreCase(name, Names[id])) return (KnownHeader)id;
        slot++;
        }
    }

    private static int Hash(ReadOnlySpan<byte> name) => (name.Length * 29) ^ ((name[0] | 0x20) * 7) ^ ((name[^1] | 0x20) << 3) ^ ((name[name.Length >> 1] | 0x20) * 5);

    private static byte[] BuildTable()
    {
        var table = new byte[TableMask + 1];
        for (var id = 1; id < Names.Length; id++)
        {
        var slot = Hash(Names[id]);
        while (table[slot & TableMask] != 0) slot++;
        table[slot & TableMask] = (byte)id;
        }

        return table;
    }
}
