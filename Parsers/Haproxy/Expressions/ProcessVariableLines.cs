using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Variables of the process in <c>global</c>: <c>set-var</c> and <c>set-var-fmt</c> (configuration manual 3.1).</summary>
internal static class ProcessVariableLines
{
    /// <summary><c>set-var proc.name expression</c></summary>
    public static void Sample(ConfigLine line, GlobalSyntax global)
    {
        if (NameOf(line, "a sample expression") is not { } name)
        {
            return;
        }

        var scope = new ExpressionScope(null, line.At, RulePlace.Configuration, line.Sink) { Environment = line.Document.Environment };
        var index = 2;
        var sample = SampleReader.ReadHere(WordList.From(line, 0), ref index, scope, $"set-var({line[1]})");
        Add(line, global, scope.Error, sample is null ? null : new SetVariableAction(name, sample, VariableWhen.Always));
    }

    /// <summary><c>set-var-fmt proc.name format</c></summary>
    public static void Format(ConfigLine line, GlobalSyntax global)
    {
        if (NameOf(line, "a format string") is not { } name)
        {
            return;
        }

        var scope = new ExpressionScope(null, line.At, RulePlace.Configuration, line.Sink) { Environment = line.Document.Environment };
        var format = LogFormatReader.Read(line[2], FormatUse.Value, scope);
        Add(line, global, scope.Error, format is null ? null : new SetVariableFormatAction(name, format, VariableWhen.Always));
    }

    private static VariableName? NameOf(ConfigLine line, string what)
    {
        if (line[2].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' requires a process-wide variable name ('proc.<name>') and {what}.");
            return null;
        }

        if (VariableNames.ReadParenthesized(line[1], out var error) is not { } name)
        {
            line.Error("bad-variable", $"{error}", word: 1);
            return null;
        }

        if (name.Scope != VariableScope.Process)
        {
            line.Error("bad-variable", $"'{line[0]}': cannot set variable '{line[1]}', only scope 'proc' is permitted in the global section.", word: 1);
            return null;
        }

        return name;
    }

    private static void Add(ConfigLine line, GlobalSyntax global, string? error, RuleAction? action)
    {
        if (error is not null || action is null)
        {
            line.Error("bad-expression", $"{error}", word: 2);
            return;
        }

        global.Config = global.Config with { Variables = global.Config.Variables.Add(new RuleConfig(action, null, line.At)) };
    }
}
