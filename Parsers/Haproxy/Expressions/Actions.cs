using System.Globalization;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Readers of the actions that several rule sets share.</summary>
internal static class Actions
{
    private static readonly string[] Levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    /// <summary>An action without arguments.</summary>
    public static ActionReader Plain(RuleAction action) => _ => action;

    /// <summary><c>deny</c>, <c>tarpit</c></summary>
    public static ActionReader Deny(int status, bool tarpit) => rule =>
    {
        var index = rule.Index;
        var reply = ReplyReader.Read(rule.Words, ref index, status, errorAnswer: true, rule.Scope);
        rule.Index = index;
        return reply is { } answer ? new DenyAction(answer.Answer, tarpit) : null;
    };

    /// <summary><c>return</c></summary>
    public static RuleAction? Return(RuleLine rule)
    {
        var index = rule.Index;
        var reply = ReplyReader.Read(rule.Words, ref index, 200, errorAnswer: false, rule.Scope);
        rule.Index = index;
        return reply is { } answer ? new ReturnAction(answer.Answer) : null;
    }

    /// <summary><c>redirect</c></summary>
    public static RuleAction? Redirect(RuleLine rule) => RedirectReader.Read(rule, formats: true);

    /// <summary><c>set-header</c>, <c>add-header</c></summary>
    public static ActionReader Header(HeaderOperation operation) => rule =>
    {
        var name = rule[rule.Index];
        if (name.Length == 0 || rule[rule.Index + 1].Length == 0)
        {
            return rule.Fail("expects exactly 2 arguments");
        }

        rule.Index++;
        return rule.ReadFormat() is { } value ? new HeaderAction(operation, name, value, null, MatchMethod.Text) : null;
    };

    /// <summary><c>del-header</c></summary>
    public static RuleAction? DeleteHeader(RuleLine rule)
    {
        var name = rule.Word;
        if (name.Length == 0)
        {
            return rule.Fail("expects at least 1 argument");
        }

        rule.Index++;
        var match = MatchMethod.Text;
        if (rule.Word == "-m")
        {
            var method = rule[rule.Index + 1];
            if (method.Length == 0)
            {
                return rule.Fail("-m flag expects exactly 1 argument");
            }

            if (MatchMethods.Find(method) is not { } found
                || found is not (MatchMethod.Text or MatchMethod.Begin or MatchMethod.End or MatchMethod.Substring or MatchMethod.Regex))
            {
                return rule.Fail($"-m with unsupported matching method '{method}'");
            }

            if (found == MatchMethod.Regex && ExpressionServices.RegexError(name, ignoreCase: true) is { } wrong)
            {
                return rule.Fail(wrong);
            }

            match = found;
            rule.Index += 2;
        }

        return new HeaderAction(HeaderOperation.Delete, name, null, null, match);
    }

    /// <summary><c>replace-header</c>, <c>replace-value</c></summary>
    public static ActionReader ReplaceHeader(HeaderOperation operation) => rule =>
    {
        var name = rule[rule.Index];
        var pattern = rule[rule.Index + 1];
        if (name.Length == 0 || pattern.Length == 0 || rule[rule.Index + 2].Length == 0)
        {
            return rule.Fail("expects exactly 3 arguments");
        }

        if (ExpressionServices.RegexError(pattern, ignoreCase: false) is { } wrong)
        {
            return rule.Fail(wrong);
        }

        rule.Index += 2;
        return rule.ReadFormat() is { } value ? new HeaderAction(operation, name, value, pattern, MatchMethod.Text) : null;
    };

    /// <summary><c>replace-path</c>, <c>replace-pathq</c>, <c>replace-uri</c></summary>
    public static ActionReader ReplacePart(RequestPart part) => rule =>
    {
        var pattern = rule[rule.Index];
        if (pattern.Length == 0 || rule[rule.Index + 1].Length == 0 || rule[rule.Index + 2] is not ("" or "if" or "unless"))
        {
            return rule.Fail("expects exactly 2 arguments <match-regex> and <replace-format>");
        }

        if (ExpressionServices.RegexError(pattern, ignoreCase: false) is { } wrong)
        {
            return rule.Fail($"failed to parse the regex : {wrong}");
        }

        rule.Index++;
        return rule.ReadFormat() is { } value ? new ReplaceRequestPartAction(part, pattern, value) : null;
    };

    /// <summary><c>set-path</c>, <c>set-pathq</c>, <c>set-query</c>, <c>set-uri</c>, <c>set-method</c></summary>
    public static ActionReader SetPart(RequestPart part) => rule =>
    {
        if (rule.Word.Length == 0 || rule[rule.Index + 1] is not ("" or "if" or "unless"))
        {
            return rule.Fail("expects exactly 1 argument <format>");
        }

        return rule.ReadFormat() is { } value ? new SetRequestPartAction(part, value) : null;
    };

