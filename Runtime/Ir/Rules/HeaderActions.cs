using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>Sets, adds or removes a header.</summary>
public sealed record HeaderAction(HeaderOperation Operation, string Name, LogFormat? Value, string? Pattern, MatchMethod NameMatch) : RuleAction;

/// <summary>What is done to headers.</summary>
public enum HeaderOperation
{
    /// <summary>All of that name are replaced by one.</summary>
    Set,

    /// <summary>One more is added.</summary>
    Add,

    /// <summary>All of that name are removed.</summary>
    Delete,

    /// <summary>Whole values are replaced by a regular expression.</summary>
    ReplaceHeader,

    /// <summary>Each value of a list is replaced by a regular expression.</summary>
    ReplaceValue,
}
