namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Who or what ended a stream first: the first letter of the termination state (configuration manual 8.5).</summary>
public enum TerminationCause : byte
{
    /// <summary>Nothing out of order.</summary>
    None = (byte)'-',

    /// <summary>The client closed (C).</summary>
    ClientAbort = (byte)'C',

    /// <summary>The server closed or refused (S).</summary>
    ServerAbort = (byte)'S',

    /// <summary>We refused: a rule, a limit, a message that broke the protocol (P).</summary>
    Proxy = (byte)'P',

    /// <summary>A resource ran out (R).</summary>
    Resource = (byte)'R',

    /// <summary>An internal error (I).</summary>
    Internal = (byte)'I',

    /// <summary>The server went down (D).</summary>
    Down = (byte)'D',

    /// <summary>An active server came up and took the place of a backup (U).</summary>
    Up = (byte)'U',

    /// <summary>An operator ended it (K).</summary>
    Killed = (byte)'K',

    /// <summary>Answered from here: statistics, redirect, return (L).</summary>
    Local = (byte)'L',

    /// <summary>The client took too long (c).</summary>
    ClientTimeout = (byte)'c',

    /// <summary>The server took too long (s).</summary>
    ServerTimeout = (byte)'s',
}

/// <summary>Where a stream stood when it ended: the second letter of the termination state (configuration manual 8.5).</summary>
public enum TerminationPhase : byte
{
    /// <summary>After the end of the data.</summary>
    None = (byte)'-',

    /// <summary>Waiting for the request (R).</summary>
    Request = (byte)'R',

    /// <summary>In a queue (Q).</summary>
    Queue = (byte)'Q',

    /// <summary>Connecting (C).</summary>
    Connect = (byte)'C',

    /// <summary>Waiting for the response's head (H).</summary>
    Headers = (byte)'H',

    /// <summary>Moving data (D).</summary>
    Data = (byte)'D',

    /// <summary>The last data to the client (L).</summary>
    Last = (byte)'L',

    /// <summary>Held in the tarpit (T).</summary>
    Tarpit = (byte)'T',
}
