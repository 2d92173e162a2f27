namespace Dropin.Runtime.Proxy.Muxes;

/// <summary>What became of an attempt to move bytes at one end of a stream.</summary>
public enum EndStatus
{
    /// <summary>Something moved.</summary>
    Progress,

    /// <summary>Nothing now; the kernel will say when.</summary>
    Wait,

    /// <summary>No room: the other end has to take something first.</summary>
    Full,

    /// <summary>The peer closed its direction.</summary>
    Closed,

    /// <summary>The connection broke.</summary>
    Failed,

    /// <summary>The peer broke the protocol in the body.</summary>
    Malformed,
}
