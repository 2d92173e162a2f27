using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>A reload keeps what stands in both configurations.</summary>
public sealed class ReloadTests
{
    [Fact]
    public void The_same_configuration_changes_nothing_but_sends_two_adverts()
    {
        var router = Master();
        var since = router.Only.LastTransition;
        Reload(router, Instance());
        router.Story().Should().Be("advert:150 add:0 advert:150");
        (router.Only.State, router.Only.LastTransition).Should().Be((VrrpState.Master, since));
    }

    [Fact]
    public void The_addresses_of_interfaces_and_scripts_that_nobody_tracks_are_told_again()
    {
        var router = Master();
        var config = router.Core.Config with { Scripts = [new TrackScriptConfig { Name = "s", Command = new ScriptCommand("/bin/true", ["/bin/true"], 0, 0) }] };
        router.Do((core, now) => core.Reload(now, config));
        var told = router.Take();
        told.OfType<InterfaceAddressKept>().Should().Equal(new InterfaceAddressKept("eth0", A("10.9.0.1")), new InterfaceAddressKept("eth0", A("fe80::1")));
        told.OfType<ScriptUnused>().Should().Equal(new ScriptUnused("s"));
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(false, true, 0)]
    [InlineData(true, false, 0)]
    public void Pipes_hear_of_groups_of_masters_again_where_the_operator_wants_it(bool wanted, bool isMaster, int times)
    {
        var config = new KeepalivedConfig
        {
            Global = new GlobalConfig { FifoStatesOnReload = wanted },
            Instances = [Instance()],
            SyncGroups = [new SyncGroupConfig { Name = "G", Members = [Instance()] }],
        };
        var router = new Router(config).Start();
        if (isMaster) router.UntilMaster();
        router.Take();
        router.Do((core, now) => core.Reload(now, config));
        router.Taken<GroupKept>().Should().HaveCount(times);
    }

    [Fact]
    public void A_new_priority_goes_out_without_an_election()
    {
        var router = Master();
        Reload(router, Instance(priority: 130));
        router.Story().Should().Be("advert:150 add:0 advert:130");
        router.Only.EffectivePriority.Should().Be(130);
    }

    [Fact]
    public void Only_addresses_that_changed_are_touched()
    {
        var router = Master();
        Reload(router, Instance("V", 51, 150, "10.9.0.101", "10.9.0.102"));
        router.Effects.OfType<RemoveVirtual>().Single().Items.Addresses.Single().Address.ToString().Should().Be("10.9.0.100");
        router.Effects.OfType<AddVirtual>().Single().Items.Addresses.Single().Address.ToString().Should().Be("10.9.0.102");
        router.Story().Should().Be("advert:150 AddressGone remove:1 add:1 announce:2x5 advert:150");
        router.Hear(200);
        router.Taken<RemoveVirtual>().Single().Items.Addresses.Should().HaveCount(2);
    }

    [Fact]
    public void A_backup_keeps_waiting_for_its_master()
    {
        var router = new Router(Instance()).Start();
        router.Hear(200);
        router.Wait(2).Take();
        Reload(router, Instance(priority: 130));
        router.Story().Should().BeEmpty();
        router.Only.TimerAt.Should().Be(router.Now - (2 * Second) + 3_492_187);
        router.Only.MasterPriority.Should().Be(200);
    }

    [Fact]
    public void What_stands_there_no_more_says_priority_0_and_its_scripts_hear_of_it()
    {
        var router = new Router(Instance(), Instance("N", 52, 120, "10.9.0.200"), Instance("O", 53, 120, "10.9.0.210")).Start().UntilMaster();
        Reload(router, Instance());
        router.Story().Should().Be("advert:150 advert:120 advert:120 SentPriorityZero advert:0 remove:1 SentPriorityZero advert:0 remove:1 "
            + "add:0 advert:150 N=Deleted O=Deleted");
        router.Core.Instances.Should().ContainSingle();
    }

