using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads <c>http-request</c>, <c>http-response</c>, <c>http-after-response</c> and the rules of the statistics page.</summary>
internal static class HttpRules
{
    /// <summary><c>http-request</c></summary>
    public static void Request(ConfigLine line, ProxySyntax proxy)
    {
        if (Read(line, proxy, RuleSetKind.HttpRequest, 0, out var scope) is { } rule)
        {
            WarnUnreachable(line, proxy, proxy.HttpRequest);
            RuleOrder.WarnHttpRequest(line, proxy, "http-request");
            scope.WarnConflict();
            proxy.HttpRequest.Add(rule);
        }
    }

    /// <summary><c>http-response</c></summary>
    public static void Response(ConfigLine line, ProxySyntax proxy)
    {
        if (Read(line, proxy, RuleSetKind.HttpResponse, 0, out var scope) is { } rule)
        {
            WarnUnreachable(line, proxy, proxy.HttpResponse);
            scope.WarnConflict();
            proxy.HttpResponse.Add(rule);
        }
    }

    /// <summary><c>http-after-response</c></summary>
    public static void AfterResponse(ConfigLine line, ProxySyntax proxy)
    {
        if (Read(line, proxy, RuleSetKind.HttpAfterResponse, 0, out var scope) is { } rule)
        {
            WarnUnreachable(line, proxy, proxy.HttpAfterResponse);
            scope.WarnConflict();
            proxy.HttpAfterResponse.Add(rule);
        }
    }

    /// <summary><c>stats http-request</c>: the rule starts at the second word.</summary>
    public static void Stats(ConfigLine line, ProxySyntax proxy)
    {
        if (Read(line, proxy, RuleSetKind.HttpRequest, 1, out var scope) is { } rule)
        {
            scope.WarnConflict();
            proxy.StatsHttpRequest.Add(rule);
        }
    }

    /// <summary>Says that a rule is never reached, since the one before it always ends the set. Rules of 'defaults' are a set of their own.</summary>
    private static void WarnUnreachable(ConfigLine line, ProxySyntax proxy, List<RuleConfig> rules)
    {
        if (rules is [.., { Condition: null } last] && EndsItsSet(last.Action) && last.At.File == proxy.At.File && last.At.Line > proxy.At.Line)
        {
            line.WarnTight("unreachable-rule", $"previous '{line[0]}' action is final and has no condition attached, further entries are NOOP.");
        }
    }

    private static bool EndsItsSet(RuleAction action) => action is AllowAction or DenyAction or ReturnAction or RedirectAction or AuthAction or UseServiceAction;

    private static RuleConfig? Read(ConfigLine line, ProxySyntax proxy, RuleSetKind set, int start, out ExpressionScope scope)
    {
        var (keyword, table, place) = set switch
        {
            RuleSetKind.HttpRequest => ("http-request", ActionTable.HttpRequest, RuleSets.Request(proxy)),
            RuleSetKind.HttpResponse => ("http-response", ActionTable.HttpResponse, RuleSets.Response(proxy)),
            _ => ("http-after-response", ActionTable.HttpAfterResponse, RuleSets.Response(proxy)),
        };
        var rule = new RuleLine(line, proxy, set, place, start + 1);
        scope = rule.Scope;
        if (table.Find(rule.Action) is not { } reader || rule.Action.Length == 0)
        {
            var missing = rule.Action.Length == 0;
            line.Report(RuleTexts.UnknownHttpAction, keyword, table.List, rule.Action, missing ? " (missing argument)" : "",
                missing ? "" : Suggestions.Sentence(rule.Action, table.Names));
            return null;
        }

        if (rule.Action.StartsWith("normalize-uri", StringComparison.Ordinal) && !ExpressionServices.Experimental)
        {
            line.Report(RuleTexts.Experimental, rule.Action);
            return null;
        }

        if (reader(rule) is not { } action)
        {
            var refused = rule.Scope.Error?.Contains("known but not executed", StringComparison.Ordinal) == true;
            line.Report(refused ? RuleTexts.RefusedHttpAction : RuleTexts.BadHttpAction, proxy.TypeName, proxy.Name, keyword, rule.Action, rule.Scope.Error ?? "");
            return null;
        }

        if (rule.Condition is null && rule.Word is "if" or "unless")
        {
            rule.Scope.ReferenceOwner = "ACL keyword '{0}'";
            rule.Condition = ConditionReader.Read(rule.Word == "unless", rule.Words[(rule.Index + 1)..], rule.Scope);
            if (rule.Condition is null)
            {
                line.Report(RuleTexts.BadHttpCondition, keyword, rule.Action, rule.Scope.Error ?? "");
                return null;
            }
        }
        else if (rule.Index < rule.Words.Length && rule.Word.Length > 0)
        {
            line.Report(RuleTexts.HttpConditionExpected, keyword, rule.Action, rule.Word);
            return null;
        }

        return new RuleConfig(action, rule.Condition, line.At);
    }
}
