using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Rules.Formats;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Rules;

/// <summary>All compiled rules of one section.</summary>
public sealed class ProxyRules
{
    /// <summary>Compiles the rules of a section. All sections must exist.</summary>
    public ProxyRules(ProxyState proxy, RuleEnvironment environment)
    {
        environment.Own = proxy;
        var config = proxy.Config;
        foreach (var acl in config.Acls)
        {
            // An ACL that no rule uses holds its server all the same: it cannot be removed at run time.
            foreach (var argument in acl.Expression.Fetch.Arguments)
            {
                if (argument is Ir.Expressions.ServerArgument named)
                {
                    _ = environment.Server(named.Backend, named.Server);
                }
            }
        }

        var rules = config.Rules;
        TcpRequestConnection = RuleCompiler.Set(rules.TcpRequestConnection, response: false, environment);
        TcpRequestSession = RuleCompiler.Set(rules.TcpRequestSession, response: false, environment);
        TcpRequestContent = RuleCompiler.Set(rules.TcpRequestContent, response: false, environment);
        TcpResponseContent = RuleCompiler.Set(rules.TcpResponseContent, response: true, environment);
        HttpRequest = RuleCompiler.Set(rules.HttpRequest, response: false, environment);
        HttpResponse = RuleCompiler.Set(rules.HttpResponse, response: true, environment);
        HttpAfterResponse = RuleCompiler.Set(rules.HttpAfterResponse, response: true, environment);
        Redirect = RuleCompiler.Set(rules.Redirect, response: false, environment);
        UseBackend = RuleCompiler.Backends(rules.UseBackend, environment);
        UseServer = proxy.Backend is null ? null : RuleCompiler.Servers(rules.UseServer, proxy.Backend, environment);
        Persist = RuleCompiler.Persistence(rules.Persist, environment);
        MonitorFail = RuleCompiler.Conditions(config.Frontend?.MonitorFail ?? [], environment);
        StatsRequest = RuleCompiler.Set(config.Stats?.HttpRequest ?? [], response: false, environment);
        StatsAdmin = RuleCompiler.Conditions(config.Stats?.Admin ?? [], environment);
        LogFormat = Format(config.LogFormat, environment);
        ErrorLogFormat = Format(config.ErrorLogFormat, environment);
        StructuredDataFormat = Format(config.StructuredDataFormat, environment);
        UniqueIdFormat = Format(config.UniqueIdFormat, environment);
        foreach (var part in config.LogFormat?.Parts ?? [])
        {
            LogsServerSource |= part is Ir.Expressions.TagPart { Tag: Ir.Expressions.LogTag.BackendSourceIp or Ir.Expressions.LogTag.BackendSourcePort };
        }

        foreach (var (status, reply) in proxy.Answers.Built)
        {
            ErrorReplies[status] = new Actions.ReplyStep(reply, RuleOutcome.Deny, environment);
        }

        BalanceSample = config.Backend?.Balance.HashExpression is { } hash ? RuleCompiler.Sample(hash, environment) : null;
        RequestCaptureLengths = Lengths(config.Frontend?.RequestCaptures ?? []);
        ResponseCaptureLengths = Lengths(config.Frontend?.ResponseCaptures ?? []);
    }

    /// <summary><c>tcp-request connection</c></summary>
    public RuleSet TcpRequestConnection { get; }

    /// <summary>Rules of the statistics page (<c>stats http-request</c>).</summary>
    public RuleSet StatsRequest { get; }

    /// <summary>When the statistics page may change things (<c>stats admin</c>): one that holds is enough.</summary>
    public ConditionProgram[] StatsAdmin { get; }

    /// <summary><c>tcp-request session</c></summary>
    public RuleSet TcpRequestSession { get; }

    /// <summary><c>tcp-request content</c></summary>
    public RuleSet TcpRequestContent { get; }

    /// <summary><c>tcp-response content</c></summary>
    public RuleSet TcpResponseContent { get; }

    /// <summary><c>http-request</c></summary>
    public RuleSet HttpRequest { get; }

    /// <summary><c>http-response</c></summary>
    public RuleSet HttpResponse { get; }

    /// <summary><c>http-after-response</c></summary>
    public RuleSet HttpAfterResponse { get; }

    /// <summary><c>redirect</c>, after <see cref="HttpRequest"/></summary>
    public RuleSet Redirect { get; }

    /// <summary><c>use_backend</c></summary>
    public BackendChoice UseBackend { get; }

    /// <summary><c>use-server</c>; null for a section without servers.</summary>
    public ServerChoice? UseServer { get; }

    /// <summary><c>force-persist</c>, <c>ignore-persist</c></summary>
    public PersistChoice Persist { get; }

    /// <summary><c>monitor fail</c>: any that holds is enough.</summary>
    public ConditionProgram[] MonitorFail { get; }

    /// <summary>Error answers that are made of formats (<c>http-error</c>), by status.</summary>
    internal Dictionary<int, Actions.ReplyStep> ErrorReplies { get; } = [];

    /// <summary>What <c>balance hash</c> goes by; null where the algorithm is another one.</summary>
    internal Samples.SampleProgram? BalanceSample { get; }

    /// <summary>The log line; null where none is written.</summary>
    public LogFormatProgram? LogFormat { get; }

    /// <summary>The log line of failed connections.</summary>
    public LogFormatProgram? ErrorLogFormat { get; }

    /// <summary>The structured data of log lines.</summary>
    public LogFormatProgram? StructuredDataFormat { get; }

    /// <summary>Its log line shows our end of the server's connection.</summary>
    public bool LogsServerSource { get; }

    /// <summary>The unique id.</summary>
    public LogFormatProgram? UniqueIdFormat { get; }

    /// <summary>Lengths of the frontend's capture slots, for <see cref="CaptureStore.Resize"/>.</summary>
    public int[] RequestCaptureLengths { get; }

    /// <summary>Lengths of the frontend's capture slots of responses.</summary>
    public int[] ResponseCaptureLengths { get; }

    private static LogFormatProgram? Format(Ir.Expressions.LogFormat? format, RuleEnvironment environment) =>
        format is null ? null : LogFormatCompiler.Compile(format, environment);

    private static int[] Lengths(Ir.ValueList<HeaderCapture> captures)
    {
        var lengths = new int[captures.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = captures[i].Length;
        }

        return lengths;
    }
}
