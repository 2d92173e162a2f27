namespace Dropin.Runtime.Ir.Expressions;

/// <summary>Sample fetches that the engine can execute (configuration manual 7.3.2 to 7.3.6); the manual's name stands with each.</summary>
public enum FetchKind
{
    /// <summary><c>always_false</c></summary>
    AlwaysFalse,

    /// <summary><c>always_true</c></summary>
    AlwaysTrue,

    /// <summary><c>http_auth_type</c></summary>
    AuthorizationType,

    /// <summary><c>http_auth</c></summary>
    Authorized,

    /// <summary><c>http_auth_group</c></summary>
    AuthorizedGroup,

    /// <summary><c>avg_queue</c></summary>
    BackendAverageQueue,

    /// <summary><c>connslots</c></summary>
    BackendConnectionSlots,

    /// <summary><c>be_conn</c></summary>
    BackendConnections,

    /// <summary><c>be_conn_free</c></summary>
    BackendFreeConnections,

    /// <summary><c>be_id</c></summary>
    BackendId,

    /// <summary><c>be_name</c></summary>
    BackendName,

    /// <summary><c>queue</c></summary>
    BackendQueue,

    /// <summary><c>be_server_timeout</c></summary>
    BackendServerTimeout,

    /// <summary><c>be_sess_rate</c></summary>
    BackendSessionRate,

    /// <summary><c>be_tunnel_timeout</c></summary>
    BackendTunnelTimeout,

    /// <summary><c>base</c></summary>
    Base,

    /// <summary><c>base32</c></summary>
    Base32,

    /// <summary><c>base32+src</c></summary>
    Base32Source,

    /// <summary><c>baseq</c></summary>
    BaseQuery,

    /// <summary><c>http_auth_pass</c></summary>
    BasicPassword,

    /// <summary><c>http_auth_user</c></summary>
    BasicUser,

    /// <summary><c>http_auth_bearer</c></summary>
    BearerToken,

    /// <summary><c>capture.req.method</c></summary>
    CapturedMethod,

    /// <summary><c>capture.req.hdr</c></summary>
    CapturedRequestHeader,

    /// <summary><c>capture.req.ver</c></summary>
    CapturedRequestVersion,

    /// <summary><c>capture.res.hdr</c></summary>
    CapturedResponseHeader,

    /// <summary><c>capture.res.ver</c></summary>
    CapturedResponseVersion,

    /// <summary><c>capture.req.uri</c></summary>
    CapturedUri,

    /// <summary><c>fc_dst</c></summary>
    ClientDestination,

    /// <summary><c>fc_dst_is_local</c></summary>
    ClientDestinationIsLocal,

    /// <summary><c>fc_dst_port</c></summary>
    ClientDestinationPort,

    /// <summary><c>fc_http_major</c></summary>
    ClientHttpMajor,

    /// <summary><c>fc_src</c></summary>
    ClientSource,

    /// <summary><c>fc_src_is_local</c></summary>
    ClientSourceIsLocal,

    /// <summary><c>fc_src_port</c></summary>
    ClientSourcePort,

    /// <summary><c>ipv4</c>, <c>ipv6</c></summary>
    ConstantAddress,

    /// <summary><c>bin</c></summary>
    ConstantBinary,

    /// <summary><c>bool</c></summary>
    ConstantBool,

    /// <summary><c>int</c></summary>
    ConstantInteger,

    /// <summary><c>meth</c></summary>
    ConstantMethod,

    /// <summary><c>env</c>, <c>str</c></summary>
    ConstantText,

    /// <summary><c>cur_server_timeout</c></summary>
    CurrentServerTimeout,

    /// <summary><c>cur_tunnel_timeout</c></summary>
    CurrentTunnelTimeout,

    /// <summary><c>date</c></summary>
    Date,

    /// <summary><c>date_us</c></summary>
    DateMicroseconds,

    /// <summary><c>dst</c></summary>
    Destination,

    /// <summary><c>dst_is_local</c></summary>
    DestinationIsLocal,

    /// <summary><c>dst_port</c></summary>
    DestinationPort,

    /// <summary><c>http_first_req</c></summary>
    FirstRequest,

    /// <summary><c>fe_client_timeout</c></summary>
    FrontendClientTimeout,

    /// <summary><c>fe_conn</c></summary>
    FrontendConnections,

    /// <summary><c>fe_defbe</c></summary>
    FrontendDefaultBackend,

    /// <summary><c>fe_id</c></summary>
    FrontendId,

    /// <summary><c>fe_name</c></summary>
    FrontendName,

    /// <summary><c>fe_req_rate</c></summary>
    FrontendRequestRate,

    /// <summary><c>fe_sess_rate</c></summary>
    FrontendSessionRate,

