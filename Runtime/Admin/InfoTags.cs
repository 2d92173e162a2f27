namespace Dropin.Runtime.Admin;

/// <summary>What kind of information each field of the process is (management manual 9.1, typed output).</summary>
internal static class InfoTags
{
    internal static ValueTags Of(InfoField field) => All[(int)field];

    private static readonly ValueTags[] All =
    [
        new(ValueOrigin.Product, ValueNature.Output, ValueScope.Service), // Name
        new(ValueOrigin.Product, ValueNature.Output, ValueScope.Service), // Version
        new(ValueOrigin.Product, ValueNature.Output, ValueScope.Service), // Release_date
        new(ValueOrigin.Config, ValueNature.Gauge, ValueScope.Service), // Nbthread
        new(ValueOrigin.Config, ValueNature.Gauge, ValueScope.Service), // Nbproc
        new(ValueOrigin.Key, ValueNature.Gauge, ValueScope.Process), // Process_num
        new(ValueOrigin.Status, ValueNature.Gauge, ValueScope.Process), // Pid
        new(ValueOrigin.Metric, ValueNature.Duration, ValueScope.Process), // Uptime
        new(ValueOrigin.Metric, ValueNature.Duration, ValueScope.Process), // Uptime_sec
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Memmax_MB
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // PoolAlloc_MB
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // PoolUsed_MB
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // PoolFailed
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Ulimit-n
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Maxsock
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Maxconn
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Hard_maxconn
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // CurrConns
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // CumConns
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // CumReq
        new(ValueOrigin.Metric, ValueNature.Max, ValueScope.Process), // MaxSslConns
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // CurrSslConns
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // CumSslConns
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Maxpipes
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // PipesUsed
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // PipesFree
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // ConnRate
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // ConnRateLimit
        new(ValueOrigin.Metric, ValueNature.Max, ValueScope.Process), // MaxConnRate
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // SessRate
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // SessRateLimit
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // MaxSessRate
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // SslRate
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // SslRateLimit
        new(ValueOrigin.Metric, ValueNature.Max, ValueScope.Process), // MaxSslRate
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // SslFrontendKeyRate
        new(ValueOrigin.Metric, ValueNature.Max, ValueScope.Process), // SslFrontendMaxKeyRate
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // SslFrontendSessionReuse_pct
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // SslBackendKeyRate
        new(ValueOrigin.Metric, ValueNature.Max, ValueScope.Process), // SslBackendMaxKeyRate
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // SslCacheLookups
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // SslCacheMisses
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // CompressBpsIn
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // CompressBpsOut
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // CompressBpsRateLim
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // ZlibMemUsage
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // MaxZlibMemUsage
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // Tasks
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // Run_queue
        new(ValueOrigin.Metric, ValueNature.Average, ValueScope.Process), // Idle_pct
        new(ValueOrigin.Config, ValueNature.Output, ValueScope.Service), // node
        new(ValueOrigin.Config, ValueNature.Output, ValueScope.Service), // description
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // Stopping
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // Jobs
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // Unstoppable Jobs
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // Listeners
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // ActivePeers
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // ConnectedPeers
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // DroppedLogs
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // BusyPolling
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // FailedResolutions
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // TotalBytesOut
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // TotalSplicdedBytesOut
        new(ValueOrigin.Metric, ValueNature.Rate, ValueScope.Process), // BytesOutRate
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // DebugCommandsIssued
        new(ValueOrigin.Metric, ValueNature.Counter, ValueScope.Process), // CumRecvLogs
        new(ValueOrigin.Product, ValueNature.Output, ValueScope.Service), // Build info
        new(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process), // Memmax_bytes
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // PoolAlloc_bytes
        new(ValueOrigin.Metric, ValueNature.Gauge, ValueScope.Process), // PoolUsed_bytes
        new(ValueOrigin.Metric, ValueNature.Duration, ValueScope.Process), // Start_time_sec
        new(ValueOrigin.Status, ValueNature.Gauge, ValueScope.Process), // Tainted
    ];
}
