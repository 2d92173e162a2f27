using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>What an operator sets by SNMP, and what SNMP tells of an election (observed of keepalived 2.2.7).</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Another_base_priority_counts_at_once_and_until_a_reload()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Take();
        router.Do((core, now) => core.SetBasePriority(now, router.Only, 170));
        router.Take().OfType<VrrpEvent>().Should().Equal(new BasePrioritySet("V", 150, 170), new EffectivePriorityChanged("V", 150, 170));
        router.Only.BasePriority.Should().Be(170);
        router.Wait(1).Story().Should().Be("advert:170");
        router.Do((core, now) => core.Reload(now, core.Config));
        router.Only.BasePriority.Should().Be(150);
    }

    [Fact]
    public void An_owner_can_be_made_and_unmade()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Do((core, now) => core.SetBasePriority(now, router.Only, 255));
        router.Take();
        router.Wait(1).Story().Should().Be("advert:255");
        router.Do((core, now) => core.SetBasePriority(now, router.Only, 90));
        router.Take();
        router.Wait(1).Story().Should().Be("advert:90");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(150)]
    public void A_priority_that_cannot_be_or_is_the_same_changes_nothing(int priority)
    {
        var router = new Router(Instance()).Start().UntilMaster();
        router.Take();
        router.Do((core, now) => core.SetBasePriority(now, router.Only, priority));
        router.Take().Should().BeEmpty();
        router.Only.BasePriority.Should().Be(150);
    }

    [Fact]
    public void Preemption_can_be_switched_while_it_runs()
    {
        var router = new Router(Instance()).Start();
        router.Do((core, now) => core.SetPreemption(now, router.Only, false));
        router.Take().Should().Contain(new PreemptionSet("V", false));
        for (var i = 0; i < 5; i++) router.Wait(1).Hear(90);
        router.Only.State.Should().Be(VrrpState.Backup, "it follows the lower master");
        router.Do((core, now) => core.SetPreemption(now, router.Only, true));
        for (var i = 0; i < 5; i++) router.Wait(1).Hear(90);
        router.Only.State.Should().Be(VrrpState.Master);
        router.Only.NewMasterReason.Should().Be(NewMasterReason.Preempted);
    }

    [Fact]
    public void Why_it_became_master_is_remembered()
    {
        var router = new Router(Instance()).Start();
        router.Only.NewMasterReason.Should().Be(NewMasterReason.NotMaster);
        router.Wait(4).Only.NewMasterReason.Should().Be(NewMasterReason.MasterNoResponse);
        router.Hear(200);
        router.Only.NewMasterReason.Should().Be(NewMasterReason.MasterNoResponse, "a backup keeps it");
        router.Hear(0);
        router.Wait(1).Only.NewMasterReason.Should().Be(NewMasterReason.Priority);
        router.Hear(200);
        router.Hear(0);
        router.Hear(200);
        router.Wait(4).Only.NewMasterReason.Should().Be(NewMasterReason.MasterNoResponse, "the master came back in between");
    }

    [Fact]
    public void The_next_execution_of_the_program_knows_it_too()
    {
        var before = new Router(HandoverFuzzTarget.Config()).Start().Wait(60);
        before["C"].NewMasterReason.Should().Be(NewMasterReason.MasterNoResponse);
        var after = new VrrpCore(HandoverFuzzTarget.Config());
        after.Restore(before.Now, new StateRecord(HandoverFuzzTarget.Written(before))).Should().BeTrue();
        after.Instances.Select(one => one.NewMasterReason).Should().Equal(before.Core.Instances.Select(one => one.NewMasterReason));
    }
}