    /// <summary><c>hostname</c></summary>
    HostName,

    /// <summary><c>last_rule_file</c></summary>
    LastRuleFile,

    /// <summary><c>last_rule_line</c></summary>
    LastRuleLine,

    /// <summary><c>dst_conn</c></summary>
    ListenerConnections,

    /// <summary><c>so_id</c></summary>
    ListenerId,

    /// <summary><c>so_name</c></summary>
    ListenerName,

    /// <summary><c>method</c></summary>
    Method,

    /// <summary><c>path</c></summary>
    Path,

    /// <summary><c>pathq</c></summary>
    PathQuery,

    /// <summary><c>prio_class</c></summary>
    PriorityClass,

    /// <summary><c>prio_offset</c></summary>
    PriorityOffset,

    /// <summary><c>nbproc</c></summary>
    ProcessCount,

    /// <summary><c>proc</c></summary>
    ProcessNumber,

    /// <summary><c>fc_pp_authority</c></summary>
    ProxyHeaderAuthority,

    /// <summary><c>fc_rcvd_proxy</c></summary>
    ProxyHeaderReceived,

    /// <summary><c>fc_pp_unique_id</c></summary>
    ProxyHeaderUniqueId,

    /// <summary><c>query</c></summary>
    Query,

    /// <summary><c>rand</c></summary>
    Random,

    /// <summary><c>rdp_cookie</c>, <c>req.rdp_cookie</c></summary>
    RdpCookie,

    /// <summary><c>rdp_cookie_cnt</c>, <c>req.rdp_cookie_cnt</c></summary>
    RdpCookieCount,

    /// <summary><c>req.ssl_alpn</c></summary>
    RequestAlpn,

    /// <summary><c>req.body</c></summary>
    RequestBody,

    /// <summary><c>req.body_len</c></summary>
    RequestBodyLength,

    /// <summary><c>req.body_param</c></summary>
    RequestBodyParameter,

    /// <summary><c>req.body_size</c></summary>
    RequestBodySize,

    /// <summary><c>req.len</c>, <c>req_len</c></summary>
    RequestBufferLength,

    /// <summary><c>cook</c>, <c>req.cook</c>, <c>cookie</c></summary>
    RequestCookie,

    /// <summary><c>cook_cnt</c>, <c>req.cook_cnt</c></summary>
    RequestCookieCount,

    /// <summary><c>cook_val</c>, <c>req.cook_val</c></summary>
    RequestCookieValue,

    /// <summary><c>req.ssl_ec_ext</c></summary>
    RequestEllipticExtension,

    /// <summary><c>req.fhdr</c></summary>
    RequestFullHeader,

    /// <summary><c>req.fhdr_cnt</c></summary>
    RequestFullHeaderCount,

    /// <summary><c>req.hdr</c>, <c>hdr</c></summary>
    RequestHeader,

    /// <summary><c>req.hdr_ip</c>, <c>hdr_ip</c></summary>
    RequestHeaderAddress,

    /// <summary><c>req.hdr_cnt</c>, <c>hdr_cnt</c></summary>
    RequestHeaderCount,

    /// <summary><c>req.hdr_names</c></summary>
    RequestHeaderNames,

    /// <summary><c>req.hdr_val</c>, <c>hdr_val</c></summary>
    RequestHeaderValue,

    /// <summary><c>req.hdrs</c></summary>
    RequestHeaders,

    /// <summary><c>req.hdrs_bin</c></summary>
    RequestHeadersBinary,

    /// <summary><c>req.ssl_hello_type</c>, <c>req_ssl_hello_type</c></summary>
    RequestHelloType,

    /// <summary><c>req.ssl_ver</c>, <c>req_ssl_ver</c></summary>
    RequestHelloVersion,

    /// <summary><c>req.proto_http</c>, <c>req_proto_http</c></summary>
    RequestIsHttp,

    /// <summary><c>req.payload</c>, <c>payload</c></summary>
    RequestPayload,

    /// <summary><c>req.payload_lv</c>, <c>payload_lv</c></summary>
    RequestPayloadByLength,

    /// <summary><c>req.ssl_sni</c>, <c>req_ssl_sni</c></summary>
    RequestServerName,

    /// <summary><c>req.ssl_st_ext</c></summary>
    RequestTicketExtension,

    /// <summary><c>req.ver</c>, <c>req_ver</c></summary>
    RequestVersion,

    /// <summary><c>res.body</c></summary>
    ResponseBody,

    /// <summary><c>res.body_len</c></summary>
    ResponseBodyLength,

    /// <summary><c>res.body_size</c></summary>
    ResponseBodySize,

    /// <summary><c>res.len</c></summary>
    ResponseBufferLength,

