using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Runtime.Ir.Rules;

/// <summary>Sets a variable to a sample (<c>set-var</c>).</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The value; where there is none, the variable is unset.</param>
/// <param name="When">Under which conditions on the variable.</param>
public sealed record SetVariableAction(VariableName Name, SampleExpression Value, VariableWhen When) : RuleAction;

/// <summary>Sets a variable to text (<c>set-var-fmt</c>).</summary>
public sealed record SetVariableFormatAction(VariableName Name, LogFormat Value, VariableWhen When) : RuleAction;

/// <summary>Forgets a variable (<c>unset-var</c>).</summary>
public sealed record UnsetVariableAction(VariableName Name) : RuleAction;

/// <summary>Conditions of setting a variable, all of which must hold.</summary>
[Flags]
public enum VariableWhen
{
    /// <summary>Always.</summary>
    Always = 0,

    /// <summary>It exists already.</summary>
    Exists = 1,

    /// <summary>It does not exist yet.</summary>
    NotExists = 2,

    /// <summary>The new value is empty.</summary>
    Empty = 4,

    /// <summary>The new value is not empty.</summary>
    NotEmpty = 8,

    /// <summary>The variable is set.</summary>
    Set = 16,

    /// <summary>The variable is not set.</summary>
    NotSet = 32,

    /// <summary>The new value is greater.</summary>
    Greater = 64,

    /// <summary>The new value is less.</summary>
    Less = 128,
}

/// <summary>Captures a sample in a slot of the frontend (<c>capture</c>).</summary>
/// <param name="Value">The sample.</param>
/// <param name="Slot">The slot, from 0.</param>
/// <param name="Response">Whether the slot is one of the response's.</param>
public sealed record CaptureAction(SampleExpression Value, int Slot, bool Response) : RuleAction;
