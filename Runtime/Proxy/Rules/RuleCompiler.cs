using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Proxy.Rules.Actions;
using Dropin.Runtime.Proxy.Rules.Converters;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Pcre2;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>Makes live rules of the IR's, once at start: trees of small objects that run without allocating.</summary>
public static class RuleCompiler
{
    /// <summary>Makes an expression.</summary>
    public static SampleProgram Sample(SampleExpression expression, RuleEnvironment environment)
    {
        var converters = new SampleConverter[expression.Converters.Count];
        for (var i = 0; i < converters.Length; i++)
        {
            converters[i] = ConverterCompiler.Compile(expression.Converters[i], environment);
        }

        return new SampleProgram(FetchCompiler.Compile(expression.Fetch, environment), converters);
    }

    /// <summary>Makes a condition.</summary>
    public static ConditionProgram Condition(Condition condition, RuleEnvironment environment) => new(Test(condition, environment));

    /// <summary>Makes conditions.</summary>
    public static ConditionProgram[] Conditions(ValueList<Condition> conditions, RuleEnvironment environment)
    {
        var programs = new ConditionProgram[conditions.Count];
        for (var i = 0; i < programs.Length; i++)
        {
            programs[i] = Condition(conditions[i], environment);
        }

        return programs;
    }

    /// <summary>Makes a set of rules.</summary>
    public static RuleSet Set(ValueList<RuleConfig> rules, bool response, RuleEnvironment environment)
    {
        if (rules.Count == 0)
        {
            return RuleSet.Empty;
        }

        var compiled = new CompiledRule[rules.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            var rule = rules[i];
            compiled[i] = new CompiledRule(
                Step(rule.Action, response, environment), rule.Condition is null ? null : Test(rule.Condition, environment), rule.At);
        }

        return new RuleSet(compiled);
    }

    internal static BackendChoice Backends(ValueList<UseBackendRule> rules, RuleEnvironment environment)
    {
        var compiled = new (ProxyState?, LogFormatProgram?, ConditionTest?)[rules.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            var rule = rules[i];
            compiled[i] = (
                rule.Backend is null ? null : environment.Backend(rule.Backend),
                rule.Dynamic is null ? null : LogFormatCompiler.Compile(rule.Dynamic, environment),
                rule.Condition is null ? null : Test(rule.Condition, environment));
        }

        return new BackendChoice(compiled, environment.Proxies);
    }

    internal static ServerChoice Servers(ValueList<UseServerRule> rules, BackendState backend, RuleEnvironment environment)
    {
        var compiled = new (ServerState?, LogFormatProgram?, ConditionTest)[rules.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            var rule = rules[i];
            compiled[i] = (
                rule.Server is null ? null : environment.Server("", rule.Server),
                rule.Dynamic is null ? null : LogFormatCompiler.Compile(rule.Dynamic, environment),
                Test(rule.Condition, environment));
        }

        return new ServerChoice(compiled, backend);
    }

    internal static PersistChoice Persistence(ValueList<PersistRule> rules, RuleEnvironment environment)
    {
        var compiled = new (bool, ConditionTest)[rules.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            compiled[i] = (rules[i].Force, Test(rules[i].Condition, environment));
        }

        return new PersistChoice(compiled);
    }

    private static ConditionTest Test(Condition condition, RuleEnvironment environment)
    {
        var alternatives = new (AclTest[], bool)[condition.Alternatives.Count][];
        for (var i = 0; i < alternatives.Length; i++)
        {
            var terms = condition.Alternatives[i].Terms;
            alternatives[i] = new (AclTest[], bool)[terms.Count];
            for (var j = 0; j < terms.Count; j++)
            {
                var acls = new AclTest[terms[j].Acls.Count];
                for (var k = 0; k < acls.Length; k++)
                {
                    var acl = terms[j].Acls[k];
                    acls[k] = new AclTest(Sample(acl.Expression, environment), environment.Patterns.Of(acl));
                }

                alternatives[i][j] = (acls, terms[j].Negated);
            }
        }

        return new ConditionTest(condition.Unless, alternatives);
    }

