using System.Net;
using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Servers;
using Dropin.Runtime.Proxy.State;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Servers;

public sealed class ServerRedirectTests
{
    [Theory]
    [InlineData("http://r.com/x", "/a/b?c=d", "http://r.com/x/a/b?c=d")]
    [InlineData("http://r.com/x", "http://x/a?b", "http://r.com/x/a?b")]
    [InlineData("/", "/p", "/p")]
    public void The_answer_is_the_originals(string prefix, string uri, string location)
    {
        var server = Server(prefix);
        var pool = new BufferPool(4096);
        var request = new HttpHead();
        var response = new HttpHead();
        request.Reset(pool);
        response.Reset(pool);
        request.StartRequest("GET"u8, Encoding.Latin1.GetBytes(uri));
        ServerRedirect.IsWanted(server, KnownMethod.Get).Should().BeTrue();
        ServerRedirect.Write(server, request, response).Should().BeTrue();
        response.Status.Should().Be(302);
        Enumerable.Range(0, response.FieldCount).Select(i => $"{Encoding.Latin1.GetString(response.NameOf(i))}: {Encoding.Latin1.GetString(response.ValueOf(i))}")
            .Should().Equal("cache-control: no-cache", "content-length: 0", $"location: {location}");
    }

    [Fact]
    public void Only_GET_and_HEAD_are_sent_away()
    {
        ServerRedirect.IsWanted(Server("http://r.com"), KnownMethod.Head).Should().BeTrue();
        ServerRedirect.IsWanted(Server("http://r.com"), KnownMethod.Options).Should().BeFalse();
        ServerRedirect.IsWanted(Server(null), KnownMethod.Get).Should().BeFalse();
    }

    private static ServerState Server(string? prefix)
    {
        var proxy = new ProxyState(new ProxyConfig
        {
            Name = "be",
            Id = 2,
            Capability = ProxyCapability.Backend,
            Backend = new BackendConfig { Servers = [new ServerConfig { Name = "s1", Id = 1, Endpoint = new IpEndpoint(IPAddress.Loopback, 9), RedirectPrefix = prefix }] },
        }, 1);
        return proxy.Backend!.Servers[0];
    }
}
