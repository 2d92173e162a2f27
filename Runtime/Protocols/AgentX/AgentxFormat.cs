namespace Dropin.Runtime.Protocols.AgentX;

/// <summary>Kinds of messages (RFC 2741 6.1).</summary>
public enum AgentxType : byte
{
    /// <summary>A sub-agent opens a session.</summary>
    Open = 1,

    /// <summary>Either side closes it.</summary>
    Close = 2,

    /// <summary>A sub-agent takes a subtree.</summary>
    Register = 3,

    /// <summary>A sub-agent gives a subtree back.</summary>
    Unregister = 4,

    /// <summary>The master asks for values.</summary>
    Get = 5,

    /// <summary>The master asks for the next names.</summary>
    GetNext = 6,

    /// <summary>The master asks for rows of next names.</summary>
    GetBulk = 7,

    /// <summary>The master asks whether values can be set.</summary>
    TestSet = 8,

    /// <summary>The master has them set.</summary>
    CommitSet = 9,

    /// <summary>The master has a set taken back.</summary>
    UndoSet = 10,

    /// <summary>The master is done with a set.</summary>
    CleanupSet = 11,

    /// <summary>A sub-agent tells of something (a trap).</summary>
    Notify = 12,

    /// <summary>A sub-agent asks whether the master lives.</summary>
    Ping = 13,

    /// <summary>A sub-agent tells what it supports (sysORTable).</summary>
    AddAgentCaps = 16,

    /// <summary>The answer to anything.</summary>
    Response = 18,
}

/// <summary>Errors of answers (RFC 2741 6.2.16; below 100 those of RFC 3416).</summary>
public enum AgentxError : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Something else.</summary>
    GenErr = 5,

    /// <summary>The value is of another type.</summary>
    WrongType = 7,

    /// <summary>The value cannot be.</summary>
    WrongValue = 10,

    /// <summary>A set could not be done.</summary>
    CommitFailed = 14,

    /// <summary>A set could not be taken back.</summary>
    UndoFailed = 15,

    /// <summary>It cannot be set.</summary>
    NotWritable = 17,

    /// <summary>The session is not open.</summary>
    NotOpen = 257,

    /// <summary>The message makes no sense.</summary>
    ParseError = 266,
}

/// <summary>Numbers of the wire (RFC 2741 5, 6.1).</summary>
public static class AgentxFormat
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 20;

    /// <summary>The longest message that is taken; snmpd's are of a few hundred bytes.</summary>
    public const int MostBytes = 65536;

    /// <summary>The version in each header.</summary>
    internal const byte Version = 1;

    /// <summary>Flag: a context's name stands behind the header.</summary>
    internal const byte NonDefaultContext = 0x08;

    /// <summary>Flag: numbers are big-endian.</summary>
    internal const byte NetworkByteOrder = 0x10;
}

/// <summary>The header of a message.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Flags">Byte order, context, and what belongs to the type.</param>
/// <param name="Session">The master's number of the session.</param>
/// <param name="Transaction">The master's number of the request of SNMP.</param>
/// <param name="Packet">Answers have that of the question.</param>
/// <param name="PayloadBytes">Bytes behind the header.</param>
public readonly record struct AgentxHeader(AgentxType Type, byte Flags, uint Session, uint Transaction, uint Packet, int PayloadBytes);
