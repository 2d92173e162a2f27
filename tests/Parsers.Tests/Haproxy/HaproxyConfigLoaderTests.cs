using System.Net;
using System.Text;
using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Haproxy;

public sealed class HaproxyConfigLoaderTests
{
    private const string File = """
        global
            log 127.0.0.1 local1 notice
            stats socket /run/admin.sock mode 660 level admin expose-fd listeners
            stats timeout 30s
            maxconn 4000
            daemon
        defaults
            log global
            mode http
            option httplog
            option forwardfor
            option httpclose
            timeout connect 10s
            timeout client 1m
            timeout server 1m
        listen stats_page
            bind 127.0.0.1:8080
            stats enable
            stats realm HAProxy Statistics
            stats uri /
            stats auth admin:secret
        frontend web
            bind 127.0.0.1:80-81 name a
            default_backend pool
        backend pool
            balance roundrobin
            cookie SVID insert indirect nocache maxlife 10m
            option httpchk GET /
            http-check expect status 200
            default-server inter 1s
            server web01 192.0.2.1:80 cookie web01 check inter 2000 rise 2 fall 5
            server web02 192.0.2.2 weight 5 backup

        """;

    [Theory]
    [InlineData("http", "", "", true, true)]
    [InlineData("http", "no option tcp-smart-accept", "", false, true)]
    [InlineData("http", "no option tcp-smart-accept", "option tcp-smart-accept", true, true)]
    [InlineData("http", "option tcp-smart-connect", "no option tcp-smart-connect", true, false)]
    [InlineData("http", "no option tcp-smart-connect", "default option tcp-smart-connect", true, true)]
    [InlineData("tcp", "", "", false, false)]
    [InlineData("tcp", "option tcp-smart-accept", "", true, false)]
    public void Packets_are_saved_by_themselves_in_http_mode(string mode, string inherited, string own, bool accept, bool connect)
    {
        var proxy = Load($"""
            defaults
                mode {mode}
                timeout connect 1s
                timeout client 1s
                timeout server 1s
                {inherited}
            listen l
                bind 127.0.0.1:80
                {own}

            """).Config!.Proxies.Single();

        proxy.Options.HasFlag(ProxyOptions.SmartAccept).Should().Be(accept);
        proxy.Options.HasFlag(ProxyOptions.SmartConnect).Should().Be(connect);
    }

    [Fact]
    public void A_configuration_becomes_a_tree_of_values()
    {
        var config = Load(File).Config!;

        config.Global.Daemon.Should().BeTrue();
        config.Global.MaxConnections.Should().Be(4000);
        config.Global.StatsTimeout.Should().Be(new Duration(30_000));
        config.Global.StatsSockets[0].Should().Match<BindConfig>(b => b.UnixMode == 0x1B0 && b.Level == CliLevel.Admin && b.ExposeListeners);
        config.Proxies.Select(p => p.Id).Should().Equal(2, 3, 4);

        var stats = config.Proxies[0].Stats!;
        stats.Realm.Should().Be("HAProxy");
        stats.Users[0].Should().Be(new StatsUser("admin", "secret"));

        var web = config.Proxies[1];
        web.Mode.Should().Be(ProxyMode.Http);
        web.ConnectionMode.Should().Be(HttpConnectionMode.Close);
        web.Logs.Should().ContainSingle().Which.MaxLevel.Should().Be(5);
        web.Frontend!.Binds.Select(b => (b.Endpoint, b.Name, b.Id)).Should().Equal(
            (new IpEndpoint(IPAddress.Loopback, 80), "a", 1), (new IpEndpoint(IPAddress.Loopback, 81), "a", 2));

        var pool = config.Proxies[2].Backend!;
        pool.Cookie.Should().Match<CookieConfig>(c => c.Mode == CookieMode.Insert && c.Indirect && c.NoCache && c.MaxLifeSeconds == 600);
        pool.Servers[0].Check.Should().Match<ServerCheckConfig>(c => c.Interval == new Duration(2000) && c.Rise == 2 && c.Fall == 5);
        pool.Servers[1].Should().Match<ServerConfig>(s => s.Weight == 5 && s.Backup && s.PortIsOffset && s.Check == null);
        var check = pool.Check.Should().BeOfType<ScriptCheckConfig>().Subject;
        check.Steps.Select(s => s.GetType().Name).Should().Equal("ConnectStep", "HttpSendStep", "ExpectStep");
    }

    [Fact]
    public void Comments_and_places_do_not_change_what_is_equal()
    {
        var one = Load(File).Config;
        var other = Load("# a comment on top\n\n" + File.Replace("    ", "\t", StringComparison.Ordinal)).Config;
        other.Should().Be(one);
        Load(File.Replace("weight 5", "weight 6", StringComparison.Ordinal)).Config.Should().NotBe(one);
    }

    [Fact]
    public void Variables_act_while_the_file_is_read()
    {
        var result = Load("global\n  setenv PORT 8081\nlisten x\n  bind \"127.0.0.1:${PORT}\"\n  bind \"127.0.0.1:${OTHER-8082}\"\n");
        result.Config!.Proxies[0].Frontend!.Binds.Select(b => ((IpEndpoint)b.Endpoint).Port).Should().Equal(8081, 8082);
        result.Config.Global.Environment.Should().Contain(new EnvironmentVariable("PORT", "8081"));
    }

    [Fact]
    public void A_word_that_is_not_executed_is_refused_with_file_and_line()
    {
        var result = Load("listen x\n  bind 127.0.0.1:80\n  stick-table type ip size 1m\n");
        result.Config.Should().BeNull();
        result.Diagnostics[0].Should().Match<Diagnostic>(d => d.Code == "not-executed" && d.At.Line == 3 && d.Sentence.Contains("stick-table"));
    }

    [Fact]
    public void Many_servers_are_read_in_linear_time()
    {
        var text = new StringBuilder("backend b\n");
        for (var i = 0; i < 20_000; i++)
            text.Append("  server s").Append(i).Append(" 10.0.0.1:80 id ").Append(i + 1).Append(" check\n");
        Load(text.ToString()).Config!.Proxies[0].Backend!.Servers.Count.Should().Be(20_000);
    }

    private static LoadResult Load(string text) => HaproxyConfigLoader.Load(["t.cfg"], new LoadOptions
    {
        Environment = new Dictionary<string, string>(),
        ReadFile = _ => Encoding.Latin1.GetBytes(text),
    });
}
