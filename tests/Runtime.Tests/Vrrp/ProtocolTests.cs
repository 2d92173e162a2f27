using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Version 3's intervals, sequence numbers, unicast, lost addresses: the parts that elections do not show.</summary>
public sealed class ProtocolTests
{
    private static readonly InstanceConfig Version3 = Instance() with { Version = 3, AdvertInterval = TimeSpan.FromSeconds(0.5) };

    [Fact]
    public void Version_3_learns_the_interval_of_its_master_and_goes_back_to_its_own()
    {
        var router = new Router(Version3).Start().UntilMaster();
        router.Hear(200, change: new Advert { Interval = 200 });
        router.Take().Should().Contain(new IntervalLearnt("V", 500, 2000));
        router.Only.MasterDownInterval.Should().Be(6_828_125);
        router.Hear(200, change: new Advert { Interval = 10 });
        router.Only.MasterDownInterval.Should().Be(341_406);
        router.Take();
        router.Wait(0.341406).Take().Should().Contain(new IntervalRestored("V", 100, 500));
        router.Only.MasterDownInterval.Should().Be(1_707_031);
    }

    [Fact]
    public void Version_3_counts_the_skew_in_the_masters_interval()
    {
        var router = new Router(Version3).Start();
        router.Hear(200, change: new Advert { Interval = 200 });
        router.Hear(0, change: new Advert { Interval = 200 });
        router.Wait(0.828124).Only.State.Should().Be(VrrpState.Backup);
        router.Wait(0.000001).Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void Sequence_numbers_follow_those_of_others()
    {
        var secret = "secret12"u8.ToArray();
        var router = new Router(Instance() with { Authentication = new AuthenticationConfig(AuthenticationKind.Header, [.. secret]) }).Start().UntilMaster();
        router.Only.Sequence.Should().Be(2);
        Hear(90, 50);
        router.Take().Should().Contain(new SequenceFollowed("V"));
        router.Only.Sequence.Should().Be(52, "the original follows to 51 and sends 52");
        Hear(200, 60);
        router.Only.Sequence.Should().Be(60);
        router.Take();
        Hear(200, 60);
        router.Story().Should().Be("discarded:Replayed");
        Hear(0, 62);
        router.Wait(0.42).Only.Sequence.Should().Be(63);

        void Hear(int priority, uint sequence) => router.Hear(priority, change: new Advert { Kind = 2, Password = secret, Sequence = sequence });
    }

    [Theory]
    [InlineData(150, "10.9.0.2", VrrpState.Backup)]
    [InlineData(200, "10.9.0.0", VrrpState.Backup)]
    [InlineData(150, "10.9.0.0", VrrpState.Master)]
    public void Two_masters_that_count_the_same_numbers_do_not_stay_two(int priority, string sender, VrrpState state)
    {
        var router = new Router(Instance() with { Authentication = new AuthenticationConfig(AuthenticationKind.Header, [.. "secret12"u8]) }).Start().UntilMaster();
        router.Hear(priority, sender, change: new Advert { Kind = 2, Password = "secret12"u8.ToArray(), Sequence = router.Only.Sequence });
        router.Only.State.Should().Be(state);
        router.Only.Sequence.Should().Be(state == VrrpState.Master ? 3u : 2u);
    }

    [Fact]
    public void A_forged_datagram_does_not_move_the_sequence_number()
    {
        var router = new Router(Instance() with { Authentication = new AuthenticationConfig(AuthenticationKind.Header, [.. "secret12"u8]) }).Start();
        router.Hear(200, change: new Advert { Kind = 2, Password = "wrong"u8.ToArray(), Sequence = uint.MaxValue });
        router.Only.Sequence.Should().Be(0);
    }

    [Fact]
    public void Unicast_goes_to_each_peer_with_one_identification_and_counts_once()
    {
        var router = new Router(Unicast("V", 51, "10.9.0.2", "10.9.0.3")).Start().UntilMaster();
        router.Wait(1);
        var adverts = router.Taken<SendAdvert>().ToList();
        adverts.Select(a => a.Destination).Should().Equal(A("10.9.0.2"), A("10.9.0.3"));
        adverts.Select(a => a.Datagram.Span[5]).Distinct().Should().ContainSingle();
        router.Only.Counters.AdvertsSent.Should().Be(3);
    }

    [Fact]
    public void One_VRID_may_stand_twice_with_other_peers()
    {
        var router = new Router(Unicast("V", 51, "10.9.0.2"), Unicast("N", 51, "10.9.0.3")).Start();
        router.Wait(1).Hear(200, "10.9.0.3", router["V"]);
        router.Wait(2.5);
        (router["V"].State, router["N"].State).Should().Be((VrrpState.Master, VrrpState.Backup));
    }

    [Fact]
    public void The_checksum_of_old_releases_is_recognised_and_used_from_then_on()
    {
        var router = new Router(Unicast("V", 51, "10.9.0.2") with { Version = 3 }).Start();
        var fixture = WireFixture.All.Single(f => f.Name.EndsWith("Unicast with the checksum of old releases, which name the group", StringComparison.Ordinal));
        router.UntilMaster().Receive(fixture.Bytes);
        router.Take().Should().Contain(new OldChecksumRecognised("V"));
        router.Only.UsesOldChecksum.Should().BeTrue();
        router.Receive(fixture.Bytes);
        router.Story().Should().StartWith("LowerPriorityHeard");
    }

    [Fact]
    public void A_lost_address_lets_a_master_step_down_for_the_skew_time()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Do((core, now) => core.AddressLost(now, router.Only, router.Only.Config.Addresses[1]));
        router.Story().Should().Be("VirtualAddressLost 'V Backup' SentPriorityZero advert:0 remove:2 V=Backup");
        router.Wait(0.414062).Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void An_address_that_is_not_tracked_may_go()
    {
        var router = new Router(Instance() with { Addresses = [Address("10.9.0.100") with { NoTrack = true }] }).Start().UntilMaster();
        router.Do((core, now) => core.AddressLost(now, router.Only, router.Only.Config.Addresses[0]));
        router.Story().Should().BeEmpty();
    }

    [Fact]
    public void Routes_with_an_interface_and_rules_are_tracked_too()
    {
        var route = new RouteConfig { Line = "", Hops = [new NextHopConfig(IPAddress.Parse("10.9.0.9"), "eth0")] };
        var rule = new RoutingRuleConfig { Line = "" };
        var router = new Router(Instance() with { Routes = [route, route with { Hops = [new NextHopConfig(IPAddress.Parse("10.9.0.9"), null)] }], Rules = [rule] }).Start().UntilMaster();
        router.Do((core, now) => core.RouteLost(now, router.Only, router.Only.Config.Routes[1]));
        router.Story().Should().BeEmpty();
        router.Do((core, now) => core.RouteLost(now, router.Only, route));
        router.Only.State.Should().Be(VrrpState.Backup);
        router.UntilMaster().Do((core, now) => core.RuleLost(now, router.Only, rule));
        router.Only.State.Should().Be(VrrpState.Backup);
    }

    [Fact]
    public void A_backup_has_nothing_to_lose()
    {
        var router = new Router(Instance()).Start();
        router.Take();
        router.Do((core, now) => core.AddressLost(now, router.Only, router.Only.Config.Addresses[0]));
        router.Story().Should().BeEmpty();
    }

    [Fact]
    public void Skip_check_adv_addr_trusts_the_same_master_only()
    {
        var router = new Router(Instance() with { SkipAddressCheck = true }).Start();
        router.Take();
        var other = new Advert { Addresses = ["10.9.0.1"] };
        router.Hear(200);
        router.Hear(200, change: other);
        router.Story().Should().BeEmpty();
        router.Hear(200, "10.9.0.3", change: other);
        router.Story().Should().Be("discarded:AddressCount");
    }

    [Fact]
    public void Another_VRID_is_told_where_the_operator_wants_it()
    {
        var router = new Router(new KeepalivedConfig { Global = new GlobalConfig { LogUnknownRouterIds = true }, Instances = [Instance()] }).Start();
        router.Take();
        router.Hear(200, change: new Advert { RouterId = 77 });
        router.Take().Should().Equal(new UnknownRouterId("eth0", 77, A("10.9.0.2")));
    }

    [Fact]
    public void An_instance_in_fault_is_deaf()
    {
        var router = new Router(Instance()).Start();
        router.SetInterface("eth0", false, "10.9.0.1");
        router.Take();
        router.Hear(200);
        router.Story().Should().BeEmpty();
    }

    [Fact]
    public void Counters_begin_at_0_again()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Hear(90);
        router.Hear(90, change: new Advert { Ttl = 1 });
        router.Do((core, _) => core.ClearStatistics());
        var c = router.Only.Counters;
        (c.AdvertsReceived, c.AdvertsSent, c.BecameMaster, c.TtlErrors).Should().Be((0ul, 0u, 0u, 0ul));
    }

    [Fact]
    public void A_send_that_failed_is_told()
    {
        var router = new Router(Instance()).Start().Wait(4);
        router.Take();
        router.Do((_, _) => router.Only.SendFailed(101, A("224.0.0.18")));
        router.Take().Should().Equal(new AdvertNotSent("V", 101, default));
    }

    private static InstanceConfig Unicast(string name, int id, params string[] peers) => Instance(name, id) with
    {
        Path = new AdvertPathConfig { IsUnicast = true, Peers = [.. peers.Select(p => new UnicastPeerConfig(IPAddress.Parse(p)))] },
    };
}
