using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Who is master, and when; stories and times are those of keepalived 2.2.7 on the same events.</summary>
public sealed class ElectionTests
{
    [Fact]
    public void Alone_it_becomes_master_after_three_intervals_and_the_skew_time()
    {
        var router = new Router(Instance()).Start();
        router.Story().Should().Be("AnnouncementsBegin remove:2 'V Backup (init)' V=Backup");
        router.Only.MasterDownInterval.Should().Be(3_414_062);
        router.Wait(3.414061).Story().Should().BeEmpty();
        router.Wait(0.000001).Story().Should().Be("AdvertTimeout advert:150 'V Master' add:2 announce:2x5 V=Master");
        router.Wait(1).Story().Should().Be("advert:150");
    }

    [Fact]
    public void State_MASTER_changes_nothing_below_priority_255()
    {
        var router = new Router(Instance() with { WantsMaster = true }).Start();
        router.Story().Should().Be("AnnouncementsBegin remove:2 'V Backup (init)' V=Backup");
    }

    [Fact]
    public void The_owner_with_state_MASTER_is_master_at_once_without_a_word_of_backup()
    {
        var router = new Router(Instance(priority: 255) with { WantsMaster = true }).Start();
        router.Wait(0).Story().Should().Be("AnnouncementsBegin remove:2 AdvertTimeout advert:255 'V Master' add:2 announce:2x5 V=Master");
    }

    [Fact]
    public void The_owner_without_it_waits()
    {
        var router = new Router(Instance(priority: 255)).Start();
        router.Only.MasterDownInterval.Should().Be(3_003_906);
    }

    [Fact]
    public void A_backup_stays_one_as_long_as_it_hears_a_higher_or_equal_priority()
    {
        var router = new Router(Instance()).Start();
        router.Take();
        for (var i = 0; i < 20; i++)
        {
            router.Hear(150 + i);
            router.Wait(3).Story().Should().BeEmpty();
        }
        router.Only.MasterAddress.Should().Be(A("10.9.0.2"));
        router.Only.MasterPriority.Should().Be(169);
    }

    [Fact]
    public void A_backup_does_not_let_a_lower_priority_hold_it_back()
    {
        var router = new Router(Instance()).Start();
        router.Take();
        router.Wait(1).Hear(90);
        router.Take().Should().Equal(new LowerPriorityDiscarded("V", 90, A("10.9.0.2")));
        router.Wait(2.42).Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void With_nopreempt_a_lower_master_is_followed()
    {
        var router = new Router(Instance() with { NoPreempt = true }).Start();
        router.Take();
        for (var i = 0; i < 5; i++)
        {
            router.Wait(1).Hear(90);
            router.Story().Should().BeEmpty();
        }
        router.Wait(3.42).Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void Priority_0_of_the_master_leaves_the_skew_time_only()
    {
        var router = new Router(Instance()).Start();
        router.Take();
        router.Hear(200);
        router.Hear(0);
        router.Story().Should().Be("BackupHeardPriorityZero");
        router.Wait(0.414062).Only.State.Should().Be(VrrpState.Master);
        router.Only.Counters.PriorityZeroReceived.Should().Be(1);
    }

    [Fact]
    public void A_master_yields_to_a_higher_priority_without_priority_0()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Hear(200);
        router.Story().Should().Be("HigherPriorityHeard 'V Backup' remove:2 V=Backup");
        router.Only.TimerAt.Should().Be(router.Now + 3_414_062);
        router.Only.Counters.ReleasedMaster.Should().Be(1);
    }

    [Fact]
    public void A_master_silences_a_lower_priority_and_announces_again()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Hear(90);
        router.Story().Should().Be("LowerPriorityHeard advert:150 announce:2x5 MasterHeardLower");
        router.Only.TimerAt.Should().Be(router.Now + Second);
    }

    [Fact]
    public void With_lower_prio_no_advert_it_announces_only()
    {
        var router = new Router(Instance() with { NoAdvertToLower = true }).Start().UntilMaster();
        router.Hear(90);
        router.Effects.Should().Contain(new LowerPriorityHeard("V", A("10.9.0.2"), 90, 150, false));
        router.Story().Should().Be("LowerPriorityHeard announce:2x5 MasterHeardLower");
    }

    [Fact]
    public void With_higher_prio_send_advert_it_sends_once_more_before_it_yields()
    {
        var router = new Router(Instance() with { AdvertToHigher = true }).Start().UntilMaster();
        router.Hear(200);
        router.Story().Should().Be("HigherPriorityHeard advert:150 'V Backup' remove:2 V=Backup");
    }

