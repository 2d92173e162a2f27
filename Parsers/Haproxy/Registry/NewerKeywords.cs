namespace Dropin.Parsers.Haproxy.Registry;

/// <summary>Words that HAProxy learned between 2.6 and 3.5. They are answered as 2.6 answers them: as unknown.</summary>
internal static class NewerKeywords
{
    // kind | where | word
    private const string Data = """
        config|acme|account-key
        config|acme|acme-vars
        config|acme|bits
        config|acme|challenge
        config|acme|challenge-ready
        config|acme|contact
        config|acme|curves
        config|acme|directory
        config|acme|dns-delay
        config|acme|dns-timeout
        config|acme|eab-key-id
        config|acme|eab-mac-alg
        config|acme|eab-mac-key
        config|acme|keytype
        config|acme|map
        config|acme|profile
        config|acme|provider-name
        config|acme|reuse-key
        config|crt-list|client-sigalgs +1
        config|crt-list|ktls +1
        config|crt-list|no-alpn
        config|crt-list|sigalgs +1
        config|crt-store|crt-base
        config|crt-store|key-base
        config|crt-store|load
        config|global|acme.scheduler
        config|global|chroot
        config|global|cpu-affinity
        config|global|cpu-policy
        config|global|cpu-set
        config|global|daemon
        config|global|dns-accept-family
        config|global|expose-deprecated-directives
        config|global|expose-experimental-directives
        config|global|force-cfg-parser-pause
        config|global|h1-do-not-close-on-insecure-transfer-encoding
        config|global|harden.reject-privileged-ports.quic
        config|global|harden.reject-privileged-ports.tcp
        config|global|http-err-codes
        config|global|http-fail-codes
        config|global|httpclient.resolvers.disabled
        config|global|httpclient.retries
        config|global|httpclient.timeout.connect
        config|global|jwt.decrypt_alg_list
        config|global|jwt.decrypt_enc_list
        config|global|key-base
        config|global|localpeer
        config|global|master-worker
        config|global|max-threads-per-group
        config|global|nbproc
        config|global|noepoll
        config|global|noevports
        config|global|nokqueue
        config|global|noktls
        config|global|nopoll
        config|global|ocsp-update.disable
        config|global|ocsp-update.httpproxy
        config|global|ocsp-update.maxdelay
        config|global|ocsp-update.mindelay
        config|global|ocsp-update.mode
        config|global|pidfile
        config|global|prealloc-fd
        config|global|presetenv
        config|global|quiet
        config|global|resetenv
        config|global|setcap
        config|global|setenv
        config|global|shm-stats-file
        config|global|shm-stats-file-max-objects
        config|global|ssl-default-bind-client-sigalgs
        config|global|ssl-default-bind-sigalgs
        config|global|ssl-default-server-client-sigalgs
        config|global|ssl-default-server-curves
        config|global|ssl-default-server-sigalgs
        config|global|ssl-engine
        config|global|ssl-passphrase-cmd
        config|global|ssl-security-level
        config|global|stress-level
        config|global|thread-hard-limit
        config|global|tune.applet.zero-copy-forwarding
        config|global|tune.buffers.limit
        config|global|tune.buffers.reserve
        config|global|tune.bufsize
        config|global|tune.bufsize.large
        config|global|tune.bufsize.small
        config|global|tune.chksize
        config|global|tune.cli.max-payload-size
        config|global|tune.comp.maxlevel
        config|global|tune.defaults.purge
        config|global|tune.disable-fast-forward
        config|global|tune.disable-zero-copy-forwarding
        config|global|tune.epoll.mask-events
        config|global|tune.events.max-events-at-once
        config|global|tune.fd.tables
        config|global|tune.glitches.kill.cpu-usage
        config|global|tune.h1.be.glitches-threshold
        config|global|tune.h1.fe.glitches-threshold
        config|global|tune.h1.zero-copy-fwd-recv
        config|global|tune.h1.zero-copy-fwd-send
        config|global|tune.h2.be.glitches-threshold
        config|global|tune.h2.be.initial-window-size
        config|global|tune.h2.be.max-concurrent-streams
        config|global|tune.h2.be.max-frames-at-once
        config|global|tune.h2.be.rxbuf
        config|global|tune.h2.fe.glitches-threshold
        config|global|tune.h2.fe.initial-window-size
        config|global|tune.h2.fe.max-concurrent-streams
        config|global|tune.h2.fe.max-frames-at-once
        config|global|tune.h2.fe.max-rst-at-once
        config|global|tune.h2.fe.max-total-streams
        config|global|tune.h2.fe.rxbuf
        config|global|tune.h2.log-errors
        config|global|tune.h2.zero-copy-fwd-send
        config|global|tune.http.cookielen
        config|global|tune.http.logurilen
        config|global|tune.http.maxhdr
        config|global|tune.idletimer
        config|global|tune.listener.default-shards
        config|global|tune.lua.bool-sample-conversion
        config|global|tune.lua.burst-timeout
        config|global|tune.lua.log.loggers
        config|global|tune.lua.log.stderr
        config|global|tune.lua.openlibs
        config|global|tune.max-checks-per-thread
        config|global|tune.max-rules-at-once
        config|global|tune.maxaccept
        config|global|tune.maxpollevents
        config|global|tune.maxrewrite
        config|global|tune.memory.hot-size
        config|global|tune.notsent-lowat.client
        config|global|tune.notsent-lowat.server
        config|global|tune.pattern.cache-size
        config|global|tune.pipesize
        config|global|tune.pt.zero-copy-forwarding
        config|global|tune.quic.be.cc.cubic-min-losses
        config|global|tune.quic.be.cc.hystart
        config|global|tune.quic.be.cc.max-frame-loss
        config|global|tune.quic.be.cc.max-win-size
        config|global|tune.quic.be.cc.reorder-ratio
        config|global|tune.quic.be.max-idle-timeout
        config|global|tune.quic.be.sec.glitches-threshold
        config|global|tune.quic.be.stream.data-ratio
        config|global|tune.quic.be.stream.max-concurrent
        config|global|tune.quic.be.stream.rxbuf
        config|global|tune.quic.be.tx.pacing
        config|global|tune.quic.be.tx.udp-gso
        config|global|tune.quic.fe.cc.cubic-min-losses
        config|global|tune.quic.fe.cc.hystart
        config|global|tune.quic.fe.cc.max-frame-loss
        config|global|tune.quic.fe.cc.max-win-size
        config|global|tune.quic.fe.cc.reorder-ratio
        config|global|tune.quic.fe.max-idle-timeout
        config|global|tune.quic.fe.sec.glitches-threshold
        config|global|tune.quic.fe.sec.retry-threshold
        config|global|tune.quic.fe.sock-per-conn
        config|global|tune.quic.fe.stream.data-ratio
        config|global|tune.quic.fe.stream.max-concurrent
        config|global|tune.quic.fe.stream.max-total
        config|global|tune.quic.fe.stream.rxbuf
        config|global|tune.quic.fe.tx.pacing
        config|global|tune.quic.fe.tx.udp-gso
        config|global|tune.quic.listen
        config|global|tune.quic.mem.tx-max
        config|global|tune.quic.zero-copy-fwd-send
        config|global|tune.rcvbuf.backend
        config|global|tune.rcvbuf.client
        config|global|tune.rcvbuf.frontend
        config|global|tune.rcvbuf.server
        config|global|tune.recv_enough
        config|global|tune.renice.runtime
        config|global|tune.renice.startup
        config|global|tune.ring.queues
        config|global|tune.runqueue-depth
        config|global|tune.sndbuf.backend
        config|global|tune.sndbuf.client
        config|global|tune.sndbuf.frontend
        config|global|tune.sndbuf.server
        config|global|tune.ssl.certificate-compression
        config|global|tune.ssl.keyupdate-rate-limit
        config|global|tune.ssl.ocsp-update.maxdelay
        config|global|tune.ssl.ocsp-update.mindelay
        config|global|tune.stick-counters
        config|global|tune.streams-elasticity
        config|global|tune.takeover-other-tg-connections
        config|global|unsetenv
        config|global|warn-blocked-traffic-after
        config|global|zero-warning
        config|defaults, frontend, backend, listen|be-unpublished
        bind|bind, stats socket|cc
        bind|bind, stats socket|guid-prefix
        bind|bind, stats socket|idle-ping
        bind|bind, stats socket|label
        bind|bind, stats socket|nbconn
        bind|bind, stats socket|quic-cc-algo
        bind|bind, stats socket|quic-force-retry
        bind|bind, stats socket|quic-socket
        bind|bind, stats socket|client-sigalgs
        bind|bind, stats socket|default-crt
        bind|bind, stats socket|ktls
        bind|bind, stats socket|no-alpn
        bind|bind, stats socket|no-strict-sni
        bind|bind, stats socket|sigalgs
        bind|bind, stats socket|tls-tickets
        bind|bind, stats socket|tcp-md5sig
        bind|bind, stats socket|tcp-ss
        config|defaults, frontend, backend, listen|filter-sequence
        config|defaults, frontend, backend, listen|force-be-switch
        config|defaults, frontend, backend, listen|guid
        config|defaults, frontend, backend, listen|hash-preserve-affinity
        action|http-after-response|add-headers-bin
        action|http-after-response|del-acl(*)
        action|http-after-response|del-headers-bin
        action|http-after-response|del-map(*)
        action|http-after-response|do-log
        action|http-after-response|sc-add-gpc(*)
        action|http-after-response|sc-inc-gpc(*)
        action|http-after-response|sc-inc-gpc0(*)
        action|http-after-response|sc-inc-gpc1(*)
        action|http-after-response|sc-set-gpt(*)
        action|http-after-response|sc-set-gpt0(*)
        action|http-after-response|set-headers-bin
        action|http-after-response|set-log-level
        action|http-after-response|set-map(*)
        action|http-request|add-headers-bin
        action|http-request|del-headers-bin
        action|http-request|do-log
        action|http-request|pause
        action|http-request|sc-add-gpc(*)
        action|http-request|set-bandwidth-limit
        action|http-request|set-bc-mark
        action|http-request|set-bc-tos
        action|http-request|set-fc-mark
        action|http-request|set-fc-tos
        action|http-request|set-headers-bin
        action|http-request|set-retries
        action|http-response|add-headers-bin
        action|http-response|del-headers-bin
        action|http-response|do-log
        action|http-response|pause
        action|http-response|sc-add-gpc(*)
        action|http-response|set-bandwidth-limit
        action|http-response|set-fc-mark
        action|http-response|set-fc-tos
        action|http-response|set-headers-bin
        action|http-response|set-timeout
        config|defaults, frontend, backend, listen|log-steps
        option|defaults, frontend, backend, listen|accept-unsafe-violations-in-http-request
        option|defaults, frontend, backend, listen|accept-unsafe-violations-in-http-response
        option|defaults, frontend, backend, listen|http-drop-request-trailers
        option|defaults, frontend, backend, listen|http-drop-response-trailers
        config|defaults, frontend, backend, listen|quic-initial
        server|server, default-server, server-template|cc
        server|server, default-server, server-template|check-pool-conn-name
        server|server, default-server, server-template|check-reuse-pool
        server|server, default-server, server-template|check-sni-auto
        server|server, default-server, server-template|client-sigalgs
        server|server, default-server, server-template|curves
        server|server, default-server, server-template|guid
        server|server, default-server, server-template|hash-key
        server|server, default-server, server-template|healthcheck
        server|server, default-server, server-template|idle-ping
        server|server, default-server, server-template|init-state
        server|server, default-server, server-template|ktls
        server|server, default-server, server-template|log-bufsize
        server|server, default-server, server-template|no-check-reuse-pool
        server|server, default-server, server-template|no-check-sni-auto
        server|server, default-server, server-template|no-renegotiate
        server|server, default-server, server-template|no-sni-auto
        server|server, default-server, server-template|pool-conn-name
        server|server, default-server, server-template|quic-cc-algo
        server|server, default-server, server-template|renegotiate
        server|server, default-server, server-template|set-proxy-v2-tlv-fmt
        server|server, default-server, server-template|shard
        server|server, default-server, server-template|sigalgs
        server|server, default-server, server-template|sni-auto
        server|server, default-server, server-template|strict-maxconn
        server|server, default-server, server-template|tcp-md5sig
        config|defaults, frontend, backend, listen|ssl-f-use
        action|tcp-request connection|do-log
        action|tcp-request connection|sc-add-gpc(*)
        action|tcp-request connection|set-fc-mark
        action|tcp-request connection|set-fc-tos
        action|tcp-request content|do-log
        action|tcp-request content|sc-add-gpc(*)
        action|tcp-request content|set-bandwidth-limit
        action|tcp-request content|set-bc-mark
        action|tcp-request content|set-bc-tos
        action|tcp-request content|set-fc-mark
        action|tcp-request content|set-fc-tos
        action|tcp-request content|set-retries
        action|tcp-request session|attach-srv
        action|tcp-request session|do-log
        action|tcp-request session|sc-add-gpc(*)
        action|tcp-request session|set-fc-mark
        action|tcp-request session|set-fc-tos
        action|tcp-response content|do-log
        action|tcp-response content|sc-add-gpc(*)
        action|tcp-response content|set-bandwidth-limit
        action|tcp-response content|set-fc-mark
        action|tcp-response content|set-fc-tos
        config|traces|trace
        config|userlist|group
        config|userlist|user
        converter||aes_cbc_dec
        converter||aes_cbc_enc
        converter||aes_gcm_enc
        converter||base2
        converter||date
        converter||eth.data
        converter||eth.dst
        converter||eth.hdr
        converter||eth.proto
        converter||eth.src
        converter||eth.vlan
        converter||fe_exists
        converter||has_ctl
        converter||ip.data
        converter||ip.df
        converter||ip.dst
        converter||ip.fp
        converter||ip.hdr
        converter||ip.proto
        converter||ip.src
        converter||ip.tos
        converter||ip.ttl
        converter||ip.ver
        converter||jwt_decrypt_cert
        converter||jwt_decrypt_jwk
        converter||jwt_decrypt_secret
        converter||jwt_verify_cert
        converter||le2dec
        converter||map_beg_key
        converter||map_dir_key
        converter||map_dom_key
        converter||map_end_key
        converter||map_int_key
        converter||map_ip_key
        converter||map_reg_key
        converter||map_str_key
        converter||map_sub_key
        converter||ms_ltime
        converter||ms_utime
        converter||param
        converter||reverse
        converter||reverse_dom
        converter||rfc7239_field
        converter||rfc7239_is_valid
        converter||rfc7239_n2nn
        converter||rfc7239_n2np
        converter||rfc7239_nn
        converter||rfc7239_np
        converter||srv_is_up
        converter||table_clr_gpc
        converter||table_clr_gpc0
        converter||table_clr_gpc1
        converter||table_glitch_cnt
        converter||table_glitch_rate
        converter||table_inc_gpc
        converter||table_inc_gpc0
        converter||table_inc_gpc1
        converter||tcp.dst
        converter||tcp.flags
        converter||tcp.options.mss
        converter||tcp.options.sack
        converter||tcp.options.tsopt
        converter||tcp.options.tsval
        converter||tcp.options.wscale
        converter||tcp.options.wsopt
        converter||tcp.options_list
        converter||tcp.seq
        converter||tcp.src
        converter||tcp.win
        converter||us_ltime
        converter||us_utime
        converter||when
        converter||x509_v_err_str
        fetch||accept_date
        fetch||acl
        fetch||act_conn
        fetch||bc.timer.connect
        fetch||bc_be_queue
        fetch||bc_err_name
        fetch||bc_glitches
        fetch||bc_nb_streams
        fetch||bc_reused
        fetch||bc_rtt
        fetch||bc_rttvar
        fetch||bc_settings_streams_limit
        fetch||bc_srv_queue
        fetch||be_connect_timeout
        fetch||be_max_retries
        fetch||be_queue_timeout
        fetch||be_tarpit_timeout
        fetch||bs.aborted
        fetch||bs.debug_str
        fetch||bs.id
        fetch||bs.rst_code
        fetch||bytes_in
        fetch||bytes_out
        fetch||cpu_usage_grp
        fetch||cpu_usage_proc
        fetch||cpu_usage_thr
        fetch||cur_client_timeout
        fetch||cur_connect_timeout
        fetch||cur_max_retries
        fetch||cur_queue_timeout
        fetch||cur_tarpit_timeout
        fetch||dump_all_vars
        fetch||fc.timer.handshake
        fetch||fc.timer.total
        fetch||fc_err_name
        fetch||fc_glitches
        fetch||fc_nb_streams
        fetch||fc_pp_tlv
        fetch||fc_saved_syn
        fetch||fc_settings_streams_limit
        fetch||fe_tarpit_timeout
        fetch||fs.aborted
        fetch||fs.debug_str
        fetch||fs.id
        fetch||fs.rst_code
        fetch||last_entity
        fetch||pid
        fetch||quic_enabled
        fetch||req.bytes_in
        fetch||req.bytes_out
        fetch||req.cook_names
        fetch||req.ssl_cipherlist
        fetch||req.ssl_keyshare_groups
        fetch||req.ssl_sigalgs
        fetch||req.ssl_supported_groups
        fetch||req.timer.hdr
        fetch||req.timer.idle
        fetch||req.timer.queue
        fetch||req.timer.tq
        fetch||request_date
        fetch||res.bytes_in
        fetch||res.bytes_out
        fetch||res.cook_names
        fetch||res.timer.data
        fetch||res.timer.hdr
        fetch||sc0_glitch_cnt
        fetch||sc0_glitch_rate
        fetch||sc0_key
        fetch||sc1_glitch_cnt
        fetch||sc1_glitch_rate
        fetch||sc1_key
        fetch||sc2_glitch_cnt
        fetch||sc2_glitch_rate
        fetch||sc2_key
        fetch||sc_glitch_cnt
        fetch||sc_glitch_rate
        fetch||sc_key
        fetch||server_status
        fetch||spoe.engine-id
        fetch||src_glitch_cnt
        fetch||src_glitch_rate
        fetch||ssl_bc_client_early_traffic_secret
        fetch||ssl_bc_client_handshake_traffic_secret
        fetch||ssl_bc_client_traffic_secret_0
        fetch||ssl_bc_curve
        fetch||ssl_bc_early_exporter_secret
        fetch||ssl_bc_exporter_secret
        fetch||ssl_bc_server_handshake_traffic_secret
        fetch||ssl_bc_server_traffic_secret_0
        fetch||ssl_bc_sni
        fetch||ssl_c_policies
        fetch||ssl_c_r_dn
        fetch||ssl_c_san
        fetch||ssl_fc_crtname
        fetch||ssl_fc_curve
        fetch||ssl_fc_early_rcvd
        fetch||ssl_fc_sigalgs_bin
        fetch||ssl_fc_supported_versions_bin
        fetch||term_events
        fetch||tgroup
        fetch||txn.conn_retries
        fetch||txn.id32
        fetch||txn.redispatched
        fetch||txn.sess_term_state
        fetch||txn.status
        fetch||txn.timer.total
        fetch||txn.timer.user
        fetch||uptime
        fetch||waiting_entity
        filter||bwlim-in
        filter||bwlim-out
        filter||comp-req
        filter||comp-res
        """;

    /// <summary>One entry for each.</summary>
    public static IEnumerable<KeywordEntry> Entries
    {
        get
        {
            foreach (var line in Data.Split('\n'))
            {
                var part = line.Split('|');
                yield return new KeywordEntry(part[0], part[1], part[2], KeywordStatus.Foreign, "newer than 2.6");
            }
        }
    }
}
