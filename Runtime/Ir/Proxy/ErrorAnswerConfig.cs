using Dropin.Runtime.Ir.Rules;

namespace Dropin.Runtime.Ir.Proxy;

/// <summary>What is answered in place of a built-in error page.</summary>
/// <param name="Status">The status it stands for.</param>
public abstract record ErrorAnswerConfig(int Status);

/// <summary>A whole message from a file (<c>errorfile</c>), already read; empty: the connection is just closed.</summary>
/// <param name="Status">The status it stands for.</param>
/// <param name="Message">The bytes of the message, head and body; null for <c>/dev/null</c>.</param>
/// <param name="File">The file's name.</param>
public sealed record RawErrorAnswer(int Status, ValueList<byte> Message, string File) : ErrorAnswerConfig(Status);

/// <summary>A redirection (<c>errorloc</c>, <c>errorloc302</c>, <c>errorloc303</c>).</summary>
public sealed record ErrorRedirect(int Status, int RedirectStatus, string Location) : ErrorAnswerConfig(Status);

/// <summary>A message made by <c>http-error</c>.</summary>
public sealed record BuiltErrorAnswer(int Status, ReturnConfig Answer) : ErrorAnswerConfig(Status);
