using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>
/// A <c>server</c> line, or what servers start from. Mutable because its options come one by one and a file may have tens of thousands.
/// </summary>
public sealed class ServerSyntax
{
    /// <summary>Its name; "" for <c>default-server</c>.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its line.</summary>
    public SourceSpan At { get; private set; }

    /// <summary>Its address; null for <c>default-server</c>.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>The name its address was resolved from.</summary>
    public string? HostName { get; set; }

    /// <summary>The written port is an offset to the client's, or there is none.</summary>
    public bool PortIsOffset { get; set; }

    /// <summary>A port was written.</summary>
    public bool HasPort { get; set; }

    /// <summary>Number given by <c>id</c>; 0 none.</summary>
    public int Id { get; set; }

    /// <summary>Number in the section, from 1.</summary>
    public int Number { get; set; }

    /// <summary>See <see cref="ServerConfig.Weight"/>.</summary>
    public int Weight { get; set; } = 1;

    /// <summary><c>backup</c></summary>
    public bool Backup { get; set; }

    /// <summary><c>disabled</c>, or <c>enabled</c>; null where neither is said.</summary>
    public bool? Disabled { get; set; }

    /// <summary><c>maxconn</c></summary>
    public int MaxConnections { get; set; }

    /// <summary><c>minconn</c></summary>
    public int MinConnections { get; set; }

    /// <summary><c>maxqueue</c></summary>
    public int MaxQueue { get; set; }

    /// <summary><c>cookie</c></summary>
    public string? Cookie { get; set; }

    /// <summary><c>redir</c></summary>
    public string? RedirectPrefix { get; set; }

    /// <summary><c>slowstart</c></summary>
    public Duration? SlowStart { get; set; }

    /// <summary><c>check</c></summary>
    public bool Check { get; set; }

    /// <summary><c>inter</c></summary>
    public Duration Interval { get; set; } = new(2000);

    /// <summary><c>fastinter</c></summary>
    public Duration? FastInterval { get; set; }

    /// <summary><c>downinter</c></summary>
    public Duration? DownInterval { get; set; }

    /// <summary><c>rise</c></summary>
    public int Rise { get; set; } = 2;

    /// <summary><c>fall</c></summary>
    public int Fall { get; set; } = 3;

    /// <summary><c>port</c>; 0 the server's.</summary>
    public int CheckPort { get; set; }

    /// <summary><c>addr</c></summary>
    public Endpoint? CheckAddress { get; set; }

    /// <summary><c>check-send-proxy</c></summary>
    public bool CheckSendProxy { get; set; }

    /// <summary><c>agent-check</c></summary>
    public bool AgentCheck { get; set; }

    /// <summary><c>agent-port</c></summary>
    public int AgentPort { get; set; }

    /// <summary><c>agent-addr</c></summary>
    public Endpoint? AgentAddress { get; set; }

    /// <summary><c>agent-inter</c>; null the check's.</summary>
    public Duration? AgentInterval { get; set; }

    /// <summary><c>agent-send</c></summary>
    public string? AgentSend { get; set; }

    /// <summary><c>track</c></summary>
    public string? Track { get; set; }

    /// <summary><c>observe</c></summary>
    public ObserveMode Observe { get; set; }

    /// <summary><c>error-limit</c></summary>
    public int ErrorLimit { get; set; } = 10;

    /// <summary><c>on-error</c></summary>
    public OnErrorAction OnError { get; set; } = OnErrorAction.FailCheck;

    /// <summary><c>on-marked-down shutdown-sessions</c></summary>
    public bool ShutdownSessionsOnDown { get; set; }

    /// <summary><c>on-marked-up shutdown-backup-sessions</c></summary>
    public bool ShutdownBackupSessionsOnUp { get; set; }

    /// <summary><c>send-proxy</c>: 0, 1 or 2.</summary>
    public int SendProxyVersion { get; set; }

    /// <summary><c>source</c></summary>
    public SourceAddressConfig? Source { get; set; }

    /// <summary><c>source</c> stands on the line, so that <c>usesrc</c> and <c>interface</c> may follow.</summary>
    public bool SourceOpen { get; set; }

    /// <summary><c>pool-purge-delay</c></summary>
    public Duration PoolPurgeDelay { get; set; } = new(5000);

    /// <summary><c>pool-max-conn</c></summary>
    public int PoolMaxConnections { get; set; } = -1;

    /// <summary><c>pool-low-conn</c></summary>
    public int PoolLowConnections { get; set; }

    /// <summary><c>tfo</c></summary>
    public bool FastOpen { get; set; }

    /// <summary><c>tcp-ut</c></summary>
    public Duration? TcpUserTimeout { get; set; }

    /// <summary><c>init-addr</c></summary>
    public ValueList<InitAddressMethod> InitAddress { get; set; } = [];

    /// <summary>The address of <c>init-addr</c>.</summary>
    public System.Net.IPAddress? InitialAddress { get; set; }

    /// <summary><c>namespace</c></summary>
    public string? Namespace { get; set; }

    /// <summary><c>resolvers</c></summary>
    public string? Resolvers { get; set; }

    /// <summary><c>ssl</c></summary>
    public bool Tls { get; set; }

    /// <summary><c>check-ssl</c></summary>
    public bool CheckTls { get; set; }

    /// <summary><c>verify none</c></summary>
    public bool VerifyNone { get; set; }

    /// <summary><c>ca-file</c> was given.</summary>
    public bool HasAuthorities { get; set; }

    /// <summary>Whether its checks cannot know a port by themselves; the address that stands for any (<c>0.0.0.0</c>, <c>::</c>) is not asked about.</summary>
    public bool NeedsCheckPort => Check && CheckPort <= 0 && (!HasPort || PortIsOffset)
        && Endpoint is IpEndpoint { Address: var address } && !address.Equals(System.Net.IPAddress.Any) && !address.Equals(System.Net.IPAddress.IPv6Any);

    /// <summary>A copy under another name, for a new server.</summary>
    public ServerSyntax Copy(string name, SourceSpan at)
    {
        var copy = (ServerSyntax)MemberwiseClone();
        (copy.Name, copy.At, copy.Id, copy.SourceOpen) = (name, at, 0, false);
        return copy;
    }
}
