using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Balance;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.State;
using FluentAssertions;
using System.Net;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Queues;

/// <summary>The rows are what the original did with servers that refuse connections: '=' the same server after a pause, '>' a new choice at once.</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 3, null, false, "===")]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 3, -1, false, ">>>")]
    [InlineData(BalanceAlgorithm.RoundRobin, 4, 3, 2, false, ">>>>")]
    [InlineData(BalanceAlgorithm.LeastConnections, 3, 3, -1, false, ">>>")]
    [InlineData(BalanceAlgorithm.First, 3, 3, -1, false, ">>>")]
    [InlineData(BalanceAlgorithm.Uri, 3, 3, -1, false, "==>")]
    [InlineData(BalanceAlgorithm.Uri, 3, 3, 1, false, ">>>")]
    [InlineData(BalanceAlgorithm.Uri, 3, 3, null, false, "===")]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 1, -1, false, "===")]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 2, null, true, "===")]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 2, -1, true, "==>")]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 2, 1, true, ">")]
    [InlineData(BalanceAlgorithm.RoundRobin, 5, 2, -2, true, "===>>")]
    [InlineData(BalanceAlgorithm.RoundRobin, 5, 2, 3, true, "==>>>")]
    [InlineData(BalanceAlgorithm.RoundRobin, 3, 1, 1, true, "===")]
    public void Retries_go_where_the_original_sends_them(BalanceAlgorithm algorithm, int retries, int servers, int? interval, bool persistent, string wanted)
    {
        var backend = Backend(algorithm, retries, servers, interval);
        var made = "";
        for (var left = retries - 1; made.Length < wanted.Length; left--)
        {
            var anew = RetryPolicy.ChoosesAnew(backend, persistent, isForced: false, left);
            made += anew ? '>' : '=';
            persistent &= !anew;
        }

        made.Should().Be(wanted);
    }

    [Fact]
    public void Force_persist_binds_to_the_server()
    {
        var backend = Backend(BalanceAlgorithm.RoundRobin, 5, 2, 1);
        RetryPolicy.ChoosesAnew(backend, true, isForced: true, 4).Should().BeFalse();
        RetryPolicy.ChoosesAnew(backend, true, isForced: true, 0).Should().BeFalse();
    }

    private static BackendState Backend(BalanceAlgorithm algorithm, int retries, int servers, int? interval)
    {
        var list = Enumerable.Range(1, servers).Select(i => new ServerConfig { Name = $"s{i}", Id = i, Endpoint = new IpEndpoint(IPAddress.Loopback, 9) }).ToArray();
        var backend = new ProxyState(new ProxyConfig
        {
            Name = "be",
            Id = 2,
            Capability = ProxyCapability.Backend,
            Options = interval is null ? 0 : ProxyOptions.Redispatch,
            Backend = new BackendConfig
            {
                Servers = ValueList.Create<ServerConfig>(list),
                Retries = retries,
                RedispatchInterval = interval ?? 0,
                Balance = new BalanceConfig { Algorithm = algorithm },
            },
        }, 1).Backend!;
        backend.Balancer = BalancerFactory.Make(backend);
        return backend;
    }
}
