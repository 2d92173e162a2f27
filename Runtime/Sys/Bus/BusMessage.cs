namespace Dropin.Runtime.Sys.Bus;

/// <summary>What a message is (D-Bus Specification, "Message Format").</summary>
public enum BusMessageKind
{
    /// <summary>Somebody wants something done.</summary>
    Call = 1,

    /// <summary>The answer to a call.</summary>
    Return = 2,

    /// <summary>A call that failed.</summary>
    Error = 3,

    /// <summary>Somebody tells something.</summary>
    Signal = 4,
}

/// <summary>A message that came, as far as it is understood here. Nothing in it is trusted but that the bus has checked its form.</summary>
public sealed record BusMessage
{
    /// <summary>What it is.</summary>
    public required BusMessageKind Kind { get; init; }

    /// <summary>The name of who sent it: given by the bus, so nobody speaks for another one.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The object; empty in answers.</summary>
    public string Path { get; init; } = "";

    /// <summary>The interface; null where a call names none.</summary>
    public string? Interface { get; init; }

    /// <summary>The method or signal; empty in answers.</summary>
    public string Member { get; init; } = "";

    /// <summary>The types of its arguments, without parentheses.</summary>
    public string Signature { get; init; } = "";

    /// <summary>The arguments at the beginning that are texts, at most <see cref="MostTexts"/>, each cut off behind <see cref="MostLength"/> bytes.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The first argument where it is a number of 32 bits; else 0.</summary>
    public uint Number { get; init; }

    /// <summary>The number of the call that this answers; 0 where it answers none.</summary>
    public ulong Answers { get; init; }

    /// <summary>What an error says; empty where it says nothing.</summary>
    public string ErrorText { get; init; } = "";

    /// <summary>How many texts are read.</summary>
    public const int MostTexts = 2;

    /// <summary>How many bytes of a text are read. A message may have megabytes; a name that means something is short.</summary>
    public const int MostLength = 1024;
}
