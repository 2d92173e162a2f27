using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads ACLs and the rules that choose: <c>use_backend</c>, <c>use-server</c>, <c>redirect</c>, persistence and monitors.</summary>
internal static class SwitchingRules
{
    /// <summary><c>acl</c></summary>
    public static void Acl(ConfigLine line, ProxySyntax proxy)
    {
        var name = line[1];
        foreach (var c in name)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':'))
            {
                line.Report(RuleTexts.BadAclName, c.ToString(), name);
                return;
            }
        }

        if (name.Length == 0)
        {
            line.Report(RuleTexts.BadAclName, "\0", name);
            return;
        }

        if (name.Equals("or", StringComparison.OrdinalIgnoreCase))
        {
            line.Report(RuleTexts.AclNamedOr);
            return;
        }

        var scope = new ExpressionScope(proxy, line.At, RulePlace.None, line.Sink);
        if (name.Length == 0)
        {
            // The original fails without a word.
            line.Report(RuleTexts.BadAcl, "", "missing fetch method in ACL expression ''");
            return;
        }

        if (AclReader.Read(name, WordList.From(line, 2), scope) is { } result)
        {
            proxy.Acls.Add(result.Acl);
        }
        else
        {
            line.Report(RuleTexts.BadAcl, name, scope.Error ?? "");
        }
    }

    /// <summary><c>use_backend</c></summary>
    public static void UseBackend(ConfigLine line, ProxySyntax proxy)
    {
        if (!proxy.IsFrontend)
        {
            line.Report(GrammarTexts.NoFrontendCapability, line[0], proxy.TypeName, proxy.Name);
            return;
        }

        if (line[1].Length == 0)
        {
            line.Report(RuleTexts.BackendNameExpected, line[0]);
            return;
        }

        var scope = new ExpressionScope(proxy, line.At, RulePlace.FrontendUseBackend, line.Sink);
        Condition? condition = null;
        if (line[2] is "if" or "unless")
        {
            scope.ReferenceOwner = "ACL keyword '{0}'";
            condition = ConditionReader.Read(line[2] == "unless", WordList.From(line, 3), scope);
            if (condition is null)
            {
                line.Report(RuleTexts.BadSwitching, scope.Error ?? "");
                return;
            }
        }
        else if (line[2].Length > 0)
        {
            line.Report(RuleTexts.SwitchingCondition, line[2]);
            return;
        }

        if (Name(line, line[1], scope, out var name, out var format))
        {
            scope.WarnConflict();
            proxy.UseBackend.Add(new UseBackendRule(name, format, condition, line.At));
        }
    }

    /// <summary><c>use-server</c></summary>
    public static void UseServer(ConfigLine line, ProxySyntax proxy)
    {
        if (!proxy.IsBackend)
        {
            line.Report(GrammarTexts.NoBackendCapability, line[0], proxy.TypeName, proxy.Name);
        }

        if (line[1].Length == 0)
        {
            line.Report(RuleTexts.ServerNameExpected, line[0]);
            return;
        }

        if (line[2] is not ("if" or "unless"))
        {
            line.Report(RuleTexts.ConditionRequired, line[0]);
            return;
        }

        var scope = new ExpressionScope(proxy, line.At, RulePlace.BackendSetServer, line.Sink) { ReferenceOwner = "ACL keyword '{0}'" };
        var condition = ConditionReader.Read(line[2] == "unless", WordList.From(line, 3), scope);
        if (condition is null)
        {
            line.Report(RuleTexts.BadSwitching, scope.Error ?? "");
            return;
        }

        if (Name(line, line[1], scope, out var name, out var format))
        {
            scope.WarnConflict();
            proxy.UseServer.Add(new UseServerRule(name, format, condition, line.At));
        }
    }

    /// <summary><c>force-persist</c>, <c>ignore-persist</c></summary>
    public static void Persist(ConfigLine line, ProxySyntax proxy)
    {
        if (!proxy.IsBackend)
        {
            line.Report(GrammarTexts.NoBackendCapability, line[0], proxy.TypeName, proxy.Name);
        }

        if (line[1] is not ("if" or "unless"))
        {
            line.Report(RuleTexts.ConditionRequired, line[0]);
            return;
        }

        if (ReadCondition(line, 1, proxy, RulePlace.BackendContent, line[0]) is { } condition)
        {
            proxy.Persist.Add(new PersistRule(line[0] == "force-persist", condition, line.At));
        }
    }

    /// <summary><c>redirect</c></summary>
    public static void Redirect(ConfigLine line, ProxySyntax proxy)
    {
        var rule = new RuleLine(line, proxy, RuleSetKind.HttpRequest, RuleSets.Request(proxy), 0);
        if (RedirectReader.Read(rule, formats: false) is not { } action)
        {
            line.Report(RuleTexts.BadRedirect, proxy.TypeName, proxy.Name, rule.Scope.Error ?? "");
            return;
        }

        RuleOrder.WarnRedirect(line, proxy, line[0]);
        rule.Scope.WarnConflict();
        proxy.Redirect.Add(new RuleConfig(action, rule.Condition, line.At));
    }

    private static Condition? ReadCondition(ConfigLine line, int index, ProxySyntax proxy, RulePlace place, string name)
    {
        var scope = new ExpressionScope(proxy, line.At, place, line.Sink) { ReferenceOwner = "ACL keyword '{0}'" };
        var condition = ConditionReader.Read(line[index] == "unless", WordList.From(line, index + 1), scope);
        if (condition is null)
        {
            line.Report(RuleTexts.BadPersist, name, scope.Error ?? "");
        }

        scope.WarnConflict();
        return condition;
    }

    // A name with a percent sign is a format that yields the name.
    private static bool Name(ConfigLine line, string text, ExpressionScope scope, out string? name, out LogFormat? format)
    {
        name = text;
        format = null;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        name = null;
        format = LogFormatReader.Read(text, FormatUse.Http, scope);
        if (format is null)
        {
            scope.Proxy?.Late.Add(new Diagnostic(RuleTexts.BadSwitchingFormat, line.At, text, scope.Error ?? ""));
        }

        return format is not null;
    }
}
