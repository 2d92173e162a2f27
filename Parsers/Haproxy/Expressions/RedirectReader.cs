using System.Globalization;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads redirections: <c>redirect</c>, <c>http-request redirect</c>, <c>http-response redirect</c>.</summary>
internal static class RedirectReader
{
    /// <summary>Reads the arguments and the condition; null after a mistake.</summary>
    /// <param name="rule">The line.</param>
    /// <param name="formats">Whether the target is a format; that of the keyword <c>redirect</c> is not.</param>
    public static RuleAction? Read(RuleLine rule, bool formats)
    {
        RedirectKind? kind = null;
        var target = "";
        var action = new RedirectAction { Kind = RedirectKind.Location, Target = new LogFormat([], "", SourceSpan.None) };
        for (; rule.Index < rule.Words.Length; rule.Index++)
        {
            var word = rule.Word;
            var argument = rule[rule.Index + 1];
            switch (word)
            {
                case "location" or "prefix" or "scheme":
                    if (argument.Length == 0)
                    {
                        return Missing(rule, word);
                    }

                    kind = word switch { "location" => RedirectKind.Location, "prefix" => RedirectKind.Prefix, _ => RedirectKind.Scheme };
                    target = argument;
                    rule.Index++;
                    break;
                case "set-cookie" or "clear-cookie":
                    if (argument.Length == 0)
                    {
                        return Missing(rule, word);
                    }

                    action = word == "set-cookie" ? action with { SetCookie = argument } : action with { ClearCookie = argument };
                    rule.Index++;
                    break;
                case "code":
                    if (argument.Length == 0)
                    {
                        return Missing(rule, word);
                    }

                    var code = ReplyReader.Leading(argument);
                    if (code is not (301 or 302 or 303 or 307 or 308))
                    {
                        return rule.Fail(
                            $"'code': unsupported HTTP code '{argument}' (must be one of 301, 302, 303, 307 or 308)");
                    }

                    action = action with { Status = code };
                    rule.Index++;
                    break;
                case "drop-query":
                    action = action with { DropQuery = true };
                    break;
                case "append-slash":
                    action = action with { AppendSlash = true };
                    break;
                case "ignore-empty":
                    action = action with { IgnoreEmpty = true };
                    break;
                case "if" or "unless":
                    if (!ReadCondition(rule))
                    {
                        return null;
                    }

                    rule.Index = rule.Words.Length;
                    break;
                default:
                    return rule.Fail("expects 'code', 'prefix', 'location', 'scheme', 'set-cookie', 'clear-cookie', 'drop-query', "
                        + $"'ignore-empty' or 'append-slash' (was '{word}')");
            }
        }

        if (kind is null)
        {
            return rule.Fail("redirection type expected ('prefix', 'location', or 'scheme')");
        }

        if (rule.IsResponse && kind != RedirectKind.Location)
        {
            return rule.Fail("response only supports redirect type 'location'");
        }

        var format = formats
            ? LogFormatReader.Read(target, FormatUse.Message, rule.Scope)
            : new LogFormat([new LiteralPart(target)], target, rule.Scope.At);
        return format is null ? null : action with { Kind = kind.Value, Target = format };
    }

    private static bool ReadCondition(RuleLine rule)
    {
        rule.Condition = ConditionReader.Read(
            rule.Word == "unless", rule.Words[(rule.Index + 1)..], rule.Scope);
        if (rule.Condition is null)
        {
            rule.Scope.Error = string.Create(CultureInfo.InvariantCulture, $"error in condition: {rule.Scope.Error}");
        }

        return rule.Condition is not null;
    }

    private static RuleAction? Missing(RuleLine rule, string word) => rule.Fail($"missing argument for '{word}'");
}