    /// <summary><c>set-status</c></summary>
    public static RuleAction? SetStatus(RuleLine rule)
    {
        if (rule.Word.Length == 0)
        {
            return rule.Fail("expects 1 argument: <status>; or 3 arguments: <status> reason <fmt>");
        }

        var status = ReplyReader.Leading(rule.Word);
        if (status is < 100 or > 999)
        {
            return rule.Fail("expects an integer status code between 100 and 999");
        }

        rule.Index++;
        string? reason = null;
        if (rule.Word == "reason" && rule[rule.Index + 1].Length > 0 && rule[rule.Index + 1] is not ("if" or "unless"))
        {
            reason = rule[rule.Index + 1];
            rule.Index += 2;
        }

        return new SetStatusAction(status, reason);
    }

    /// <summary><c>set-var(…)</c>, <c>set-var-fmt(…)</c>, <c>unset-var(…)</c></summary>
    public static RuleAction? Variable(RuleLine rule)
    {
        const string Expected = "Expects 'set-var(<var-name>)', 'set-var-fmt(<var-name>)' or 'unset-var(<var-name>)'";
        var open = rule.Action.IndexOf('(', StringComparison.Ordinal);
        var kind = open < 0 ? rule.Action : rule.Action[..open];
        if (open < 0 || kind is not ("set-var" or "set-var-fmt" or "unset-var"))
        {
            return rule.Fail($"invalid or incomplete action '{rule.Action}'. {Expected}");
        }

        if (rule.Parenthesis is not { } inside)
        {
            return rule.Fail($"incomplete argument after action '{rule.Action}'. {Expected}");
        }

        var parts = inside.Split(',');
        if (VariableNames.ReadParenthesized(parts[0], out var error) is not { } name)
        {
            return rule.Fail(error!);
        }

        var when = VariableWhen.Always;
        foreach (var part in parts[1..])
        {
            if (VariableConditionNames.Find(part.Trim()) is not { } condition)
            {
                return rule.Fail($"unsupported condition '{part}'");
            }

            when |= condition;
        }

        switch (kind)
        {
            case "unset-var":
                return new UnsetVariableAction(name);
            case "set-var-fmt":
                return rule.ReadFormat(FormatUse.Http) is { } format ? new SetVariableFormatAction(name, format, when) : null;
            default:
                return rule.ReadSample(rule.Action) is { } sample ? new SetVariableAction(name, sample, when) : null;
        }
    }

    /// <summary><c>set-map(…)</c>, <c>del-map(…)</c>, <c>add-acl(…)</c>, <c>del-acl(…)</c></summary>
    public static ActionReader ChangePatterns(PatternOperation operation) => rule =>
    {
        var count = operation == PatternOperation.SetMap ? 2 : 1;
        if (rule.Parenthesis is not { Length: > 0 } file || rule.AtEnd || rule[rule.Index + count - 1] is "" or "if" or "unless")
        {
            return rule.Fail($"expects exactly {count} arguments");
        }

        if (rule.ReadFormat(FormatUse.Http) is not { } key)
        {
            return null;
        }

        var value = count == 2 ? rule.ReadFormat(FormatUse.Http) : null;
        return count == 2 && value is null ? null : new ChangePatternsAction(operation, file, key, value);
    };

    /// <summary><c>set-log-level</c></summary>
    public static RuleAction? LogLevel(RuleLine rule)
    {
        var level = Array.IndexOf(Levels, rule.Word);
        if (level < 0 && rule.Word != "silent")
        {
            return rule.Fail("expects exactly 1 argument (log level name or 'silent')");
        }

        rule.Index++;
        return new SetLogLevelAction(level < 0 ? null : level);
    }

    /// <summary><c>set-nice</c></summary>
    public static RuleAction? Nice(RuleLine rule)
    {
        if (rule.Word.Length == 0)
        {
            return rule.Fail("expects exactly 1 argument (integer value)");
        }

        rule.Index++;
        return new SetNiceAction();
    }

