using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Effects;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Gratuitous ARP: how often, when, and never after the state has been left.</summary>
public sealed class AnnounceTests
{
    [Fact]
    public void A_second_round_follows_after_the_delay()
    {
        var router = new Router(Instance()).Start();
        router.Wait(8.41).Taken<Announce>().Should().ContainSingle().Which.Repeat.Should().Be(5);
        router.Wait(0.01).Taken<Announce>().Should().ContainSingle(a => a.Reason == AnnounceReason.SecondRound && a.Repeat == 5);
        router.Wait(60).Taken<Announce>().Should().BeEmpty();
    }

    [Fact]
    public void An_operator_may_ask_a_master_for_one_more_packet()
    {
        var router = new Router(Instance()).Start();
        router.Do((core, now) => core.AnnounceAnew(now, router.Only));
        router.Taken<Announce>().Should().BeEmpty("a backup has nothing to announce");
        router.UntilMaster().Take();
        router.Do((core, now) => core.AnnounceAnew(now, router.Only));
        router.Taken<Announce>().Should().ContainSingle(a => a.Reason == AnnounceReason.Asked && a.Repeat == 1);
    }

    [Fact]
    public void A_late_round_dies_with_the_state_even_when_it_comes_back()
    {
        var router = new Router(Instance()).Start();
        router.Wait(3.42);
        router.Hear(200);
        router.Hear(0);
        router.Wait(0.42).Only.State.Should().Be(VrrpState.Master);
        router.Take();
        router.Wait(4.9).Taken<Announce>().Should().BeEmpty("the round of the first time was due after 4.58 s");
        router.Wait(0.2).Taken<Announce>().Should().ContainSingle();
    }

    [Fact]
    public void Without_a_delay_there_is_no_second_round()
    {
        var router = new Router(Instance() with { Garp = new GarpConfig { Delay = TimeSpan.Zero, Repeat = 1 } }).Start();
        router.Wait(60).Taken<Announce>().Should().ContainSingle().Which.Repeat.Should().Be(1);
    }

    [Fact]
    public void Each_lower_priority_has_a_second_round_of_its_own()
    {
        var router = new Router(Instance()).Start();
        router.Wait(10).Take();
        router.Hear(90);
        router.Wait(1).Hear(90);
        router.Taken<Announce>().Should().HaveCount(2).And.OnlyContain(a => a.Reason == AnnounceReason.LowerPriority);
        router.Wait(6).Taken<Announce>().Should().HaveCount(2).And.OnlyContain(a => a.Reason == AnnounceReason.SecondRound);
    }

    [Fact]
    public void A_peer_that_never_stops_fills_no_memory()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        for (var i = 0; i < 10_000; i++) router.Hear(90);
        router.Take();
        router.Wait(6).Taken<Announce>().Count().Should().BeLessThan(100);
    }

    [Fact]
    public void Refreshes_go_on_as_long_as_it_is_master()
    {
        var router = new Router(Instance() with { Garp = new GarpConfig { Refresh = TimeSpan.FromSeconds(3), RefreshRepeat = 2 } }).Start();
        router.Wait(3.42 + 9.1).Taken<Announce>().Count(a => a.Reason == AnnounceReason.Refresh && a.Repeat == 2).Should().Be(3);
        router.Hear(200);
        router.Take();
        router.Wait(3).Taken<Announce>().Should().BeEmpty();
    }

    [Fact]
    public void Excluded_addresses_are_announced_too()
    {
        var router = new Router(Instance() with { ExcludedAddresses = [Address("10.9.0.150")] }).Start();
        router.Wait(3.42).Taken<Announce>().Single().Addresses.Should().HaveCount(3);
    }

    [Fact]
    public void A_limit_spaces_packets_out_and_forgets_those_of_a_state_that_was_left()
    {
        var config = new KeepalivedConfig { Global = new GlobalConfig { GarpInterval = TimeSpan.FromSeconds(0.1) }, Instances = [Instance()] };
        var router = new Router(config).Start();
        router.Wait(3.42).Taken<Announce>().Should().ContainSingle().Which.Addresses.Should().ContainSingle();
        router.Wait(0.5).Taken<Announce>().Should().HaveCount(5).And.OnlyContain(a => a.Repeat == 1 && a.Addresses.Count == 1);
        router.Hear(200);
        router.Take();
        router.Wait(2).Taken<Announce>().Should().BeEmpty();
    }

    [Fact]
    public void Interfaces_of_one_group_share_their_limit()
    {
        var instances = new[] { Instance("A", 51, 150, "10.9.0.100"), Instance("B", 52, 150, "10.9.0.101") with { Addresses = [Address("10.9.0.101") with { Interface = "eth1" }] } };
        var router = new Router(new KeepalivedConfig
        {
            Global = new GlobalConfig(),
            Instances = [.. instances],
            GarpGroups = [new GarpGroupConfig(["eth0", "eth1"], TimeSpan.FromSeconds(0.1), TimeSpan.Zero)],
        });
        router.SetInterface("eth1", true);
        router.Start().Wait(3.42 + 0.35).Taken<Announce>().Should().HaveCount(4);
    }
}
