using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Sync groups: members go together. The stories are those of keepalived 2.2.7 with V on eth0 and N on eth1.</summary>
public sealed class GroupTests
{
    private static readonly InstanceConfig V = Instance();
    private static readonly InstanceConfig N = Instance("N", 52, 120, "10.8.0.200") with { Interface = "eth1" };

    [Fact]
    public void All_become_backup_together_the_group_first()
    {
        Router().Story().Should().Be("AnnouncementsBegin remove:2 remove:1 G=Backup 'V Backup (init)' V=Backup 'N Backup (init)' N=Backup");
    }

    [Fact]
    public void A_fault_of_one_at_the_start_is_told_of_it_before_all_begin_in_fault()
    {
        var router = Build([V, N], new TrackingConfig(), [], []);
        router.SetInterface("eth1", false, "10.8.0.1");
        router.Start().Story().Should().Be("FaultByInterface SyncingMemberToFault FaultAtStart V=Fault FaultAtStart N=Fault AnnouncementsBegin remove:2 remove:1 G=Fault");
    }

    [Fact]
    public void The_last_one_whose_timer_ends_takes_the_others_along()
    {
        var router = Router();
        router.Take();
        router.Wait(3.5).Story().Should().Be("AdvertTimeout");
        router["V"].WantedState.Should().Be(VrrpState.Master);
        router.Wait(0.04).Story().Should()
            .Be("AdvertTimeout advert:120 'N Master' add:1 announce:1x5 N=Master SyncingGroup advert:150 'V Master' add:2 announce:2x5 V=Master G=Master");
    }

    [Fact]
    public void State_MASTER_does_not_spare_the_wait()
    {
        var router = Build([V with { WantsMaster = true }, N with { WantsMaster = true }], new TrackingConfig(), [], []).Start();
        router["N"].WantedState.Should().Be(VrrpState.Master);
        router.Wait(3.5).Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Backup);
        router.Wait(0.04).Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Master);
    }

    [Fact]
    public void A_member_that_hears_nothing_waits_as_long_as_another_hears_a_master()
    {
        var router = Router();
        for (var i = 0; i < 20; i++)
        {
            router.Hear(200, "10.8.0.2", router["N"]);
            router.Wait(1);
        }
        router.Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Backup);
        router.Wait(8).Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Master);
    }

    [Fact]
    public void One_that_yields_takes_the_others_along_without_priority_0()
    {
        var router = Router().UntilMaster();
        router.Hear(200);
        router.Story().Should().Be("HigherPriorityHeard 'V Backup' remove:2 V=Backup SyncingGroup 'N Backup' remove:1 N=Backup G=Backup");
    }

    [Fact]
    public void The_fault_of_one_is_the_fault_of_all()
    {
        var router = Router().UntilMaster();
        router.SetInterface("eth1", false, "10.8.0.1");
        router.Story().Should().Be("InterfaceReported 'N Fault' SentPriorityZero advert:0 advert:0 remove:1 N=Fault "
            + "SyncingGroup 'V Fault' advert:0 remove:2 V=Fault G=Fault");
        router.SetInterface("eth1", true, "10.8.0.1");
        router.Story().Should().Be("InterfaceReported 'N Backup' N=Backup SyncingGroup 'V Backup' V=Backup G=Backup");
    }

    [Fact]
    public void They_return_only_when_the_last_fault_has_gone()
    {
        var router = Router().UntilMaster();
        router.SetInterface("eth1", false, "10.8.0.1");
        router.SetInterface("eth0", false, "10.9.0.1");
        router.SetInterface("eth1", true, "10.8.0.1");
        router.Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Fault);
        router.SetInterface("eth0", true, "10.9.0.1");
        router.Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Backup);
    }

    [Fact]
    public void A_lost_address_lets_all_step_down_and_try_again_after_the_skew_time()
    {
        var router = Router().UntilMaster();
        var n = router["N"];
        router.Do((core, now) => core.AddressLost(now, n, n.Config.Addresses[0]));
        router.Story().Should().Be("VirtualAddressLost 'N Backup' SentPriorityZero advert:0 remove:1 N=Backup 'V Backup' SentPriorityZero advert:0 remove:2 V=Backup");
        router.Wait(0.54).Story().Should().EndWith("V=Master G=Master");
    }

    [Fact]
    public void What_the_group_tracks_counts_for_each_member()
    {
        var file = new TrackFileConfig { Name = "f", Path = "/f" };
        var router = Router(new TrackingConfig { Files = [new Tracked<TrackFileConfig>(file, 1, false)] }, [file]).UntilMaster();
        router.Do((core, now) => core.FileRead(now, "f", 10));
        router.Core.Instances.Select(i => i.EffectivePriority).Should().Equal(160, 130);
        router.Do((core, now) => core.FileRead(now, "f", -254));
        router.Core.Instances.Should().OnlyContain(i => i.State == VrrpState.Fault);
    }

    [Fact]
    public void A_script_that_one_member_waits_for_holds_all()
    {
        var script = Script("z");
        var tracking = new TrackingConfig { Scripts = [new Tracked<TrackScriptConfig>(script, 0, false)] };
        var v = V with { Tracking = tracking };
        var router = Build([v, N], new TrackingConfig(), [], [script]).Start();
        router.Story().Should().Be("AnnouncementsBegin remove:2 remove:1");
        router.Do((core, now) => core.ScriptFinished(now, "z", ScriptOutcome.Succeeded, 0));
        router.Story().Should().Be("ScriptStateChanged 'V Backup' V=Backup SyncingGroup 'N Backup' N=Backup G=Backup");
    }

    [Fact]
    public void At_the_end_the_group_is_told_last()
    {
        var router = Router().UntilMaster();
        router.Do((core, now) => core.Stop(now));
        router.Story().Should().Be("SentPriorityZero advert:0 remove:2 SentPriorityZero advert:0 remove:1 V=Stopped N=Stopped G=Stopped");
    }

    internal static TrackScriptConfig Script(string name, int rise = 1, int fall = 1) => new()
    {
        Name = name,
        Command = new ScriptCommand("/bin/true", ["/bin/true"], 0, 0),
        Rise = rise,
        Fall = fall,
    };

    private static Router Router(TrackingConfig? tracking = null, TrackFileConfig[]? files = null) => Build([V, N], tracking ?? new TrackingConfig(), files ?? [], []).Start();

    private static Router Build(InstanceConfig[] members, TrackingConfig tracking, TrackFileConfig[] files, TrackScriptConfig[] scripts)
    {
        var router = new Router(new KeepalivedConfig
        {
            Global = new GlobalConfig(),
            Instances = [.. members],
            SyncGroups = [new SyncGroupConfig { Name = "G", Members = [.. members], Tracking = tracking }],
            Files = [.. files],
            Scripts = [.. scripts],
        });
        router.SetInterface("eth1", true, "10.8.0.1");
        return router;
    }
}
