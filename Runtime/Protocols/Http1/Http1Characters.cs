using System.Buffers;

namespace Dropin.Runtime.Protocols.Http1;

/// <summary>The sets of bytes HTTP/1 is made of.</summary>
internal static class Http1Characters
{
    /// <summary>RFC 9110 section 5.6.2: what methods and header names are made of.</summary>
    public static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>What a target may hold: all that is printable, and DEL (as observed, against the manual), but no <c>#</c>.</summary>
    public static readonly SearchValues<byte> Uri = SearchValues.Create(Range(0x21, 0x7f, except: (byte)'#'));

    /// <summary>What a target may hold under accept-invalid-http-request.</summary>
    public static readonly SearchValues<byte> UriRelaxed = SearchValues.Create(Range(0x21, 0xff, except: null));

    /// <summary>What a version may hold.</summary>
    public static readonly SearchValues<byte> Version = SearchValues.Create("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static byte[] Range(int first, int last, byte? except)
    {
        var set = new List<byte>();
        for (var c = first; c <= last; c++)
            if (c != except) set.Add((byte)c);
        return [.. set];
    }
}