    private static RuleStep Step(RuleAction action, bool response, RuleEnvironment environment)
    {
        switch (action)
        {
            case AllowAction:
                return new PlainStep(static _ => new RuleVerdict(RuleOutcome.Stop));
            case DenyAction deny:
                return new ReplyStep(deny.Answer, deny.Tarpit ? RuleOutcome.Tarpit : RuleOutcome.Deny, environment);
            case ReturnAction answer:
                return new ReplyStep(answer.Answer, RuleOutcome.Answer, environment);
            case RejectAction:
                return new PlainStep(static _ => new RuleVerdict(RuleOutcome.Reject));
            case LeaveServerAction:
                return new PlainStep(static _ => new RuleVerdict(RuleOutcome.LeaveServer));
            case SilentDropAction:
                return new PlainStep(static _ => new RuleVerdict(RuleOutcome.SilentDrop));
            case RedirectAction redirect:
                return new RedirectStep(redirect, LogFormatCompiler.Compile(redirect.Target, environment));
            case AuthAction auth:
                return new AuthStep(auth.Realm is null ? null : Bytes(auth.Realm));
            case HeaderAction header:
                return Header(header, response, environment);
            case SetRequestPartAction set:
                return new SetRequestPartStep(set.Part, LogFormatCompiler.Compile(set.Value, environment));
            case ReplaceRequestPartAction replace:
                return new ReplaceRequestPartStep(replace.Part, Regex(replace.Pattern, false), LogFormatCompiler.Compile(replace.Replacement, environment));
            case SetStatusAction status:
                return new SetStatusStep(status.Status, Bytes(status.Reason ?? StatusReasons.Of(status.Status)));
            case SetVariableAction set:
                return new SetVariableStep(environment.Variables.SlotOf(set.Name), Sample(set.Value, environment), set.When);
            case SetVariableFormatAction set:
                return new SetVariableFormatStep(environment.Variables.SlotOf(set.Name), LogFormatCompiler.Compile(set.Value, environment), set.When);
            case UnsetVariableAction unset:
                return new UnsetVariableStep(environment.Variables.SlotOf(unset.Name));
            case CaptureAction capture:
                return new CaptureStep(Sample(capture.Value, environment), capture.Slot, capture.Response);
            case EarlyHintAction hint:
                return new EarlyHintStep(Bytes(hint.Name.ToLowerInvariant()), LogFormatCompiler.Compile(hint.Value, environment));
            default:
                return Connection(action, environment);
        }
    }

    private static RuleStep Connection(RuleAction action, RuleEnvironment environment)
    {
        switch (action)
        {
            case SetAddressAction set:
                return new SetAddressStep(set.Part, Sample(set.Value, environment));
            case SetLogLevelAction { Level: var level }:
                return new PlainStep(s =>
                {
                    s.Log.Level = level ?? -2;
                    return RuleVerdict.Continue;
                });
            case SetNiceAction:
                return new PlainStep(static _ => RuleVerdict.Continue);
            case SetTosAction { Value: var tos }:
                return new PlainStep(s =>
                {
                    s.SetTos(tos);
                    return RuleVerdict.Continue;
                });
            case SetMarkAction { Value: var mark }:
                return new PlainStep(s =>
                {
                    s.SetMark(mark);
                    return RuleVerdict.Continue;
                });
            case SetPriorityClassAction priority:
                return new SetPriorityStep(Sample(priority.Value, environment), offset: false);
            case SetPriorityOffsetAction priority:
                return new SetPriorityStep(Sample(priority.Value, environment), offset: true);
            case DisableRetryAction:
                return new PlainStep(static s =>
                {
                    s.RetryDisabled = true;
                    return RuleVerdict.Continue;
                });
            case StrictModeAction { On: var on }:
                return new PlainStep(s =>
                {
                    s.StrictRewrites = on;
                    return RuleVerdict.Continue;
                });
            case WaitForBodyAction wait:
                return new WaitForBodyStep(wait.Time.Milliseconds, wait.AtLeast);
            case WaitForHandshakeAction:
                // A connection whose TLS handshake is not complete has sent no request that we would read.
                return new PlainStep(static _ => RuleVerdict.Continue);
            case SetTimeoutAction timeout:
                return new SetTimeoutStep(
                    timeout.Tunnel, timeout.Value?.Milliseconds ?? 0, timeout.Expression is null ? null : Sample(timeout.Expression, environment));
            case ChangePatternsAction change:
                // A list that no ACL and no map uses can be changed by nobody, as in the original.
                return environment.Patterns.Find(change.File) is not { } list ? new PlainStep(static _ => RuleVerdict.Continue) : new ChangePatternsStep(
                    change.Operation,
                    list,
                    LogFormatCompiler.Compile(change.Key, environment),
                    change.Value is null ? null : LogFormatCompiler.Compile(change.Value, environment));
            case ExpectProxyAction:
                return new PlainStep(static s =>
                {
                    s.ExpectsProxyHeader = true;
                    return RuleVerdict.Continue;
                });
            default:
                throw new InvalidOperationException($"No step for {action.GetType().Name}.");
        }
    }

    private static RuleStep Header(HeaderAction header, bool response, RuleEnvironment environment)
    {
        var name = Bytes(header.Name.ToLowerInvariant());
        switch (header.Operation)
        {
            case HeaderOperation.Set or HeaderOperation.Add:
                return new SetHeaderStep(name, LogFormatCompiler.Compile(header.Value!, environment), header.Operation == HeaderOperation.Add, response);
            case HeaderOperation.Delete:
                return new DeleteHeaderStep(name, header.NameMatch, header.NameMatch == MatchMethod.Regex ? Regex(header.Name, false) : null, response);
            default:
                return new ReplaceHeaderStep(
                    name,
                    Regex(header.Pattern!, false),
                    LogFormatCompiler.Compile(header.Value!, environment),
                    header.Operation == HeaderOperation.ReplaceValue,
                    response);
        }
    }

    private static CompiledRegex Regex(string pattern, bool ignoreCase) =>
        CompiledRegex.TryCompile(Bytes(pattern), ignoreCase, out var error, out _) ?? throw new InvalidOperationException($"'{pattern}': {error}");

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
