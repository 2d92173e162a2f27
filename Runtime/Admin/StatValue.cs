namespace Dropin.Runtime.Admin;

/// <summary>How a value is represented.</summary>
public enum StatValueKind : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A number of 32 bits without sign.</summary>
    Unsigned32,

    /// <summary>A number of 32 bits.</summary>
    Signed32,

    /// <summary>A number of 64 bits without sign.</summary>
    Unsigned64,

    /// <summary>A word or sentence.</summary>
    Text,
}

/// <summary>Where a value comes from (management manual 9.1): the first letter of the tags of typed output.</summary>
public enum ValueOrigin : byte
{
    /// <summary>Measured.</summary>
    Metric = (byte)'M',

    /// <summary>A state found out.</summary>
    Status = (byte)'S',

    /// <summary>It tells one object from another.</summary>
    Key = (byte)'K',

    /// <summary>Set by the configuration.</summary>
    Config = (byte)'C',

    /// <summary>Of the program itself.</summary>
    Product = (byte)'P',
}

/// <summary>What a value is (management manual 9.1): the second letter.</summary>
public enum ValueNature : byte
{
    /// <summary>A value of this moment.</summary>
    Gauge = (byte)'G',

    /// <summary>A limit.</summary>
    Limit = (byte)'L',

    /// <summary>The least seen.</summary>
    Min = (byte)'m',

    /// <summary>The most seen.</summary>
    Max = (byte)'M',

    /// <summary>Events a second.</summary>
    Rate = (byte)'R',

    /// <summary>Counted since the start.</summary>
    Counter = (byte)'C',

    /// <summary>How long something took.</summary>
    Duration = (byte)'D',

    /// <summary>How long ago something was.</summary>
    Age = (byte)'A',

    /// <summary>A date.</summary>
    Time = (byte)'T',

    /// <summary>A name.</summary>
    Name = (byte)'N',

    /// <summary>Free text.</summary>
    Output = (byte)'O',

    /// <summary>An average.</summary>
    Average = (byte)'a',
}

/// <summary>How far a value reaches (management manual 9.1): the third letter.</summary>
public enum ValueScope : byte
{
    /// <summary>All members of a cluster.</summary>
    Cluster = (byte)'C',

    /// <summary>One process.</summary>
    Process = (byte)'P',

    /// <summary>All processes of a service.</summary>
    Service = (byte)'S',

    /// <summary>The machine.</summary>
    System = (byte)'s',
}

/// <summary>What kind of information a value is.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Nature">What it is.</param>
/// <param name="Scope">How far it reaches.</param>
public readonly record struct ValueTags(ValueOrigin Origin, ValueNature Nature, ValueScope Scope);

/// <summary>One value of the statistics.</summary>
/// <param name="Kind">How it is represented.</param>
/// <param name="Number">The number.</param>
/// <param name="Text">The text, where it is one.</param>
/// <param name="Tags">What kind of information it is.</param>
public readonly record struct StatValue(StatValueKind Kind, long Number, string? Text, ValueTags Tags)
{
    /// <summary>Whether there is a value.</summary>
    public bool Exists => Kind != StatValueKind.None;
}
