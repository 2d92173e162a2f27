namespace Dropin.Runtime.Admin;

/// <summary>The fields of a row of the statistics, in the order of the CSV (management manual 9.1); names are those of its header.</summary>
public enum StatField
{
    /// <summary><c>pxname</c></summary>
    Pxname,

    /// <summary><c>svname</c></summary>
    Svname,

    /// <summary><c>qcur</c></summary>
    Qcur,

    /// <summary><c>qmax</c></summary>
    Qmax,

    /// <summary><c>scur</c></summary>
    Scur,

    /// <summary><c>smax</c></summary>
    Smax,

    /// <summary><c>slim</c></summary>
    Slim,

    /// <summary><c>stot</c></summary>
    Stot,

    /// <summary><c>bin</c></summary>
    Bin,

    /// <summary><c>bout</c></summary>
    Bout,

    /// <summary><c>dreq</c></summary>
    Dreq,

    /// <summary><c>dresp</c></summary>
    Dresp,

    /// <summary><c>ereq</c></summary>
    Ereq,

    /// <summary><c>econ</c></summary>
    Econ,

    /// <summary><c>eresp</c></summary>
    Eresp,

    /// <summary><c>wretr</c></summary>
    Wretr,

    /// <summary><c>wredis</c></summary>
    Wredis,

    /// <summary><c>status</c></summary>
    Status,

    /// <summary><c>weight</c></summary>
    Weight,

    /// <summary><c>act</c></summary>
    Act,

    /// <summary><c>bck</c></summary>
    Bck,

    /// <summary><c>chkfail</c></summary>
    Chkfail,

    /// <summary><c>chkdown</c></summary>
    Chkdown,

    /// <summary><c>lastchg</c></summary>
    Lastchg,

    /// <summary><c>downtime</c></summary>
    Downtime,

    /// <summary><c>qlimit</c></summary>
    Qlimit,

    /// <summary><c>pid</c></summary>
    Pid,

    /// <summary><c>iid</c></summary>
    Iid,

    /// <summary><c>sid</c></summary>
    Sid,

    /// <summary><c>throttle</c></summary>
    Throttle,

    /// <summary><c>lbtot</c></summary>
    Lbtot,

    /// <summary><c>tracked</c></summary>
    Tracked,

    /// <summary><c>type</c></summary>
    Type,

    /// <summary><c>rate</c></summary>
    Rate,

    /// <summary><c>rate_lim</c></summary>
    RateLim,

    /// <summary><c>rate_max</c></summary>
    RateMax,

    /// <summary><c>check_status</c></summary>
    CheckStatus,

    /// <summary><c>check_code</c></summary>
    CheckCode,

    /// <summary><c>check_duration</c></summary>
    CheckDuration,

    /// <summary><c>hrsp_1xx</c></summary>
    Hrsp1xx,

    /// <summary><c>hrsp_2xx</c></summary>
    Hrsp2xx,

    /// <summary><c>hrsp_3xx</c></summary>
    Hrsp3xx,

    /// <summary><c>hrsp_4xx</c></summary>
    Hrsp4xx,

    /// <summary><c>hrsp_5xx</c></summary>
    Hrsp5xx,

    /// <summary><c>hrsp_other</c></summary>
    HrspOther,

    /// <summary><c>hanafail</c></summary>
    Hanafail,

    /// <summary><c>req_rate</c></summary>
    ReqRate,

    /// <summary><c>req_rate_max</c></summary>
    ReqRateMax,

    /// <summary><c>req_tot</c></summary>
    ReqTot,

    /// <summary><c>cli_abrt</c></summary>
    CliAbrt,

    /// <summary><c>srv_abrt</c></summary>
    SrvAbrt,

    /// <summary><c>comp_in</c></summary>
    CompIn,

    /// <summary><c>comp_out</c></summary>
    CompOut,

    /// <summary><c>comp_byp</c></summary>
    CompByp,

    /// <summary><c>comp_rsp</c></summary>
    CompRsp,

    /// <summary><c>lastsess</c></summary>
    Lastsess,

    /// <summary><c>last_chk</c></summary>
    LastChk,

    /// <summary><c>last_agt</c></summary>
    LastAgt,

    /// <summary><c>qtime</c></summary>
    Qtime,

    /// <summary><c>ctime</c></summary>
    Ctime,

    /// <summary><c>rtime</c></summary>
    Rtime,

    /// <summary><c>ttime</c></summary>
    Ttime,

    /// <summary><c>agent_status</c></summary>
    AgentStatus,

    /// <summary><c>agent_code</c></summary>
    AgentCode,

    /// <summary><c>agent_duration</c></summary>
    AgentDuration,

    /// <summary><c>check_desc</c></summary>
    CheckDesc,

    /// <summary><c>agent_desc</c></summary>
    AgentDesc,

    /// <summary><c>check_rise</c></summary>
    CheckRise,

