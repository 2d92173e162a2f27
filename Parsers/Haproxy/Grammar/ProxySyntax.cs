using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>
/// A <c>defaults</c>, <c>frontend</c>, <c>backend</c> or <c>listen</c> section as far as it has been read. Names in it are still names;
/// Binding makes the IR of it when all files are read.
/// </summary>
public sealed partial class ProxySyntax
{
    /// <summary>The section's name; "" for a <c>defaults</c> without one.</summary>
    public required string Name { get; init; }

    /// <summary>Where the section starts.</summary>
    public required SourceSpan At { get; init; }

    /// <summary>What the section may do. A <c>defaults</c> section may do everything.</summary>
    public required ProxyCapability Capability { get; init; }

    /// <summary>It is a <c>defaults</c> section.</summary>
    public bool IsDefaults { get; init; }

    /// <summary>The <c>defaults</c> section it took its settings from.</summary>
    public ProxySyntax? InheritedFrom { get; private set; }

    /// <summary>How messages call the kind of section: "frontend", "backend", "proxy" (for listen), "defaults".</summary>
    public string TypeName => IsDefaults ? "defaults" : Capability switch
    {
        ProxyCapability.Frontend => "frontend",
        ProxyCapability.Backend => "backend",
        _ => "proxy",
    };

    /// <summary>May take client connections.</summary>
    public bool IsFrontend => (Capability & ProxyCapability.Frontend) != 0;

    /// <summary>May have servers.</summary>
    public bool IsBackend => (Capability & ProxyCapability.Backend) != 0;

    /// <summary>The section's ACLs in the order of the file.</summary>
    public List<AclConfig> Acls { get; private set; } = [];

    /// <summary><c>tcp-request connection</c></summary>
    public List<RuleConfig> TcpRequestConnection { get; private set; } = [];

    /// <summary><c>tcp-request session</c></summary>
    public List<RuleConfig> TcpRequestSession { get; private set; } = [];

    /// <summary><c>tcp-request content</c></summary>
    public List<RuleConfig> TcpRequestContent { get; private set; } = [];

    /// <summary>Whether the section has rules of connections, contents or messages.</summary>
    public bool HasRules => TcpRequestConnection.Count + TcpRequestSession.Count + TcpRequestContent.Count + TcpResponseContent.Count
        + HttpRequest.Count + HttpResponse.Count + HttpAfterResponse.Count > 0;

    /// <summary><c>tcp-request inspect-delay</c></summary>
    public Duration? TcpRequestInspectDelay { get; set; }

    /// <summary><c>tcp-response content</c></summary>
    public List<RuleConfig> TcpResponseContent { get; private set; } = [];

    /// <summary><c>tcp-response inspect-delay</c></summary>
    public Duration? TcpResponseInspectDelay { get; set; }

    /// <summary><c>http-request</c></summary>
    public List<RuleConfig> HttpRequest { get; private set; } = [];

    /// <summary><c>http-response</c></summary>
    public List<RuleConfig> HttpResponse { get; private set; } = [];

    /// <summary><c>http-after-response</c></summary>
    public List<RuleConfig> HttpAfterResponse { get; private set; } = [];

    /// <summary><c>redirect</c></summary>
    public List<RuleConfig> Redirect { get; private set; } = [];

    /// <summary><c>use_backend</c></summary>
    public List<UseBackendRule> UseBackend { get; private set; } = [];

    /// <summary><c>use-server</c></summary>
    public List<UseServerRule> UseServer { get; private set; } = [];

    /// <summary><c>force-persist</c> and <c>ignore-persist</c></summary>
    public List<PersistRule> Persist { get; private set; } = [];

    /// <summary><c>stats http-request</c></summary>
    public List<RuleConfig> StatsHttpRequest { get; private set; } = [];

    /// <summary><c>stats admin</c></summary>
    public List<Condition> StatsAdmin { get; private set; } = [];

    /// <summary><c>monitor fail</c></summary>
    public List<Condition> MonitorFail { get; private set; } = [];

    /// <summary>The files it stands in, with the machine they are read on; null in tests of expressions alone.</summary>
    public ConfigSyntax? Document { get; init; }

    /// <summary>The next section of the same name (a frontend and a backend may share one).</summary>
    internal ProxySyntax? NextOfSameName { get; set; }

    /// <summary>Findings that are said when all files are read, as the original says them.</summary>
    internal List<Dropin.Runtime.Ir.Source.Diagnostic> Late { get; } = [];
}
