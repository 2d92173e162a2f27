using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads <c>tcp-request</c> and <c>tcp-response</c>.</summary>
internal static class TcpRules
{
    private const string RequestActions =
        "'accept', 'reject', 'capture', 'expect-proxy', 'expect-netscaler-cip', 'track-sc0' ... 'track-sc2', ";

    private static readonly string[] RequestWords = ["accept", "reject", "capture", "expect-proxy", "expect-netscaler-cip", "track-sc"];

    private static readonly string[] ResponseWords = ["accept", "close", "reject"];

    /// <summary><c>tcp-request</c></summary>
    public static void Request(ConfigLine line, ProxySyntax proxy)
    {
        switch (line[1])
        {
            case "":
                line.Report(RuleTexts.TcpArgumentMissing, line[0], proxy.TypeName, proxy.Name);
                break;
            case "inspect-delay":
                if (ReadDelay(line, proxy) is { } delay)
                {
                    proxy.TcpRequestInspectDelay = delay;
                }

                break;
            case "connection" or "session":
                var connection = line[1] == "connection";
                if (!proxy.IsFrontend)
                {
                    line.Report(RuleTexts.TcpNotFrontend, $"{line[0]} {line[1]}", proxy.TypeName, proxy.Name);
                    break;
                }

                var set = connection ? RuleSetKind.TcpConnection : RuleSetKind.TcpSession;
                var place = connection ? RulePlace.FrontendConnection : RulePlace.FrontendSession;
                if (ReadRule(line, proxy, set, place, ActionTable.TcpConnection, out var scope) is { } early)
                {
                    if (connection)
                    {
                        RuleOrder.WarnConnection(line, proxy);
                        scope.WarnConflict();
                        proxy.TcpRequestConnection.Add(early);
                    }
                    else
                    {
                        RuleOrder.WarnSession(line, proxy);
                        scope.WarnConflict();
                        proxy.TcpRequestSession.Add(early);
                    }
                }

                break;
            case "content":
                if (ReadRule(line, proxy, RuleSetKind.TcpContent, RuleSets.Content(proxy), ActionTable.TcpContent, out scope) is { } content)
                {
                    RuleOrder.WarnContent(line, proxy, "tcp-request");
                    scope.WarnConflict();
                    proxy.TcpRequestContent.Add(content);
                }

                break;
            default:
                line.Report(RuleTexts.TcpRequestExpects, proxy.TypeName, proxy.Name, line[1]);
                break;
        }
    }

    /// <summary><c>tcp-response</c></summary>
    public static void Response(ConfigLine line, ProxySyntax proxy)
    {
        switch (line[1])
        {
            case "":
                line.Report(RuleTexts.TcpArgumentMissing, line[0], proxy.TypeName, proxy.Name);
                break;
            case "inspect-delay" or "content" when !proxy.IsBackend:
                line.Report(RuleTexts.TcpOnlyBackend, $"{line[0]} {line[1]}");
                break;
            case "inspect-delay":
                if (ReadDelay(line, proxy) is { } delay)
                {
                    proxy.TcpResponseInspectDelay = delay;
                }

                break;
            case "content":
                var place = RuleSets.ResponseContent(proxy);
                if (ReadRule(line, proxy, RuleSetKind.TcpResponseContent, place, ActionTable.TcpResponseContent, out var scope) is { } rule)
                {
                    scope.WarnConflict();
                    proxy.TcpResponseContent.Add(rule);
                }

                break;
            default:
                line.Report(RuleTexts.TcpResponseExpects, proxy.TypeName, proxy.Name, line[1]);
                break;
        }
    }

    /// <summary><c>switch-mode</c></summary>
    public static RuleAction? SwitchMode(RuleLine rule)
    {
        if (rule.Word.Length == 0)
        {
            return rule.Fail("'tcp-request switch-mode' expects a mode as argument.");
        }

        if (rule.Word != "http")
        {
            return rule.Fail($"'tcp-request switch-mode' expects a valid mode (got '{rule.Word}').");
        }

        rule.Index++;
        return rule.Fail("'switch-mode http' is known but not executed by this version");
    }

    private static Dropin.Runtime.Ir.Duration? ReadDelay(ConfigLine line, ProxySyntax proxy)
    {
        string? wrong = null;
        if (line[2].Length > 0)
        {
            wrong = TimeText.Read(line[2], out var time);
            if (wrong is null)
            {
                return time;
            }
        }

        line.Report(RuleTexts.InspectDelay, line[0], proxy.TypeName, proxy.Name, wrong is null ? "" : $" ({wrong})");
        return null;
    }