    /// <summary><c>set-tos</c>, <c>set-mark</c></summary>
    public static ActionReader PacketField(bool mark) => rule =>
    {
        var text = rule.Word;
        if (text.Length == 0)
        {
            return rule.Fail("expects exactly 1 argument (integer/hex value)");
        }

        var hex = text.Length > 2 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && char.IsAsciiHexDigit(text[2]);
        var at = hex ? 2 : 0;
        var start = at;
        ulong value = 0;
        for (; at < text.Length && (hex ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])) && value <= uint.MaxValue; at++)
        {
            value = (value * (hex ? 16u : 10u)) + (ulong)Convert.ToInt32(text.Substring(at, 1), 16);
        }

        if (at < text.Length || at == start)
        {
            return rule.Fail($"invalid character starting at '{text[at..]}' (integer/hex value expected)");
        }

        rule.Index++;
        return mark ? new SetMarkAction((uint)value) : new SetTosAction((int)(value & 0xff));
    };

    /// <summary><c>set-src</c>, <c>set-src-port</c>, <c>set-dst</c>, <c>set-dst-port</c></summary>
    public static ActionReader Address(AddressPart part) => rule => rule.ReadSample() is { } value ? new SetAddressAction(part, value) : null;

    /// <summary><c>set-priority-class</c>, <c>set-priority-offset</c></summary>
    public static ActionReader Priority(bool offset) => rule => rule.ReadSample() is not { } value ? null
        : offset ? new SetPriorityOffsetAction(value) : new SetPriorityClassAction(value);

    /// <summary><c>strict-mode</c></summary>
    public static RuleAction? StrictMode(RuleLine rule)
    {
        if (rule.Word.Length == 0)
        {
            return rule.Fail("expects exactly 1 arguments");
        }

        if (rule.Word is not ("on" or "off"))
        {
            return rule.Fail($"Unexpected value '{rule.Word}'. Only 'on' and 'off' are supported");
        }

        return new StrictModeAction(rule[rule.Index++] == "on");
    }

    /// <summary><c>wait-for-body</c></summary>
    public static RuleAction? WaitForBody(RuleLine rule)
    {
        Duration? time = null;
        long atLeast = 0;
        for (; !rule.AtEnd; rule.Index += 2)
        {
            var argument = rule[rule.Index + 1];
            switch (rule.Word)
            {
                case "time":
                    if (argument.Length == 0)
                    {
                        return rule.Fail("missing argument for 'time'");
                    }

                    if (TimeText.Read(argument, out var value) is { } wrong)
                    {
                        return rule.Fail(wrong);
                    }

                    time = value;
                    break;
                case "at-least":
                    if (argument.Length == 0)
                    {
                        return rule.Fail("missing argument for 'at-least'");
                    }

                    if (!TimeText.TrySize(argument, out atLeast))
                    {
                        return rule.Fail($"unexpected character '{argument}'");
                    }

                    break;
                default:
                    return rule.Fail("expects time <time> [ at-least <bytes> ]");
            }
        }

        return time is { } limit ? new WaitForBodyAction(limit, atLeast) : rule.Fail("expects time <time> [ at-least <bytes> ]");
    }

    /// <summary><c>set-timeout</c></summary>
    public static RuleAction? Timeout(RuleLine rule)
    {
        var kind = rule.Word;
        var argument = rule[rule.Index + 1];
        if (kind.Length == 0 || argument.Length == 0)
        {
            return rule.Fail("expects exactly 2 arguments");
        }

        if (!rule.Proxy.IsBackend)
        {
            return rule.Fail($"proxy '{rule.Proxy.Name}' has no backend capability");
        }

        if (kind is not ("server" or "tunnel"))
        {
            return rule.Fail($"'set-timeout' rule supports 'server'/'tunnel' (got '{kind}')");
        }

        rule.Index++;
        if (FetchTable.Find(SampleReader.NameAt(argument, 0)) is not null)
        {
            return rule.ReadSample() is { } sample ? new SetTimeoutAction(kind == "tunnel", null, sample) : null;
        }

        if (TimeText.Read(argument, out var time) is { } wrong)
        {
            return rule.Fail($"{wrong} in rule 'set-timeout {kind}'");
        }

        if (time.Milliseconds == 0)
        {
            return rule.Fail($"null value is not valid for a 'set-timeout {kind}' rule");
        }

        rule.Index++;
        return new SetTimeoutAction(kind == "tunnel", time, null);
    }

    /// <summary><c>auth</c></summary>
    public static RuleAction? Auth(RuleLine rule)
    {
        if (rule.Word != "realm")
        {
            return new AuthAction(null);
        }

        var realm = rule[rule.Index + 1];
        if (realm.Length == 0)
        {
            return rule.Fail("missing realm value.\n");
        }

        rule.Index += 2;
        return new AuthAction(realm);
    }

    /// <summary><c>early-hint</c></summary>
    public static RuleAction? EarlyHint(RuleLine rule)
    {
        var name = rule.Word;
        if (name.Length == 0 || rule[rule.Index + 1].Length == 0)
        {
            return rule.Fail("expects exactly 2 arguments");
        }

        rule.Index++;
        return rule.ReadFormat() is { } value ? new EarlyHintAction(name, value) : null;
    }

    /// <summary><c>normalize-uri</c></summary>
    public static RuleAction? Normalize(RuleLine rule)
    {
        var name = rule.Word;
        UriNormalizer? normalizer = name switch
        {
            "fragment-encode" => UriNormalizer.FragmentEncode,
            "fragment-strip" => UriNormalizer.FragmentStrip,
            "path-merge-slashes" => UriNormalizer.PathMergeSlashes,
            "path-strip-dot" => UriNormalizer.PathStripDot,
            "path-strip-dotdot" => UriNormalizer.PathStripDotDot,
            "percent-decode-unreserved" => UriNormalizer.PercentDecodeUnreserved,
            "percent-to-uppercase" => UriNormalizer.PercentToUppercase,
            "query-sort-by-name" => UriNormalizer.QuerySortByName,
            _ => null,
        };
        if (name.Length == 0)
        {
            return rule.Fail("missing argument <normalizer>");
        }

        if (normalizer is not { } kind)
        {
            return rule.Fail($"unknown normalizer '{name}'");
        }

        rule.Index++;
        var option = kind switch
        {
            UriNormalizer.PathStripDotDot => "full",
            UriNormalizer.PercentDecodeUnreserved or UriNormalizer.PercentToUppercase => "strict",
            _ => null,
        };
        var given = false;
        if (option is not null && !rule.AtEnd)
        {
            if (rule.Word != option)
            {
                return rule.Fail($"unknown argument '{rule.Word}' for '{name}' normalizer");
            }

            given = true;
            rule.Index++;
        }

        _ = new NormalizeUriAction(kind, given && option == "full", given && option == "strict");
        return rule.Fail("the action is known but not executed by this version");
    }

    /// <summary><c>capture</c> of requests and responses.</summary>
    public static RuleAction? Capture(RuleLine rule)
    {
        var expects = rule.IsResponse ? "expects <expression> id <idx>" : "expects <expression> [ 'len' <length> | id <idx> ]";
        var words = rule.Words.Length - rule.Index;
        if (words < 3 && !(rule.Index < rule.Words.Length && FetchTable.Find(SampleReader.NameAt(rule.Word, 0)) is null && words >= 1))
        {
            return rule.Fail(expects);
        }

        if (rule.ReadSample() is not { } sample)
        {
            return null;
        }

        var kind = rule.Word;
        var number = rule[rule.Index + 1];
        if (kind.Length == 0)
        {
            return rule.Fail(expects);
        }

        if (rule.IsResponse && kind != "id")
        {
            return rule.Fail($"expects 'id', found '{kind}'");
        }

        if (kind is not ("len" or "id") || number.Length == 0)
        {
            return rule.Fail(expects);
        }

        rule.Index += 2;
        if (kind == "id")
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
            {
                return rule.Fail($"cannot parse id '{number}'");
            }

            rule.Scope.Refer(
                rule.IsResponse ? Grammar.ReferenceKind.ResponseCapture : Grammar.ReferenceKind.RequestCapture,
                number,
                0,
                rule.IsResponse ? "http-response" : "http-request");
            return new CaptureAction(sample, slot, rule.IsResponse);
        }

        if (!rule.Proxy.IsFrontend)
        {
            return rule.Fail($"proxy '{rule.Proxy.Name}' has no frontend capability");
        }

        var length = ReplyReader.Leading(number);
        return length <= 0 ? rule.Fail("length must be > 0") : new CaptureAction(sample, AddSlot(rule, length), Response: false);
    }

    /// <summary>A new slot of the section.</summary>
    public static int AddSlot(RuleLine rule, int length)
    {
        rule.Proxy.RequestCaptures.Add(new Dropin.Runtime.Ir.Proxy.HeaderCapture(null, length));
        return rule.Proxy.RequestCaptures.Count - 1;
    }

    /// <summary><c>use-service</c></summary>
    public static RuleAction? Service(RuleLine rule)
    {
        var name = rule.Word;
        if (name.Length == 0)
        {
            return rule.Fail("'use-service' expects a service name.");
        }

        if (name == "prometheus-exporter")
        {
            return rule.Fail("service 'prometheus-exporter' is known but not executed by this version");
        }

        return rule.Fail($"'{(rule.Set == RuleSetKind.TcpContent ? rule.Words[1] : name)}' unknown service name.");
    }

    /// <summary>An action that the engine does not have.</summary>
    public static RuleAction? Refused(RuleLine rule) => rule.Fail("the action is known but not executed by this version");
}