    /// <summary><c>scook</c>, <c>res.cook</c></summary>
    ResponseCookie,

    /// <summary><c>scook_cnt</c>, <c>res.cook_cnt</c></summary>
    ResponseCookieCount,

    /// <summary><c>scook_val</c>, <c>res.cook_val</c></summary>
    ResponseCookieValue,

    /// <summary><c>res.fhdr</c></summary>
    ResponseFullHeader,

    /// <summary><c>res.fhdr_cnt</c></summary>
    ResponseFullHeaderCount,

    /// <summary><c>res.hdr</c>, <c>shdr</c></summary>
    ResponseHeader,

    /// <summary><c>res.hdr_ip</c>, <c>shdr_ip</c></summary>
    ResponseHeaderAddress,

    /// <summary><c>res.hdr_cnt</c>, <c>shdr_cnt</c></summary>
    ResponseHeaderCount,

    /// <summary><c>res.hdr_names</c></summary>
    ResponseHeaderNames,

    /// <summary><c>res.hdr_val</c>, <c>shdr_val</c></summary>
    ResponseHeaderValue,

    /// <summary><c>res.hdrs</c></summary>
    ResponseHeaders,

    /// <summary><c>res.hdrs_bin</c></summary>
    ResponseHeadersBinary,

    /// <summary><c>rep_ssl_hello_type</c>, <c>res.ssl_hello_type</c></summary>
    ResponseHelloType,

    /// <summary><c>res.payload</c></summary>
    ResponsePayload,

    /// <summary><c>res.payload_lv</c></summary>
    ResponsePayloadByLength,

    /// <summary><c>res.ver</c>, <c>resp_ver</c></summary>
    ResponseVersion,

    /// <summary><c>bc_dst</c></summary>
    ServerConnectionDestination,

    /// <summary><c>bc_dst_port</c></summary>
    ServerConnectionDestinationPort,

    /// <summary><c>bc_src</c></summary>
    ServerConnectionSource,

    /// <summary><c>bc_src_port</c></summary>
    ServerConnectionSourcePort,

    /// <summary><c>srv_conn</c></summary>
    ServerConnections,

    /// <summary><c>srv_conn_free</c></summary>
    ServerFreeConnections,

    /// <summary><c>bc_http_major</c></summary>
    ServerHttpMajor,

    /// <summary><c>srv_id</c></summary>
    ServerId,

    /// <summary><c>srv_iweight</c></summary>
    ServerInitialWeight,

    /// <summary><c>srv_is_up</c></summary>
    ServerIsUp,

    /// <summary><c>srv_name</c></summary>
    ServerName,

    /// <summary><c>srv_queue</c></summary>
    ServerQueue,

    /// <summary><c>srv_sess_rate</c></summary>
    ServerSessionRate,

    /// <summary><c>srv_uweight</c></summary>
    ServerUserWeight,

    /// <summary><c>srv_weight</c></summary>
    ServerWeight,

    /// <summary><c>src</c></summary>
    Source,

    /// <summary><c>src_is_local</c></summary>
    SourceIsLocal,

    /// <summary><c>src_port</c></summary>
    SourcePort,

    /// <summary><c>status</c></summary>
    Status,

    /// <summary><c>stopping</c></summary>
    Stopping,

    /// <summary><c>thread</c></summary>
    Thread,

    /// <summary><c>ssl_fc</c></summary>
    TlsClient,

    /// <summary><c>ssl_fc_alpn</c></summary>
    TlsClientAlpn,

    /// <summary><c>ssl_c_ca_err</c></summary>
    TlsClientCertificateAuthorityError,

    /// <summary><c>ssl_c_ca_err_depth</c></summary>
    TlsClientCertificateAuthorityErrorDepth,

    /// <summary><c>ssl_c_chain_der</c></summary>
    TlsClientCertificateChainDer,

    /// <summary><c>ssl_c_der</c></summary>
    TlsClientCertificateDer,

    /// <summary><c>ssl_c_err</c></summary>
    TlsClientCertificateError,

    /// <summary><c>ssl_c_i_dn</c></summary>
    TlsClientCertificateIssuer,

    /// <summary><c>ssl_c_key_alg</c></summary>
    TlsClientCertificateKeyAlgorithm,

    /// <summary><c>ssl_c_notafter</c></summary>
    TlsClientCertificateNotAfter,

    /// <summary><c>ssl_c_notbefore</c></summary>
    TlsClientCertificateNotBefore,

    /// <summary><c>ssl_c_serial</c></summary>
    TlsClientCertificateSerial,

    /// <summary><c>ssl_c_sha1</c></summary>
    TlsClientCertificateSha1,

