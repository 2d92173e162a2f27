namespace Dropin.Pair.Client;

/// <summary>What came of a request.</summary>
internal enum Kind : byte
{
    /// <summary>Not decided yet.</summary>
    Open,

    /// <summary>200 of a web server.</summary>
    Answered,

    /// <summary>Another status: haproxy had no server.</summary>
    Error,

    /// <summary>The connection was refused: no haproxy where the address is.</summary>
    Refused,

    /// <summary>The connection was cut before the answer was whole.</summary>
    Cut,

    /// <summary>Nothing within a second.</summary>
    Silence,
}

/// <summary>One request.</summary>
/// <param name="AskedAt">When, microseconds since the client began.</param>
/// <param name="DoneAt">When it was decided.</param>
/// <param name="Kind">How it was.</param>
/// <param name="Web">Which web server answered: 1 or 2; 0 for none.</param>
internal readonly record struct Answer(long AskedAt, long DoneAt, Kind Kind, byte Web);