    [Fact]
    public void A_master_answers_priority_0_with_an_advert()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Hear(0);
        router.Story().Should().Be("MasterHeardPriorityZero advert:150");
    }

    [Theory]
    [InlineData("10.9.0.2", "HigherAddressHeard 'V Backup' remove:2 V=Backup")]
    [InlineData("10.9.0.0", "LowerPriorityHeard advert:150 announce:2x5 MasterHeardLower")]
    [InlineData("10.9.0.1", "EqualAddressHeard")]
    public void Among_equal_priorities_the_greater_address_is_master(string sender, string story)
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Hear(150, sender);
        router.Story().Should().Be(story);
    }

    [Fact]
    public void Of_two_owners_ours_gives_in_and_keeps_254()
    {
        var router = new Router(Instance(priority: 255)).Start().UntilMaster();
        router.Hear(255);
        router.Story().Should().Be("OwnerConflict HigherPriorityHeard 'V Backup' remove:2 V=Backup");
        (router.Only.BasePriority, router.Only.EffectivePriority, router.Only.TotalPriority).Should().Be((254, 254, 255));
        router.Hear(0);
        router.Wait(0.0079).Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void With_owner_ignore_adverts_nobody_is_heard()
    {
        var router = new Router(Instance(priority: 255) with { OwnerIgnoresAdverts = true }).Start().UntilMaster();
        router.Hear(255);
        router.Story().Should().BeEmpty();
    }

    [Fact]
    public void Preemption_is_delayed_from_the_first_lower_advert_on()
    {
        var router = new Router(Instance() with { PreemptDelay = TimeSpan.FromSeconds(3) }).Start();
        router.Take();
        router.Hear(90);
        router.Take().Should().Equal(new PreemptDelayStarted("V", 3 * Second));
        for (var i = 0; i < 2; i++)
        {
            router.Wait(1.3).Hear(90);
            router.Story().Should().BeEmpty();
        }
        router.Wait(1.0).Hear(90);
        router.Story().Should().Be("LowerPriorityDiscarded");
        router.Wait(2.42).Only.State.Should().Be(VrrpState.Master);
        router.Only.PreemptAt.Should().Be(long.MaxValue);
    }

    [Fact]
    public void A_higher_advert_ends_the_delay_of_the_preemption()
    {
        var router = new Router(Instance() with { PreemptDelay = TimeSpan.FromSeconds(3) }).Start();
        router.Take();
        router.Hear(90);
        router.Hear(200, "10.9.0.3");
        router.Story().Should().Be("PreemptDelayStarted PreemptDelayStopped");
    }

    [Fact]
    public void Without_any_master_preempt_delay_delays_nothing()
    {
        var router = new Router(Instance() with { PreemptDelay = TimeSpan.FromSeconds(3) }).Start();
        router.Wait(3.42).Only.State.Should().Be(VrrpState.Master);
    }

    [Theory]
    [InlineData(1, 1_414_062)]
    [InlineData(5, 5_414_062)]
    public void Down_timer_adverts_replaces_the_three(int adverts, long interval) =>
        new Router(Instance() with { DownTimerAdverts = adverts }).Only.MasterDownInterval.Should().Be(interval);

    [Fact]
    public void The_start_up_delay_comes_on_top()
    {
        var config = new KeepalivedConfig { Global = new GlobalConfig { StartupDelay = TimeSpan.FromSeconds(2.5) }, Instances = [Instance()] };
        var router = new Router(config).Start();
        router.Wait(5.914061).Only.State.Should().Be(VrrpState.Backup);
        router.Wait(0.000001).Only.State.Should().Be(VrrpState.Master);
    }

    [Fact]
    public void A_late_turn_of_a_master_sends_one_advert_and_counts_from_then_on()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Sleep(4);
        router.Wait(0).Story().Should().Be("LateTurn advert:150 announce:2x5");
        router.Only.TimerAt.Should().Be(router.Now + Second);
    }

    [Fact]
    public void A_process_that_was_stopped_hears_its_master_before_it_looks_at_its_timers()
    {
        var router = new Router(Instance()).Start();
        router.Hear(200);
        router.Take();
        router.Sleep(6);
        router.Hear(200);
        router.Wait(0).Take().Should().Equal(new LateTurn(6 * Second - 3_414_062));
        router.Only.State.Should().Be(VrrpState.Backup);
    }

    [Fact]
    public void Stopping_a_master_sends_priority_0_and_releases_before_the_scripts_hear_of_it()
    {
        var router = new Router(Instance(), Instance("N", 52, 100, "10.9.0.200")).Start();
        router.Wait(3.45).Take();
        router.Do((core, now) => core.Stop(now));
        router.Story().Should().Be("SentPriorityZero advert:0 remove:2 V=Stopped N=Stopped");
        router.Core.NextDeadline.Should().Be(long.MaxValue);
    }

    [Fact]
    public void Stopping_may_leave_the_addresses()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Do((core, now) => core.Stop(now, true));
        router.Story().Should().Be("SentPriorityZero advert:0 V=Stopped");
    }
}
