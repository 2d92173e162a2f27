using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Rules.Variables;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Variables of the process (management manual 9.3, <c>get var</c>).</summary>
internal static class ProcessVariables
{
    private const string Scope = "proc.";

    internal static void Get(CliCall call)
    {
        var name = call.Word(2);
        if (name.Length == 0)
            call.Fail("Missing process-wide variable identifier.\n");
        else if (!name.StartsWith(Scope, StringComparison.Ordinal) || VariableLookup.Find(call.Context.Engine, name[Scope.Length..]) is not { } found)
            call.Fail("Variable not found.\n");
        else
            call.Output.Append(name).Append(": type=").Append(NameOf(found.Type)).Append(" value=<").Append(found.Type == SampleType.Bool ? (found.Text is "true" or "1" ? "1" : "0") : found.Text).Append('>');
    }

    /// <summary>Expressions are compiled at start, so that none can come in at run time.</summary>
    internal static void Set(CliCall call)
    {
        if (!call.Session.IsExperimental)
            call.Fail("This command is restricted to experimental mode only.\n");
        else if (call.Allows(CliLevel.Admin))
            call.Fail("Variables cannot be set at run time by this version.\n");
    }

    private static string NameOf(SampleType type) => type switch
    {
        SampleType.Bool => "bool",
        SampleType.Integer => "sint",
        SampleType.IPv4 => "ipv4",
        SampleType.IPv6 => "ipv6",
        SampleType.Binary => "bin",
        _ => "str",
    };
}
