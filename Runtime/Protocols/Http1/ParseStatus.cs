namespace Dropin.Runtime.Protocols.Http1;

/// <summary>Outcome of a parsing step.</summary>
public enum ParseStatus : byte
{
    /// <summary>Everything so far is well-formed; more bytes are needed.</summary>
    NeedMore,

    /// <summary>The head is complete.</summary>
    Done,

    /// <summary>The peer broke the rules; the error says how and where.</summary>
    Bad,
}