    private static RuleConfig? ReadRule(ConfigLine line, ProxySyntax proxy, RuleSetKind set, RulePlace place, ActionTable table, out ExpressionScope scope)
    {
        var name = $"{line[0]} {line[1]}";
        var rule = new RuleLine(line, proxy, set, place, 2, name);
        scope = rule.Scope;
        if (ReadAction(rule, name, table, out var reported) is not { } action)
        {
            if (!reported)
            {
                line.Report(GrammarTexts.Verbatim, rule.Scope.Error ?? "");
            }

            return null;
        }

        if (rule.Word is "if" or "unless")
        {
            rule.Scope.ReferenceOwner = "ACL keyword '{0}'";
            rule.Condition = ConditionReader.Read(rule.Word == "unless", rule.Words[(rule.Index + 1)..], rule.Scope);
            if (rule.Condition is null)
            {
                line.Report(RuleTexts.TcpBadCondition, $"{name} {rule.Action}", proxy.TypeName, proxy.Name, rule.Word, rule.Scope.Error ?? "");
                return null;
            }
        }
        else if (rule.Word.Length > 0)
        {
            line.Report(RuleTexts.TcpOnlyConditions, $"{name} {rule.Action}", proxy.TypeName, proxy.Name, rule.Word);
            return null;
        }

        return new RuleConfig(action, rule.Condition, line.At);
    }

    private static RuleAction? ReadAction(RuleLine rule, string name, ActionTable table, out bool reported)
    {
        reported = false;
        var response = rule.Set == RuleSetKind.TcpResponseContent;
        switch (rule.Action)
        {
            case "accept":
                return new AllowAction();
            case "reject":
                return new RejectAction();
            case "close" when response:
                return new LeaveServerAction();
            case "capture" when !response:
                return Capture(rule, name);
            case "expect-proxy" when !response:
                if (rule.Word != "layer4")
                {
                    return rule.Fail($"'{name} expect-proxy' only supports 'layer4' in {rule.Proxy.TypeName} '{rule.Proxy.Name}' (got '{rule.Word}')");
                }

                rule.Index++;
                return rule.Set == RuleSetKind.TcpConnection ? new ExpectProxyAction()
                    : rule.Fail($"'expect-proxy layer4' is not allowed in '{name}' rules in {rule.Proxy.TypeName} '{rule.Proxy.Name}'");
            case "expect-netscaler-cip" when !response:
                return Actions.Refused(rule);
        }

        if (!response && rule.Action.StartsWith("track-sc", StringComparison.Ordinal))
        {
            return rule.Fail($"'{name} {rule.Action}' : the action is known but not executed by this version");
        }

        if (rule.Action.Length > 0 && table.Find(rule.Action) is { } reader)
        {
            return reader(rule);
        }

        var list = (response ? "'accept', 'close', 'reject', " : RequestActions) + table.List;
        // A message about requests has an empty line behind it, as in the original.
        rule.Line.Report(RuleTexts.TcpActionExpected, rule.Words[0], rule.Words[1], list, rule.Proxy.TypeName, rule.Proxy.Name, rule.Action,
            Suggestions.Sentence(rule.Action, [.. response ? ResponseWords : RequestWords, .. table.Names]) + (response ? "" : "\n\n"));
        reported = true;
        return null;
    }

    private static RuleAction? Capture(RuleLine rule, string name)
    {
        if (rule.Set != RuleSetKind.TcpContent)
        {
            return rule.Fail($"'capture {rule.Word}' is not allowed in '{name}' rules in {rule.Proxy.TypeName} '{rule.Proxy.Name}'");
        }

        SampleExpression? sample = rule.ReadSample();
        if (sample is null)
        {
            rule.Scope.Error = $"'{name} capture' : {rule.Scope.Error}";
            return null;
        }

        if (rule.Word != "len")
        {
            return rule.Fail($"'{name} capture' : a positive 'len' argument is mandatory");
        }

        var length = ReplyReader.Leading(rule[rule.Index + 1]);
        rule.Index += 2;
        return length <= 0 ? rule.Fail($"'{name} capture' : length must be > 0")
            : new CaptureAction(sample, Actions.AddSlot(rule, length), Response: false);
    }
}
