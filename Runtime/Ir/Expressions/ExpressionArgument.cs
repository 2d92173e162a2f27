using System.Net;

namespace Dropin.Runtime.Ir.Expressions;

/// <summary>An argument of a fetch or converter.</summary>
public abstract record ExpressionArgument;

/// <summary>An optional argument that was left out.</summary>
public sealed record NoArgument : ExpressionArgument;

/// <summary>Text, one character for each byte.</summary>
public sealed record TextArgument(string Value) : ExpressionArgument;

/// <summary>A whole number.</summary>
public sealed record NumberArgument(long Value) : ExpressionArgument;

/// <summary>An address, or a mask in the form of one.</summary>
public sealed record AddressArgument(IPAddress Value) : ExpressionArgument;

/// <summary>A backend by name.</summary>
public sealed record BackendArgument(string Name) : ExpressionArgument;

/// <summary>A frontend by name.</summary>
public sealed record FrontendArgument(string Name) : ExpressionArgument;

/// <summary>A server of a backend.</summary>
public sealed record ServerArgument(string Backend, string Server) : ExpressionArgument;

/// <summary>A user list by name.</summary>
public sealed record UserListArgument(string Name) : ExpressionArgument;

/// <summary>A stick table by name.</summary>
public sealed record TableArgument(string Name) : ExpressionArgument;

/// <summary>A variable.</summary>
public sealed record VariableArgument(VariableName Name) : ExpressionArgument;

/// <summary>A regular expression.</summary>
public sealed record RegexArgument(string Pattern, bool IgnoreCase) : ExpressionArgument;

/// <summary>A map from keys to values.</summary>
public sealed record MapArgument(MapConfig Map) : ExpressionArgument;

/// <summary>Where a variable lives (configuration manual 2.8).</summary>
public enum VariableScope
{
    /// <summary>The process.</summary>
    Process,

    /// <summary>The client's connection.</summary>
    Session,

    /// <summary>One request and its response.</summary>
    Transaction,

    /// <summary>The time of the request.</summary>
    Request,

    /// <summary>The time of the response.</summary>
    Response,

    /// <summary>A health check.</summary>
    Check,
}

/// <summary>A variable's scope and name; the name without its scope.</summary>
public sealed record VariableName(VariableScope Scope, string Name);

/// <summary>A map file, already read (<c>map_…</c>).</summary>
/// <param name="File">The name of the file, the map's identity at run time.</param>
/// <param name="Match">How a key is compared.</param>
/// <param name="ValueType">Text, whole number or address.</param>
/// <param name="Lines">In the order of the file.</param>
/// <param name="Expands">Values are formats with references to what the key's expression matched (<c>map_regm</c>).</param>
public sealed record MapConfig(string File, MatchMethod Match, SampleType ValueType, ValueList<PatternLine> Lines, bool Expands = false);
