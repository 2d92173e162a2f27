using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Interfaces that statements name.</summary>
internal sealed partial class Statement
{
    /// <summary>Complains of an interface that is not there, unless interfaces may come later (<c>dynamic_interfaces</c>).</summary>
    /// <returns>It is there, or may be missing.</returns>
    public bool CheckInterface(string name, DiagnosticDescriptor missing, params string[] arguments)
    {
        if (HasInterface(name))
        {
            return true;
        }

        Report(missing, arguments);
        document.Vrrp.MissesInterface = true;
        return false;
    }

    /// <summary>Whether an interface is there or may come later; a VMAC that is not yet made is not there.</summary>
    public bool HasInterface(string name) =>
        document.Facts.FindInterface(name) is not null || document.Global.Config.DynamicInterfaces;
}