    /// <summary><c>check_fall</c></summary>
    CheckFall,

    /// <summary><c>check_health</c></summary>
    CheckHealth,

    /// <summary><c>agent_rise</c></summary>
    AgentRise,

    /// <summary><c>agent_fall</c></summary>
    AgentFall,

    /// <summary><c>agent_health</c></summary>
    AgentHealth,

    /// <summary><c>addr</c></summary>
    Addr,

    /// <summary><c>cookie</c></summary>
    Cookie,

    /// <summary><c>mode</c></summary>
    Mode,

    /// <summary><c>algo</c></summary>
    Algo,

    /// <summary><c>conn_rate</c></summary>
    ConnRate,

    /// <summary><c>conn_rate_max</c></summary>
    ConnRateMax,

    /// <summary><c>conn_tot</c></summary>
    ConnTot,

    /// <summary><c>intercepted</c></summary>
    Intercepted,

    /// <summary><c>dcon</c></summary>
    Dcon,

    /// <summary><c>dses</c></summary>
    Dses,

    /// <summary><c>wrew</c></summary>
    Wrew,

    /// <summary><c>connect</c></summary>
    Connect,

    /// <summary><c>reuse</c></summary>
    Reuse,

    /// <summary><c>cache_lookups</c></summary>
    CacheLookups,

    /// <summary><c>cache_hits</c></summary>
    CacheHits,

    /// <summary><c>srv_icur</c></summary>
    SrvIcur,

    /// <summary><c>src_ilim</c></summary>
    SrcIlim,

    /// <summary><c>qtime_max</c></summary>
    QtimeMax,

    /// <summary><c>ctime_max</c></summary>
    CtimeMax,

    /// <summary><c>rtime_max</c></summary>
    RtimeMax,

    /// <summary><c>ttime_max</c></summary>
    TtimeMax,

    /// <summary><c>eint</c></summary>
    Eint,

    /// <summary><c>idle_conn_cur</c></summary>
    IdleConnCur,

    /// <summary><c>safe_conn_cur</c></summary>
    SafeConnCur,

    /// <summary><c>used_conn_cur</c></summary>
    UsedConnCur,

    /// <summary><c>need_conn_est</c></summary>
    NeedConnEst,

    /// <summary><c>uweight</c></summary>
    Uweight,

    /// <summary><c>agg_server_status</c></summary>
    AggServerStatus,

    /// <summary><c>agg_server_check_status</c></summary>
    AggServerCheckStatus,

    /// <summary><c>agg_check_status</c></summary>
    AggCheckStatus,

    /// <summary><c>ssl_sess</c></summary>
    SslSess,

    /// <summary><c>ssl_reused_sess</c></summary>
    SslReusedSess,

    /// <summary><c>ssl_failed_handshake</c></summary>
    SslFailedHandshake,

    /// <summary><c>h2_headers_rcvd</c></summary>
    H2HeadersRcvd,

    /// <summary><c>h2_data_rcvd</c></summary>
    H2DataRcvd,

    /// <summary><c>h2_settings_rcvd</c></summary>
    H2SettingsRcvd,

    /// <summary><c>h2_rst_stream_rcvd</c></summary>
    H2RstStreamRcvd,

    /// <summary><c>h2_goaway_rcvd</c></summary>
    H2GoawayRcvd,

    /// <summary><c>h2_detected_conn_protocol_errors</c></summary>
    H2DetectedConnProtocolErrors,

    /// <summary><c>h2_detected_strm_protocol_errors</c></summary>
    H2DetectedStrmProtocolErrors,

    /// <summary><c>h2_rst_stream_resp</c></summary>
    H2RstStreamResp,

    /// <summary><c>h2_goaway_resp</c></summary>
    H2GoawayResp,

    /// <summary><c>h2_open_connections</c></summary>
    H2OpenConnections,

    /// <summary><c>h2_backend_open_streams</c></summary>
    H2BackendOpenStreams,

    /// <summary><c>h2_total_connections</c></summary>
    H2TotalConnections,

    /// <summary><c>h2_backend_total_streams</c></summary>
    H2BackendTotalStreams,

    /// <summary><c>h1_open_connections</c></summary>
    H1OpenConnections,

    /// <summary><c>h1_open_streams</c></summary>
    H1OpenStreams,

    /// <summary><c>h1_total_connections</c></summary>
    H1TotalConnections,

    /// <summary><c>h1_total_streams</c></summary>
    H1TotalStreams,

    /// <summary><c>h1_bytes_in</c></summary>
    H1BytesIn,

    /// <summary><c>h1_bytes_out</c></summary>
    H1BytesOut,

    /// <summary><c>h1_spliced_bytes_in</c></summary>
    H1SplicedBytesIn,

    /// <summary><c>h1_spliced_bytes_out</c></summary>
    H1SplicedBytesOut,
}
