namespace Dropin.Runtime.Protocols.ProxyProtocol;

/// <summary>What the bytes at the beginning of a connection are, seen as a PROXY protocol header.</summary>
public enum ProxyHeaderStatus
{
    /// <summary>A header.</summary>
    Done,

    /// <summary>The beginning of one, or too little to tell.</summary>
    Truncated,

    /// <summary>Something else.</summary>
    NotAHeader,

    /// <summary>One that says nonsense.</summary>
    Invalid,

    /// <summary>A header of version 1 for a protocol that is not known.</summary>
    UnknownProtocol,
}
