using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Proxy.Rules.Samples;

namespace Dropin.Runtime.Proxy.Rules.Variables;

/// <summary>A variable by number: where it lives, and which it is there.</summary>
public readonly record struct VariableSlot(VariableScope Scope, int Id)
{
    /// <summary>Reads it; false where it is not set.</summary>
    public bool TryGet(RuleSubject subject, ref Sample sample) => Scope == VariableScope.Process
        ? subject.ProcessVariables.TryGet(subject, Id, ref sample)
        : subject.VariablesOf(Scope) is { } store && store.TryGet(Id, ref sample);

    /// <summary>Sets it.</summary>
    public void Set(RuleSubject subject, in Sample sample)
    {
        if (Scope == VariableScope.Process)
        {
            subject.ProcessVariables.Set(Id, sample);
        }
        else
        {
            subject.VariablesOf(Scope)?.Set(Id, sample);
        }
    }

    /// <summary>Forgets it.</summary>
    public void Remove(RuleSubject subject)
    {
        if (Scope == VariableScope.Process)
        {
            subject.ProcessVariables.Remove(Id);
        }
        else
        {
            subject.VariablesOf(Scope)?.Remove(Id);
        }
    }

    /// <summary>Whether it is set.</summary>
    public bool Exists(RuleSubject subject) =>
        Scope == VariableScope.Process ? subject.ProcessVariables.Has(Id) : subject.VariablesOf(Scope)?.Has(Id) == true;
}

/// <summary>Numbers for the names of variables, given while a configuration is compiled.</summary>
public sealed class VariableTable
{
    private readonly Dictionary<VariableName, int> _ids = [];

    /// <summary>The number of a name.</summary>
    public VariableSlot SlotOf(VariableName name)
    {
        if (!_ids.TryGetValue(name, out var id))
        {
            _ids[name] = id = _ids.Count;
        }

        return new VariableSlot(name.Scope, id);
    }

    /// <summary>The number of a name that some rule knows; null where none does.</summary>
    public VariableSlot? Find(VariableName name) => _ids.TryGetValue(name, out var id) ? new VariableSlot(name.Scope, id) : null;
}
