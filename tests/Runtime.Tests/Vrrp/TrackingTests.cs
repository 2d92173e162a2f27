using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Scripts, files, processes and interfaces move the priority or make a fault.</summary>
public sealed class TrackingTests
{
    [Fact]
    public void A_down_interface_is_a_fault_and_a_return_a_new_beginning()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.SetInterface("eth0", false, "10.9.0.1", "fe80::1");
        router.Story().Should().Be("InterfaceReported 'V Fault' SentPriorityZero advert:0 advert:0 remove:2 V=Fault");
        router.Only.TimerAt.Should().Be(long.MaxValue);
        router.SetInterface("eth0", true, "10.9.0.1", "fe80::1");
        router.Story().Should().Be("InterfaceReported 'V Backup' V=Backup");
        router.Wait(3.42).Only.State.Should().Be(VrrpState.Master);
        router.Only.Counters.PriorityZeroSent.Should().Be(1);
    }

    [Fact]
    public void With_dont_track_primary_it_goes_on()
    {
        var router = new Router(Instance() with { IgnorePrimaryFault = true }).Start().UntilMaster();
        router.SetInterface("eth0", false, "10.9.0.1", "fe80::1");
        router.Story().Should().Be("InterfaceReported");
    }

    [Fact]
    public void Interfaces_of_addresses_are_tracked_unless_no_track_stands_there()
    {
        var far = Address("10.8.0.1") with { Interface = "eth8" };
        var router = new Router(Instance() with { Addresses = [Address("10.9.0.100"), far] }, Instance("NT", 52) with { Addresses = [Address("10.9.0.101"), far with { NoTrack = true }] });
        router.SetInterface("eth8", true, "10.8.0.9");
        router.Start().UntilMaster();
        router.SetInterface("eth8", false, "10.8.0.9");
        router.Core.Instances.Select(i => i.State).Should().Equal(VrrpState.Fault, VrrpState.Master);
    }

    [Fact]
    public void Without_an_address_to_send_from_it_is_in_fault()
    {
        var router = new Router(Instance());
        router.SetInterface("eth0", true, "fe80::1");
        router.Start().Take().OfType<VrrpEvent>().Should().Equal(new NoSourceAddress("V", "eth0", false), new FaultAtStart("V"), new AnnouncementsBegin(false));
        router.SetInterface("eth0", true, "fe80::1", "10.9.0.7");
        router.Story().Should().Be("InterfaceAddressChanged 'V Backup' V=Backup");
        router.Only.SourceAddress.Should().Be(A("10.9.0.7"));
        router.SetInterface("eth0", true, "fe80::1");
        router.Story().Should().Be("InterfaceAddressChanged 'V Fault' V=Fault");
    }

    [Fact]
    public void A_missing_interface_is_two_faults()
    {
        var router = new Router(Instance() with { Interface = "eth7" }).Start();
        router.Only.TrackFaults.Should().Be(2);
        router.Effects.OfType<VrrpEvent>().Should().Equal(new FaultByInterface("V", "eth7"), new NoSourceAddress("V", "eth7", false), new FaultAtStart("V"), new AnnouncementsBegin(false));
        router.Effects.OfType<InstanceChanged>().Should().ContainSingle(c => c.To == VrrpState.Fault);
    }

    [Fact]
    public void Unicast_without_peers_is_a_fault_for_ever_where_the_operator_wants_it()
    {
        var router = new Router(Instance() with { Path = new AdvertPathConfig { IsUnicast = true, FaultWithoutPeers = true } }).Start();
        (router.Only.State, router.Only.ConfigFaults).Should().Be((VrrpState.Fault, 1));
    }

    [Fact]
    public void A_source_address_that_is_tracked_has_to_be_there()
    {
        var router = new Router(Instance() with { Path = new AdvertPathConfig { Source = IPAddress.Parse("10.9.0.7"), TrackSource = true } }).Start();
        router.Effects.OfType<FaultBySource>().Should().ContainSingle();
        router.SetInterface("eth0", true, "10.9.0.1", "10.9.0.7");
        router.Only.State.Should().Be(VrrpState.Backup);
    }

    [Fact]
    public void A_change_that_does_not_last_is_none()
    {
        var config = new KeepalivedConfig
        {
            Global = new GlobalConfig(),
            Instances = [Instance()],
            InterfaceDelays = [new InterfaceDelayConfig("eth0", TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.2))],
        };
        var router = new Router(config).Start().UntilMaster();
        router.SetInterface("eth0", false, "10.9.0.1");
        router.Wait(0.4).SetInterface("eth0", true, "10.9.0.1");
        router.Wait(0.4).Only.State.Should().Be(VrrpState.Master);
        router.SetInterface("eth0", false, "10.9.0.1");
        router.Wait(0.5).Only.State.Should().Be(VrrpState.Fault);
        router.SetInterface("eth0", true, "10.9.0.1");
        router.Wait(0.19).Only.State.Should().Be(VrrpState.Fault);
        router.Wait(0.01).Only.State.Should().Be(VrrpState.Backup);
    }

    [Theory]
    [InlineData(20, false, 170, 150)]
    [InlineData(-20, false, 150, 130)]
    [InlineData(20, true, 130, 150)]
    [InlineData(-20, true, 150, 170)]
    [InlineData(200, false, 254, 150)]
    [InlineData(200, true, 1, 150)]
    public void A_weight_is_earned_or_paid(int weight, bool reverse, int good, int bad)
    {
        var router = WithScript(weight, reverse);
        router.Start().Only.EffectivePriority.Should().Be(150);
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Only.EffectivePriority.Should().Be(good);
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Failed, 1));
        router.Only.EffectivePriority.Should().Be(bad);
    }

    [Fact]
    public void A_master_sends_its_new_priority_with_the_next_advert()
    {
        var router = WithScript(20, false).Start().UntilMaster();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Story().Should().Be("ScriptStateChanged EffectivePriorityChanged priority:170");
        router.Wait(1).Story().Should().Contain("advert:170");
    }

    [Fact]
    public void A_backup_bears_more_or_less_silence_from_now_on()
    {
        var router = WithScript(20, false).Start();
        router.Wait(1).Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Only.TimerAt.Should().Be(router.Now - Second + 3_335_937);
    }

    [Fact]
    public void A_script_without_weight_is_waited_for()
    {
        var router = WithScript(0, false).Start();
        router.Story().Should().Be("AnnouncementsBegin remove:2");
        router.Only.ScriptsPending.Should().Be(1);
        router.Wait(10).Story().Should().BeEmpty();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Story().Should().Be("ScriptStateChanged 'V Backup' V=Backup");
    }

    [Fact]
    public void When_its_first_run_fails_the_instance_goes_to_fault_without_a_line()
    {
        var router = WithScript(0, false).Start();
        router.Take();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Failed, 1));
        router.Story().Should().Be("ScriptOutcomeChanged ScriptStateChanged V=Fault");
    }

    [Fact]
    public void Rise_and_fall_count_in_a_row_but_the_first_result_counts_at_once()
    {
        var router = WithScript(0, false, GroupTests.Script("s", 2, 3)).Start();
        Run(true, VrrpState.Backup);
        Run(false, VrrpState.Backup);
        Run(false, VrrpState.Backup);
        Run(true, VrrpState.Backup);
        Run(false, VrrpState.Backup);
        Run(false, VrrpState.Backup);
        Run(false, VrrpState.Fault);
        Run(true, VrrpState.Fault);
        Run(false, VrrpState.Fault);
        Run(true, VrrpState.Fault);
        Run(true, VrrpState.Backup);

        void Run(bool succeeded, VrrpState state)
        {
            router.Do((core, now) => core.ScriptFinished(now, "s", succeeded ? ScriptOutcome.Succeeded : ScriptOutcome.TimedOut, 0));
            router.Only.State.Should().Be(state);
        }
    }

    [Fact]
    public void With_init_fail_a_first_success_has_to_be_repeated()
    {
        var router = WithScript(0, false, GroupTests.Script("s", 2) with { StartsFailed = true }).Start();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Only.State.Should().Be(VrrpState.Fault);
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Only.State.Should().Be(VrrpState.Backup);
    }

    [Theory]
    [InlineData(2, false, 3, 156)]
    [InlineData(2, true, 3, 144)]
    [InlineData(1, false, 200, 254)]
    [InlineData(1, false, -200, 1)]
    [InlineData(254, false, 1, 254)]
    public void The_number_of_a_file_is_multiplied_and_added(int weight, bool reverse, int number, int priority)
    {
        var router = WithFile(weight, reverse).Start();
        router.Do((core, now) => core.FileRead(now, "f", number));
        router.Only.EffectivePriority.Should().Be(priority);
        router.Only.State.Should().Be(VrrpState.Backup);
    }

    [Theory]
    [InlineData(2, -127, "FileFaultChanged 'V Fault' V=Fault")]
    [InlineData(1, -100_000, "FileFaultChanged 'V Fault' V=Fault")]
    [InlineData(0, 1, "FileFaultChanged 'V Fault' V=Fault")]
    [InlineData(0, -1, "FileFaultChanged 'V Fault' V=Fault")]
    public void A_number_that_is_small_enough_is_a_fault(int weight, int number, string story)
    {
        var router = WithFile(weight, false).Start();
        router.Take();
        router.Do((core, now) => core.FileRead(now, "f", number));
        router.Story().Should().Be(story);
        router.Do((core, now) => core.FileRead(now, "f", 0));
        router.Story().Should().Be("FileFaultChanged 'V Backup' V=Backup");
    }

    [Fact]
    public void A_quorum_has_to_be_held_or_missed_long_enough()
    {
        var process = new TrackProcessConfig { Name = "p", Words = ["haproxy"], Quorum = 2, QuorumMax = 3, ForkDelay = TimeSpan.FromSeconds(1), TerminateDelay = TimeSpan.FromSeconds(2) };
        var instance = Instance() with { Tracking = new TrackingConfig { Processes = [new Tracked<TrackProcessConfig>(process, -30, false)] } };
        var router = new Router(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [instance], Processes = [process] });
        router.Do((core, now) => core.ProcessCounted(now, "p", 1));
        router.Start().Only.EffectivePriority.Should().Be(120);
        Count(2);
        router.Take().Should().ContainSingle(e => e is ProcessCountChanged).Which.Should().Be(new ProcessCountChanged("p", 1, 2, true));
        router.Wait(0.9).Only.EffectivePriority.Should().Be(120);
        router.Wait(0.1).Only.EffectivePriority.Should().Be(150);
        Count(1);
        router.Wait(1);
        Count(2);
        router.Wait(5).Only.EffectivePriority.Should().Be(150);
        Count(4);
        router.Wait(2).Only.EffectivePriority.Should().Be(120);

        void Count(int number)
        {
            router.Take();
            router.Do((core, now) => core.ProcessCounted(now, "p", number));
        }
    }

    [Fact]
    public void A_tracked_interface_with_a_weight_moves_the_priority()
    {
        var router = new Router(Instance() with { Tracking = new TrackingConfig { Interfaces = [new TrackedInterface("eth1", -40, false)] } });
        router.SetInterface("eth1", true);
        router.Start();
        router.SetInterface("eth1", false);
        router.Only.EffectivePriority.Should().Be(110);
    }

    [Fact]
    public void An_owner_is_not_moved()
    {
        var file = new TrackFileConfig { Name = "f", Path = "/f" };
        var owner = Instance(priority: 255) with { Tracking = new TrackingConfig { Files = [new Tracked<TrackFileConfig>(file, 1, false)] } };
        var router = new Router(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [owner], Files = [file] }).Start();
        router.Do((core, now) => core.FileRead(now, "f", -100));
        router.Only.EffectivePriority.Should().Be(255);
    }

    private static Router WithScript(int weight, bool reverse, TrackScriptConfig? script = null)
    {
        script ??= GroupTests.Script("s");
        var instance = Instance() with { Tracking = new TrackingConfig { Scripts = [new Tracked<TrackScriptConfig>(script, weight, reverse)] } };
        return new Router(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [instance], Scripts = [script] });
    }

    private static Router WithFile(int weight, bool reverse)
    {
        var file = new TrackFileConfig { Name = "f", Path = "/f" };
        var instance = Instance() with { Tracking = new TrackingConfig { Files = [new Tracked<TrackFileConfig>(file, weight, reverse)] } };
        return new Router(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [instance], Files = [file] });
    }
}
