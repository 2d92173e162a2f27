using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>An answer that is made here (<c>return</c>, <c>deny</c>, <c>http-error</c>).</summary>
public sealed record ReturnConfig
{
    /// <summary>The status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The type of the content; null none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers in order.</summary>
    public ValueList<ReturnHeader> Headers { get; init; } = [];

    /// <summary>The body as fixed bytes; null where <see cref="BodyFormat"/> makes it, or there is none.</summary>
    public ValueList<byte>? Body { get; init; }

    /// <summary>The body as a format.</summary>
    public LogFormat? BodyFormat { get; init; }

    /// <summary>A whole message from a file, head and body.</summary>
    public ValueList<byte>? Raw { get; init; }

    /// <summary>Whether the proxy's own error answer for the status is used.</summary>
    public bool UseProxyErrorAnswer { get; init; }
}

/// <summary>A header of an answer.</summary>
public sealed record ReturnHeader(string Name, LogFormat Value);
