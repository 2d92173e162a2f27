using System.Text;

namespace Dropin.Benchmarks;

/// <summary>The configurations of the rows; every program gets the same text but for its own port.</summary>
internal static class Configs
{
    private const string Head = """
        global
            nbthread 1
            maxconn 9000
        defaults
            timeout connect 10s
            timeout client 60s
            timeout server 60s
            timeout http-keep-alive 60s

        """;

    public static string Http(int port, int origin) => Head + $"""
            mode http
        frontend f
            bind 127.0.0.1:{port}
            default_backend b
        backend b
            server s 127.0.0.1:{origin}

        """;

    public static string Tcp(int port, int origin) => Head + $"""
            mode tcp
        frontend f
            bind 127.0.0.1:{port}
            default_backend b
        backend b
            server s 127.0.0.1:{origin}

        """;

    /// <summary>
    /// The document's configuration on loopback: its proxies line by line, without what needs root or its host (chroot, user, daemon,
    /// error files). Its log line has the level notice, at which a good request is not logged; here requests are logged, as the row says.
    /// </summary>
    public static string Document(int port, int origin, int syslog) => $"""
        global
            log 127.0.0.1:{syslog} local1
            nbthread 1
            maxconn 4000
        defaults
            log global
            mode    http
            option  httplog
            option  dontlognull
            option  forwardfor
            option  httpclose
            timeout http-request 10s
            timeout http-keep-alive 10s
            timeout connect 10s
            timeout client  1m
            timeout server  1m
            timeout queue   1m
        frontend haproxy
            bind    127.0.0.1:{port}
            mode    http
            default_backend server
        backend server
            mode    http
            balance roundrobin
            cookie  SVID insert indirect nocache maxlife 10m
            option  httpchk GET /
            http-check expect status 200
            server web01 127.0.0.1:{origin} cookie web01 check inter 2000 rise 2 fall 5
            server web02 127.0.0.1:{origin} cookie web02 check inter 2000 rise 2 fall 5

        """;

    public static string Rules(int port, int origin)
    {
        var text = new StringBuilder(Head).Append($"""
                mode http
            frontend f
                bind 127.0.0.1:{port}
                stick-table type ip size 10k expire 60s store http_req_rate(10s),conn_cur
                http-request track-sc0 src
                http-request set-var(txn.host) req.hdr(host),lower
                http-request set-var(txn.path) path

            """);
        for (var i = 0; i < 10; i++) text.AppendLine($"    acl prefix{i} path_beg -i /app{i}/ /static{i}/");
        for (var i = 0; i < 10; i++) text.AppendLine($"    acl host{i} hdr(host) -i www{i}.example.com api{i}.example.com");
        for (var i = 0; i < 8; i++) text.AppendLine($"    acl net{i} src 10.{i}.0.0/16 192.168.{i}.0/24");
        for (var i = 0; i < 6; i++) text.AppendLine($"    acl regex{i} path_reg ^/user/[0-9]+/item{i}$");
        for (var i = 0; i < 6; i++) text.AppendLine($"    acl var{i} var(txn.path) -m end .ext{i}");
        // One rule a condition: each of the 40 is evaluated on each request.
        foreach (var (name, count) in new[] { ("prefix", 10), ("host", 10), ("net", 8), ("regex", 6), ("var", 6) })
            for (var i = 0; i < count; i++) text.AppendLine($"    http-request deny if {name}{i}");
        return text.Append($$"""
                http-request deny deny_status 429 if { sc_http_req_rate(0) gt 100000000 }
                http-request set-header X-Forwarded-Proto http
                http-request add-header X-Path %[var(txn.path)]
                http-request replace-header User-Agent (.*)/(.*) \1-\2
                http-request del-header X-Secret
                http-response set-header X-Served-By %b
                http-response del-header Server
                use_backend b if prefix0 || net0 || net1
                default_backend b
            backend b
                server s 127.0.0.1:{{origin}}

            """).ToString();
    }

    /// <summary>About 40,000 lines with 20,000 servers.</summary>
    public static string Large(int port)
    {
        var text = new StringBuilder(Head).Append($"""
                mode http
            frontend f
                bind 127.0.0.1:{port}

            """);
        const int Backends = 2000, Servers = 10;
        for (var i = 0; i < Backends; i++) text.AppendLine($"    use_backend b{i} if {{ hdr(host) -i site{i}.example.com }}");
        for (var i = 0; i < Backends; i++)
        {
            text.AppendLine($"backend b{i}").AppendLine("    balance roundrobin").AppendLine("    option httpchk GET /health")
                .AppendLine("    http-check expect status 200").AppendLine("    timeout server 30s").AppendLine("    timeout connect 5s")
                .AppendLine("    option forwardfor").AppendLine("    retries 2").AppendLine("    option redispatch");
            for (var s = 0; s < Servers; s++)
                text.AppendLine($"    server s{s} 10.{i / 250}.{i % 250}.{s + 1}:8080 check inter 2000 rise 2 fall 5 weight {s + 1}");
        }
        return text.ToString();
    }
}
