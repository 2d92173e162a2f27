using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.Rules.Samples;
using Dropin.Runtime.Proxy.Rules.Variables;
using Dropin.Runtime.Proxy.Streams;
using Dropin.Runtime.Sys.Pcre2;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Evaluates the expressions of checks with the engine of rules.</summary>
/// <remarks>Checks are rare: what they are written with is compiled when it is first met and kept.</remarks>
public sealed class CheckRules : ICheckExpressions
{
    private readonly RuleEnvironment _environment;
    private readonly ProcessVariables _processVariables;
    private readonly ConcurrentDictionary<LogFormat, LogFormatProgram> _formats = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<SampleExpression, SampleProgram> _samples = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _compiling = new();

    /// <summary>Makes an evaluator.</summary>
    /// <param name="environment">What compiling needs to know.</param>
    /// <param name="processVariables">The variables of the process.</param>
    public CheckRules(RuleEnvironment environment, ProcessVariables processVariables)
    {
        _environment = environment;
        _processVariables = processVariables;
    }

    /// <inheritdoc/>
    public void Format(LogFormat format, CheckSubject subject, IBufferWriter<byte> into)
    {
        var rule = SubjectOf(subject);
        var mark = rule.Scratch.Mark();
        into.Write(ProgramOf(format, rule).WriteToScratch(rule));
        rule.Scratch.Release(mark);
    }

    /// <inheritdoc/>
    public bool TryGetNumber(SampleExpression expression, CheckSubject subject, out long value)
    {
        var rule = SubjectOf(subject);
        var mark = rule.Scratch.Mark();
        value = 0;
        // Bytes of an answer are read as digits, up to the first that is none.
        var found = ProgramOf(expression, rule).TryGetText(rule, out var text) && Utf8Parser.TryParse(text, out value, out _);
        rule.Scratch.Release(mark);
        return found;
    }

    /// <inheritdoc/>
    public void SetVariable(SetVariableStep step, CheckSubject subject)
    {
        var rule = SubjectOf(subject);
        var slot = SlotOf(step.Variable);
        if (step.Value is null && step.Format is null)
        {
            slot.Remove(rule);
            return;
        }

        var mark = rule.Scratch.Mark();
        var sample = default(Sample);
        var found = step.Value is { } value
            ? ProgramOf(value, rule).TryGet(rule, ref sample)
            : sample.SetText(ProgramOf(step.Format!, rule).WriteToScratch(rule));
        if (found)
        {
            slot.Set(rule, sample);
        }

        rule.Scratch.Release(mark);
    }

    /// <inheritdoc/>
    public BytePredicate Compile(ReadOnlySpan<byte> pattern)
    {
        var regex = CompiledRegex.TryCompile(pattern, ignoreCase: false, out var error, out _)
            ?? throw new InvalidOperationException("Binding let a bad regular expression through: " + error);
        return bytes => regex.IsMatch(bytes);
    }

    private LogFormatProgram ProgramOf(LogFormat format, RuleSubject rule)
    {
        if (_formats.TryGetValue(format, out var program))
        {
            return program;
        }

        lock (_compiling)
        {
            _environment.Own = rule.BackendProxy;
            return _formats[format] = LogFormatCompiler.Compile(format, _environment);
        }
    }

    private SampleProgram ProgramOf(SampleExpression expression, RuleSubject rule)
    {
        if (_samples.TryGetValue(expression, out var program))
        {
            return program;
        }

        lock (_compiling)
        {
            _environment.Own = rule.BackendProxy;
            return _samples[expression] = RuleCompiler.Sample(expression, _environment);
        }
    }

    private VariableSlot SlotOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var scope = name[..Math.Max(0, dot)] switch
        {
            "proc" => VariableScope.Process,
            "sess" => VariableScope.Session,
            "check" => VariableScope.Check,
            var other => throw new InvalidOperationException($"Binding let a variable through that checks have none of: {other}."),
        };
        lock (_compiling)
        {
            return _environment.Variables.SlotOf(new VariableName(scope, name[(dot + 1)..]));
        }
    }

    private RuleSubjectOfCheck SubjectOf(CheckSubject subject)
    {
        var rule = (RuleSubjectOfCheck?)subject.Variables;
        if (rule is null)
        {
            var proxy = subject.Server.Backend.Proxy;
            rule = new RuleSubjectOfCheck(_processVariables)
            {
                Frontend = proxy,
                BackendProxy = proxy,
                Server = subject.Server,
                Log = new LogRecord(),
                SessionVariables = new VariableStore(),
                CheckVariables = new VariableStore(),
            };
            subject.Variables = rule;
        }

        rule.Look(subject);
        return rule;
    }

    /// <summary>A check as rules see it: no request, an answer.</summary>
    private sealed class RuleSubjectOfCheck(ProcessVariables variables) : NoTraffic(variables)
    {
        private CheckSubject? _check;

        public override ref readonly SocketAddress128 ServerAddress => ref Server!.Address;

        public override ReadOnlySpan<byte> ResponseBody => _check!.Body.Span;

        public override ReadOnlySpan<byte> ResponseBuffer => _check!.Buffer.Span;

        internal void Look(CheckSubject check)
        {
            _check = check;
            Response = check.Response;
            IsResponse = true;
        }
    }
}
