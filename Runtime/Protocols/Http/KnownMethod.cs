namespace Dropin.Runtime.Protocols.Http;

/// <summary>The methods whose meaning the engine needs (RFC 9110 section 9.3); they are case-sensitive.</summary>
public enum KnownMethod : byte
{
    /// <summary>Any other token.</summary>
    Other,

    /// <summary>OPTIONS.</summary>
    Options,

    /// <summary>GET.</summary>
    Get,

    /// <summary>HEAD: the answer has no body.</summary>
    Head,

    /// <summary>POST.</summary>
    Post,

    /// <summary>PUT.</summary>
    Put,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>TRACE.</summary>
    Trace,

    /// <summary>CONNECT: an answer of 2xx makes a tunnel.</summary>
    Connect,
}

/// <summary>Names of <see cref="KnownMethod"/>.</summary>
public static class KnownMethods
{
    /// <summary>Recognises a method; a lower-case <c>get</c> is <see cref="KnownMethod.Other"/>.</summary>
    public static KnownMethod Of(ReadOnlySpan<byte> method) => method.Length switch
    {
        3 => method.SequenceEqual("GET"u8) ? KnownMethod.Get : method.SequenceEqual("PUT"u8) ? KnownMethod.Put : KnownMethod.Other,
        4 => method.SequenceEqual("POST"u8) ? KnownMethod.Post : method.SequenceEqual("HEAD"u8) ? KnownMethod.Head : KnownMethod.Other,
        5 => method.SequenceEqual("TRACE"u8) ? KnownMethod.Trace : KnownMethod.Other,
        6 => method.SequenceEqual("DELETE"u8) ? KnownMethod.Delete : KnownMethod.Other,
        7 => method.SequenceEqual("OPTIONS"u8) ? KnownMethod.Options : method.SequenceEqual("CONNECT"u8) ? KnownMethod.Connect : KnownMethod.Other,
        _ => KnownMethod.Other,
    };
}
