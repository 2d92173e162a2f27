using Dropin.Runtime.Admin;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Admin;

public sealed class StatRowTests
{
    private static readonly HaproxyConfig Config = new()
    {
        Global = new GlobalConfig { Threads = 1 },
        Proxies = ValueList.Create<ProxyConfig>(
        [
            new ProxyConfig
            {
                Name = "web",
                Capability = ProxyCapability.Listen,
                Id = 2,
                Mode = ProxyMode.Http,
                Frontend = new FrontendConfig { MaxConnections = 7 },
                Backend = new BackendConfig
                {
                    Servers = ValueList.Create<ServerConfig>(
                    [
                        new ServerConfig { Name = "a", Id = 1, Endpoint = new IpEndpoint(System.Net.IPAddress.Loopback, 80), Weight = 10 },
                        new ServerConfig { Name = "b", Id = 2, Endpoint = new IpEndpoint(System.Net.IPAddress.Loopback, 81), Disabled = true },
                    ]),
                },
            },
        ]),
    };

    private readonly AdminContext _context;

    public StatRowTests()
    {
        var engine = EngineBuilder.Build(Config, 100, static (MatchMethod _, bool _, string text, out string? error) =>
            {
                error = null;
                return new TextPattern(text);
            });
        _context = new AdminContext(engine, new EngineListeners(engine));
    }

    [Theory]
    [InlineData(-1, -1, "FRONTEND a b BACKEND")]
    [InlineData(1, -1, "FRONTEND")]
    [InlineData(6, -1, "a b BACKEND")]
    [InlineData(4, 2, "b")]
    [InlineData(0, -1, "")]
    public void A_query_chooses_rows(int kinds, int service, string expected) =>
        string.Join(' ', Rows(new StatQuery { Kinds = kinds, ServiceId = service }).Select(row => row[StatField.Svname].Text)).Should().Be(expected);

    [Fact]
    public void Hiding_leaves_out_servers_and_counts_them_behind_the_status()
    {
        var rows = Rows(new StatQuery { HideMaintenance = true });
        rows.Select(row => row[StatField.Svname].Text).Should().Equal("FRONTEND", "a", "BACKEND");
        rows[^1][StatField.Status].Text.Should().Be("UP (1/2)");
    }

    [Fact]
    public void Values_carry_their_kind_and_tags()
    {
        var rows = Rows(new StatQuery { ShowsLegends = true });
        rows[0][StatField.Slim].Should().Be(new StatValue(StatValueKind.Unsigned32, 7, null, new ValueTags(ValueOrigin.Config, ValueNature.Limit, ValueScope.Process)));
        rows[1][StatField.Addr].Text.Should().Be("127.0.0.1:80");
        rows[1][StatField.Act].Tags.Origin.Should().Be(ValueOrigin.Status);
        rows[3][StatField.Act].Tags.Origin.Should().Be(ValueOrigin.Metric);
        rows[1][StatField.Slim].Exists.Should().BeFalse();
        rows[2].Standing.Should().Be(RowStanding.Maintenance);
    }

    [Fact]
    public void Clearing_all_counters_sets_them_to_zero_and_keeps_what_is_under_way()
    {
        var frontend = _context.Engine.Proxies[0].Frontend!;
        frontend.Counters[0].Requests = 5;
        frontend.Sessions.Increment();
        Counters.Clear(_context, all: true);
        var row = Rows(new StatQuery())[0];
        row.Number(StatField.ReqTot).Should().Be(0);
        row.Number(StatField.Scur).Should().Be(1);
        row.Number(StatField.Smax).Should().Be(1);
    }

    [Fact]
    public void A_saved_state_restores_weight_orders_and_port()
    {
        var server = _context.Engine.Proxies[0].Backend!.Servers[0];
        new SavedServerState
        {
            Server = "a", Operational = Runtime.Proxy.State.OperationalState.Running, Admin = Runtime.Proxy.State.AdministrativeState.ForcedDrain,
            Weight = 33, InitialWeight = 10, SecondsSinceChange = 7, Port = 99,
        }.Restore(_context.Engine, server, 1_000_000_000);
        (server.UserWeight, server.IsDraining, server.Address.Port, server.LastChangeSeconds).Should().Be((33, true, 99, 993));
    }

    private List<StatRow> Rows(StatQuery query) => new StatCollector(_context, query, 0, 0).Rows().ToList();
}