    /// <summary><c>ssl_c_sig_alg</c></summary>
    TlsClientCertificateSignatureAlgorithm,

    /// <summary><c>ssl_c_s_dn</c></summary>
    TlsClientCertificateSubject,

    /// <summary><c>ssl_c_used</c></summary>
    TlsClientCertificateUsed,

    /// <summary><c>ssl_c_verify</c></summary>
    TlsClientCertificateVerify,

    /// <summary><c>ssl_c_version</c></summary>
    TlsClientCertificateVersion,

    /// <summary><c>ssl_fc_cipher</c></summary>
    TlsClientCipher,

    /// <summary><c>ssl_fc_alg_keysize</c></summary>
    TlsClientCipherKeySize,

    /// <summary><c>ssl_fc_client_random</c></summary>
    TlsClientClientRandom,

    /// <summary><c>ssl_fc_err</c></summary>
    TlsClientError,

    /// <summary><c>ssl_fc_err_str</c></summary>
    TlsClientErrorText,

    /// <summary><c>ssl_fc_has_crt</c></summary>
    TlsClientHasCertificate,

    /// <summary><c>ssl_fc_has_early</c></summary>
    TlsClientHasEarly,

    /// <summary><c>ssl_fc_has_sni</c></summary>
    TlsClientHasServerName,

    /// <summary><c>ssl_fc_is_resumed</c></summary>
    TlsClientIsResumed,

    /// <summary><c>ssl_fc_npn</c></summary>
    TlsClientNpn,

    /// <summary><c>ssl_fc_protocol</c></summary>
    TlsClientProtocol,

    /// <summary><c>ssl_fc_protocol_hello_id</c></summary>
    TlsClientProtocolHelloId,

    /// <summary><c>ssl_fc_sni</c></summary>
    TlsClientServerName,

    /// <summary><c>ssl_fc_server_random</c></summary>
    TlsClientServerRandom,

    /// <summary><c>ssl_fc_session_id</c></summary>
    TlsClientSessionId,

    /// <summary><c>ssl_fc_session_key</c></summary>
    TlsClientSessionKey,

    /// <summary><c>ssl_fc_unique_id</c></summary>
    TlsClientUniqueId,

    /// <summary><c>ssl_fc_use_keysize</c></summary>
    TlsClientUsedKeySize,

    /// <summary><c>ssl_f_der</c></summary>
    TlsFrontendCertificateDer,

    /// <summary><c>ssl_f_i_dn</c></summary>
    TlsFrontendCertificateIssuer,

    /// <summary><c>ssl_f_key_alg</c></summary>
    TlsFrontendCertificateKeyAlgorithm,

    /// <summary><c>ssl_f_notafter</c></summary>
    TlsFrontendCertificateNotAfter,

    /// <summary><c>ssl_f_notbefore</c></summary>
    TlsFrontendCertificateNotBefore,

    /// <summary><c>ssl_f_serial</c></summary>
    TlsFrontendCertificateSerial,

    /// <summary><c>ssl_f_sha1</c></summary>
    TlsFrontendCertificateSha1,

    /// <summary><c>ssl_f_sig_alg</c></summary>
    TlsFrontendCertificateSignatureAlgorithm,

    /// <summary><c>ssl_f_s_dn</c></summary>
    TlsFrontendCertificateSubject,

    /// <summary><c>ssl_f_version</c></summary>
    TlsFrontendCertificateVersion,

    /// <summary><c>ssl_bc</c></summary>
    TlsServer,

    /// <summary><c>ssl_bc_alpn</c></summary>
    TlsServerAlpn,

    /// <summary><c>ssl_bc_cipher</c></summary>
    TlsServerCipher,

    /// <summary><c>ssl_bc_is_resumed</c></summary>
    TlsServerIsResumed,

    /// <summary><c>ssl_bc_protocol</c></summary>
    TlsServerProtocol,

    /// <summary><c>unique-id</c></summary>
    UniqueId,

    /// <summary><c>url</c></summary>
    Url,

    /// <summary><c>url32</c></summary>
    Url32,

    /// <summary><c>url32+src</c></summary>
    Url32Source,

    /// <summary><c>url_ip</c></summary>
    UrlAddress,

    /// <summary><c>url_param</c>, <c>urlp</c></summary>
    UrlParameter,

    /// <summary><c>urlp_val</c></summary>
    UrlParameterValue,

    /// <summary><c>url_port</c></summary>
    UrlPort,

    /// <summary><c>nbsrv</c></summary>
    UsableServers,

    /// <summary><c>uuid</c></summary>
    Uuid,

    /// <summary><c>var</c></summary>
    Variable,

    /// <summary><c>wait_end</c></summary>
    WaitEnd,
}
