namespace Dropin.Runtime.Ir.Expressions;

/// <summary>Sample fetches that the engine can execute (configuration manual 7.3).</summary>
public enum FetchKind
{
    /// <summary>Always true.</summary>
    AlwaysTrue,

    /// <summary>Always false.</summary>
    AlwaysFalse,

    /// <summary>The client's address.</summary>
    Source,

    /// <summary>The path of the request.</summary>
    Path,
}

/// <summary>Converters that the engine can execute (configuration manual 7.3.1).</summary>
public enum ConverterKind
{
    /// <summary>To lower case.</summary>
    Lower,
}

/// <summary>Tags of log formats (configuration manual 8.2.4).</summary>
public enum LogTag
{
    /// <summary><c>%ci</c></summary>
    ClientIp,
}
