namespace Dropin.Runtime.Ir.Expressions;

/// <summary>Tags of log formats (configuration manual 8.2.6).</summary>
public enum LogTag
{
    /// <summary><c>%B</c></summary>
    BytesRead,

    /// <summary><c>%CC</c></summary>
    RequestCookie,

    /// <summary><c>%CS</c></summary>
    ResponseCookie,

    /// <summary><c>%H</c></summary>
    HostName,

    /// <summary><c>%HM</c></summary>
    Method,

    /// <summary><c>%HP</c></summary>
    Path,

    /// <summary><c>%HPO</c></summary>
    PathOnly,

    /// <summary><c>%HQ</c></summary>
    Query,

    /// <summary><c>%HU</c></summary>
    Uri,

    /// <summary><c>%HV</c></summary>
    Version,

    /// <summary><c>%ID</c></summary>
    UniqueId,

    /// <summary><c>%ST</c></summary>
    Status,

    /// <summary><c>%T</c></summary>
    GmtDate,

    /// <summary><c>%Ta</c></summary>
    ActiveTime,

    /// <summary><c>%Tc</c></summary>
    ConnectTime,

    /// <summary><c>%Td</c></summary>
    DataTime,

    /// <summary><c>%Tl</c></summary>
    LocalDate,

    /// <summary><c>%Th</c></summary>
    HandshakeTime,

    /// <summary><c>%Ti</c></summary>
    IdleTime,

    /// <summary><c>%Tq</c></summary>
    FullRequestTime,

    /// <summary><c>%TR</c></summary>
    RequestTime,

    /// <summary><c>%Tr</c></summary>
    ResponseTime,

    /// <summary><c>%Ts</c></summary>
    Timestamp,

    /// <summary><c>%Tt</c></summary>
    TotalTime,

    /// <summary><c>%Tu</c></summary>
    TotalUserTime,

    /// <summary><c>%Tw</c></summary>
    WaitTime,

    /// <summary><c>%U</c></summary>
    BytesUploaded,

    /// <summary><c>%ac</c></summary>
    ProcessConnections,

    /// <summary><c>%b</c></summary>
    BackendName,

    /// <summary><c>%bc</c></summary>
    BackendConnections,

    /// <summary><c>%bi</c></summary>
    BackendSourceIp,

    /// <summary><c>%bp</c></summary>
    BackendSourcePort,

    /// <summary><c>%bq</c></summary>
    BackendQueue,

    /// <summary><c>%ci</c></summary>
    ClientIp,

    /// <summary><c>%cp</c></summary>
    ClientPort,

    /// <summary><c>%f</c></summary>
    FrontendName,

    /// <summary><c>%fc</c></summary>
    FrontendConnections,

    /// <summary><c>%fi</c></summary>
    FrontendIp,

    /// <summary><c>%fp</c></summary>
    FrontendPort,

    /// <summary><c>%ft</c></summary>
    FrontendNameTransport,

    /// <summary><c>%lc</c></summary>
    LogCounter,

    /// <summary><c>%hr</c></summary>
    RequestHeaders,

    /// <summary><c>%hrl</c></summary>
    RequestHeadersClf,

    /// <summary><c>%hs</c></summary>
    ResponseHeaders,

    /// <summary><c>%hsl</c></summary>
    ResponseHeadersClf,

    /// <summary><c>%ms</c></summary>
    AcceptMilliseconds,

    /// <summary><c>%pid</c></summary>
    ProcessId,

    /// <summary><c>%r</c></summary>
    Request,

    /// <summary><c>%rc</c></summary>
    Retries,

    /// <summary><c>%rt</c></summary>
    RequestCounter,

    /// <summary><c>%s</c></summary>
    ServerName,

    /// <summary><c>%sc</c></summary>
    ServerConnections,

    /// <summary><c>%si</c></summary>
    ServerIp,

    /// <summary><c>%sp</c></summary>
    ServerPort,

    /// <summary><c>%sq</c></summary>
    ServerQueue,

    /// <summary><c>%sslc</c></summary>
    TlsCipher,

    /// <summary><c>%sslv</c></summary>
    TlsVersion,

    /// <summary><c>%t</c></summary>
    AcceptDate,

    /// <summary><c>%tr</c></summary>
    RequestDate,

    /// <summary><c>%trg</c></summary>
    RequestGmtDate,

    /// <summary><c>%trl</c></summary>
    RequestLocalDate,

    /// <summary><c>%ts</c></summary>
    TerminationState,

    /// <summary><c>%tsc</c></summary>
    TerminationStateCookie,
}
