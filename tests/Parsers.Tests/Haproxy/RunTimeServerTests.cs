using System.Net;
using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;
using FluentAssertions;
using Xunit;

namespace Dropin.Parsers.Tests.Haproxy;

public sealed class RunTimeServerTests
{
    private static readonly ServerConfig s_first = new() { Name = "s1", Id = 1, Endpoint = new IpEndpoint(IPAddress.Loopback, 1), At = new SourceSpan("f.cfg", 7) };

    [Fact]
    public void A_server_gets_the_first_free_number_and_no_pool()
    {
        var read = Read("n 127.0.0.1:80 weight 3 backup");
        read.Error.Should().BeEmpty();
        read.Disabled.Should().BeNull();
        read.Config.Should().BeEquivalentTo(new
        {
            Name = "n", Id = 2, Weight = 3, Backup = true, AtRunTime = true, PoolMaxConnections = 0,
            Endpoint = new IpEndpoint(IPAddress.Loopback, 80),
        });
    }

    [Theory]
    [InlineData("n 127.0.0.1:80 send-proxy check", false)]
    [InlineData("n 127.0.0.1:80 send-proxy check check-send-proxy", true)]
    public void Checks_send_a_PROXY_header_only_where_that_is_said(string words, bool sends) => Read(words).Config!.Check!.SendProxy.Should().Be(sends);

    [Theory]
    [InlineData("n 127.0.0.1:80 enabled", false)]
    [InlineData("n 127.0.0.1:80 disabled", true)]
    public void Its_first_state_can_be_said(string words, bool disabled) => Read(words).Disabled.Should().Be(disabled);

    [Theory]
    [InlineData("n", "", "'server' expects <name> and <addr>[:<port>] as arguments.")]
    [InlineData("n! 127.0.0.1:80", "", "character '!' is not permitted in server name 'n!'.")]
    [InlineData("n 127.0.0.1:99999", "'server b/n' : ", "invalid port '99999'")]
    [InlineData("n 127.0.0.1:80 bogus", "'server b/n' : ", "unknown keyword 'bogus'.")]
    [InlineData("n 127.0.0.1:80 cookie c", "'server b/n' : ", "'cookie' option is not accepted for dynamic server")]
    [InlineData("n 127.0.0.1:80 id 1", "'server b/n' : ", "'id' : custom id 1 already used at f.cfg:7 ('server s1').")]
    [InlineData("n 127.0.0.1 check", "'server b/n' : ", "config: backend 'b': server 'n' has neither service port nor check port nor tcp_check rule 'connect' with port information.")]
    public void What_is_wrong_is_said_in_the_words_of_the_file(string words, string prefix, string error)
    {
        var read = Read(words);
        read.Config.Should().BeNull();
        (read.Prefix, read.Error).Should().Be((prefix, error));
    }

    private static RunTimeServer Read(string words) => RunTimeServer.Read("b", words.Split(' '), [s_first], hasPortElsewhere: false);
}