    [Fact]
    public void What_is_new_begins()
    {
        var router = Master();
        Reload(router, Instance(), Instance("N", 52, 120, "10.9.0.200"));
        router.Story().Should().EndWith("'N Backup (init)' N=Backup");
        router.Wait(3.6)["N"].State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void Another_VRID_is_another_router()
    {
        var router = Master();
        Reload(router, Instance(id: 61));
        router.Story().Should().Be("advert:150 SentPriorityZero advert:0 remove:2 V=Deleted 'V Backup (init)' V=Backup");
    }

    [Fact]
    public void Another_name_is_the_same_router_and_it_stays_master()
    {
        var router = Master();
        Reload(router, Instance("Renamed"));
        router.Story().Should().Be("advert:150 add:0 advert:150");
        (router.Only.Name, router.Only.State).Should().Be(("Renamed", VrrpState.Master));
    }

    [Fact]
    public void Another_version_is_the_same_router_and_it_stays_master()
    {
        var router = Master();
        Reload(router, Instance() with { Version = 3 });
        router.Effects.OfType<SendAdvert>().Select(advert => advert.Datagram.Span[20] >> 4).Should().Equal(2, 3);
        router.Story().Should().Be("advert:150 add:0 advert:150");
    }

    [Fact]
    public void What_is_taken_away_is_told_of()
    {
        var (one, two) = (Route("10.1.0.0"), Route("10.2.0.0"));
        var rule = new RoutingRuleConfig { Line = "", Table = 7 };
        var router = Master();
        Reload(router, Instance() with { Routes = [one, two], Rules = [rule] });
        router.Take();
        Reload(router, Instance() with { Routes = [two] });
        Taken(router).Should().Equal(new RuleBlockGone(), new RouteGone(one));
        Reload(router, Instance());
        Taken(router).Should().Equal(new RouteBlockGone());
    }

    [Fact]
    public void A_script_that_nobody_tracked_is_a_new_one_when_somebody_does()
    {
        var script = GroupTests.Script("s");
        var tracking = Instance() with { Tracking = new TrackingConfig { Scripts = [new Tracked<TrackScriptConfig>(script, 20, false)] } };
        KeepalivedConfig With(InstanceConfig instance) => new() { Global = new GlobalConfig(), Instances = [instance], Scripts = [script] };
        var router = new Router(With(tracking)).Start();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Do((core, now) => core.Reload(now, With(Instance())));
        router.Take();
        router.Do((core, now) => core.Reload(now, With(tracking)));
        router.Take().OfType<ScriptStateKept>().Should().BeEmpty();
        router.Only.EffectivePriority.Should().Be(150);
    }

    private static IEnumerable<VrrpEvent> Taken(Router router) => router.Take().OfType<VrrpEvent>().Where(e => e is RuleBlockGone or RuleGone or RouteBlockGone or RouteGone);

    private static RouteConfig Route(string to) => new() { Line = "", Destination = System.Net.IPAddress.Parse(to), PrefixLength = 16 };

    [Fact]
    public void Counters_and_results_of_scripts_stay()
    {
        var script = GroupTests.Script("s");
        var instance = Instance() with { Tracking = new TrackingConfig { Scripts = [new Tracked<TrackScriptConfig>(script, 20, false)] } };
        var config = new KeepalivedConfig { Global = new GlobalConfig(), Instances = [instance], Scripts = [script] };
        var router = new Router(config).Start();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Wait(4).Hear(90);
        router.Take();
        router.Do((core, now) => core.Reload(now, config));
        router.Take().Should().Contain(new ScriptStateKept("s", true));
        router.Only.EffectivePriority.Should().Be(170);
        router.Only.Counters.AdvertsReceived.Should().Be(1);
        router.Only.TotalPriority.Should().Be(170);
    }

    [Fact]
    public void Masters_that_are_put_into_a_group_stay_masters()
    {
        var (v, n) = (Instance(), Instance("N", 52, 120, "10.9.0.200"));
        var router = new Router(v, n).Start().UntilMaster();
        router.Do((core, now) => core.Reload(now, Grouped(v, n)));
        router.Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Master);
        router.Core.Groups.Single().State.Should().Be(VrrpState.Master);
        router.Effects.OfType<GroupChanged>().Should().BeEmpty();
    }

    [Fact]
    public void A_master_and_a_backup_that_are_put_into_a_group_are_backups()
    {
        var (v, n) = (Instance(), Instance("N", 52, 120, "10.9.0.200"));
        var router = new Router(v, n).Start().UntilMaster();
        router.Hear(200, "10.9.0.2", router["N"]);
        router.Do((core, now) => core.Reload(now, Grouped(v, n)));
        router.Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Backup);
    }

    [Fact]
    public void A_fault_that_the_new_configuration_brings_is_a_fault_now()
    {
        var router = Master();
        Reload(router, Instance() with { Tracking = new TrackingConfig { Interfaces = [new TrackedInterface("eth9", 0, false)] } });
        router.Only.State.Should().Be(VrrpState.Fault);
        router.Story().Should().Contain("advert:0").And.Contain("remove:2");
    }

    [Fact]
    public void Static_addresses_that_changed_are_changed()
    {
        var config = new KeepalivedConfig { Global = new GlobalConfig(), Instances = [Instance()], StaticAddresses = [Address("10.9.9.1"), Address("10.9.9.2")] };
        var router = new Router(config).Start();
        router.Taken<AddStatic>().Single().Items.Addresses.Should().HaveCount(2);
        router.Do((core, now) => core.Reload(now, config with { StaticAddresses = [Address("10.9.9.2"), Address("10.9.9.3")] }));
        router.Effects.OfType<RemoveStatic>().Single().Items.Addresses.Single().Address.ToString().Should().Be("10.9.9.1");
        router.Effects.OfType<AddStatic>().Single().Items.Addresses.Single().Address.ToString().Should().Be("10.9.9.3");
    }

    [Fact]
    public void Sockets_stay_the_same_objects_while_nothing_changes_for_them()
    {
        var router = Master();
        var channel = router.Only.Channel;
        Reload(router, Instance(), Instance("N", 52));
        router.Core.Channels.Should().ContainSingle().Which.Should().BeSameAs(channel);
        router.Effects.OfType<ChannelsChanged>().Should().BeEmpty();
        Reload(router, Instance() with { Path = new AdvertPathConfig { Group = System.Net.IPAddress.Parse("224.0.0.99") } });
        router.Effects.OfType<ChannelsChanged>().Should().ContainSingle();
        router.Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void An_owner_that_gave_in_is_an_owner_again()
    {
        var router = new Router(Instance(priority: 255)).Start().UntilMaster();
        router.Hear(255);
        Reload(router, Instance(priority: 255));
        router.Only.EffectivePriority.Should().Be(255);
    }

    private static Router Master() => new Router(Instance()).Start().UntilMaster();

    private static void Reload(Router router, params InstanceConfig[] instances) =>
        router.Do((core, now) => core.Reload(now, new KeepalivedConfig { Global = new GlobalConfig(), Instances = [.. instances] }));

    private static KeepalivedConfig Grouped(params InstanceConfig[] members) => new()
    {
        Global = new GlobalConfig(),
        Instances = [.. members],
        SyncGroups = [new SyncGroupConfig { Name = "G", Members = [.. members] }],
    };
}
