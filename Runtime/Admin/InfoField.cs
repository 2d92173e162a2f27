namespace Dropin.Runtime.Admin;

/// <summary>The fields of the process' information, in the order of <c>show info</c> (management manual 9.3).</summary>
public enum InfoField
{
    /// <summary><c>Name</c></summary>
    Name,

    /// <summary><c>Version</c></summary>
    Version,

    /// <summary><c>Release_date</c></summary>
    ReleaseDate,

    /// <summary><c>Nbthread</c></summary>
    Nbthread,

    /// <summary><c>Nbproc</c></summary>
    Nbproc,

    /// <summary><c>Process_num</c></summary>
    ProcessNum,

    /// <summary><c>Pid</c></summary>
    Pid,

    /// <summary><c>Uptime</c></summary>
    Uptime,

    /// <summary><c>Uptime_sec</c></summary>
    UptimeSec,

    /// <summary><c>Memmax_MB</c></summary>
    MemmaxMB,

    /// <summary><c>PoolAlloc_MB</c></summary>
    PoolAllocMB,

    /// <summary><c>PoolUsed_MB</c></summary>
    PoolUsedMB,

    /// <summary><c>PoolFailed</c></summary>
    PoolFailed,

    /// <summary><c>Ulimit-n</c></summary>
    UlimitN,

    /// <summary><c>Maxsock</c></summary>
    Maxsock,

    /// <summary><c>Maxconn</c></summary>
    Maxconn,

    /// <summary><c>Hard_maxconn</c></summary>
    HardMaxconn,

    /// <summary><c>CurrConns</c></summary>
    CurrConns,

    /// <summary><c>CumConns</c></summary>
    CumConns,

    /// <summary><c>CumReq</c></summary>
    CumReq,

    /// <summary><c>MaxSslConns</c></summary>
    MaxSslConns,

    /// <summary><c>CurrSslConns</c></summary>
    CurrSslConns,

    /// <summary><c>CumSslConns</c></summary>
    CumSslConns,

    /// <summary><c>Maxpipes</c></summary>
    Maxpipes,

    /// <summary><c>PipesUsed</c></summary>
    PipesUsed,

    /// <summary><c>PipesFree</c></summary>
    PipesFree,

    /// <summary><c>ConnRate</c></summary>
    ConnRate,

    /// <summary><c>ConnRateLimit</c></summary>
    ConnRateLimit,

    /// <summary><c>MaxConnRate</c></summary>
    MaxConnRate,

    /// <summary><c>SessRate</c></summary>
    SessRate,

    /// <summary><c>SessRateLimit</c></summary>
    SessRateLimit,

    /// <summary><c>MaxSessRate</c></summary>
    MaxSessRate,

    /// <summary><c>SslRate</c></summary>
    SslRate,

    /// <summary><c>SslRateLimit</c></summary>
    SslRateLimit,

    /// <summary><c>MaxSslRate</c></summary>
    MaxSslRate,

    /// <summary><c>SslFrontendKeyRate</c></summary>
    SslFrontendKeyRate,

    /// <summary><c>SslFrontendMaxKeyRate</c></summary>
    SslFrontendMaxKeyRate,

    /// <summary><c>SslFrontendSessionReuse_pct</c></summary>
    SslFrontendSessionReusePct,

    /// <summary><c>SslBackendKeyRate</c></summary>
    SslBackendKeyRate,

    /// <summary><c>SslBackendMaxKeyRate</c></summary>
    SslBackendMaxKeyRate,

    /// <summary><c>SslCacheLookups</c></summary>
    SslCacheLookups,

    /// <summary><c>SslCacheMisses</c></summary>
    SslCacheMisses,

    /// <summary><c>CompressBpsIn</c></summary>
    CompressBpsIn,

    /// <summary><c>CompressBpsOut</c></summary>
    CompressBpsOut,

    /// <summary><c>CompressBpsRateLim</c></summary>
    CompressBpsRateLim,

    /// <summary><c>ZlibMemUsage</c></summary>
    ZlibMemUsage,

    /// <summary><c>MaxZlibMemUsage</c></summary>
    MaxZlibMemUsage,

    /// <summary><c>Tasks</c></summary>
    Tasks,

    /// <summary><c>Run_queue</c></summary>
    RunQueue,

    /// <summary><c>Idle_pct</c></summary>
    IdlePct,

    /// <summary><c>node</c></summary>
    Node,

    /// <summary><c>description</c></summary>
    Description,

    /// <summary><c>Stopping</c></summary>
    Stopping,

    /// <summary><c>Jobs</c></summary>
    Jobs,

    /// <summary><c>Unstoppable Jobs</c></summary>
    UnstoppableJobs,

    /// <summary><c>Listeners</c></summary>
    Listeners,

    /// <summary><c>ActivePeers</c></summary>
    ActivePeers,

    /// <summary><c>ConnectedPeers</c></summary>
    ConnectedPeers,

    /// <summary><c>DroppedLogs</c></summary>
    DroppedLogs,

    /// <summary><c>BusyPolling</c></summary>
    BusyPolling,

    /// <summary><c>FailedResolutions</c></summary>
    FailedResolutions,

    /// <summary><c>TotalBytesOut</c></summary>
    TotalBytesOut,

    /// <summary><c>TotalSplicdedBytesOut</c></summary>
    TotalSplicdedBytesOut,

    /// <summary><c>BytesOutRate</c></summary>
    BytesOutRate,

    /// <summary><c>DebugCommandsIssued</c></summary>
    DebugCommandsIssued,

    /// <summary><c>CumRecvLogs</c></summary>
    CumRecvLogs,

    /// <summary><c>Build info</c></summary>
    BuildInfo,

    /// <summary><c>Memmax_bytes</c></summary>
    MemmaxBytes,

    /// <summary><c>PoolAlloc_bytes</c></summary>
    PoolAllocBytes,

    /// <summary><c>PoolUsed_bytes</c></summary>
    PoolUsedBytes,

    /// <summary><c>Start_time_sec</c></summary>
    StartTimeSec,

    /// <summary><c>Tainted</c></summary>
    Tainted,
}
