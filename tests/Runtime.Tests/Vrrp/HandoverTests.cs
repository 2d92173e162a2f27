using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using FluentAssertions;
using Xunit;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>A core takes over the state of another one, as the program does when it executes its successor.</summary>
public sealed class HandoverTests
{
    [Fact]
    public void Everything_goes_along_and_nothing_has_to_be_done()
    {
        var router = HandoverFuzzTarget.Rich();
        router["A"].State.Should().Be(VrrpState.Master);
        router["D"].PreemptAt.Should().NotBe(long.MaxValue);
        router.Core.Processes[0].ChangeAt.Should().NotBe(long.MaxValue);
        router.Core.Interfaces.Should().Contain(i => i.DebounceUntil != long.MaxValue);
        var state = HandoverFuzzTarget.Written(router);
        var next = new VrrpCore(router.Core.Config);
        next.Restore(router.Now, new StateRecord(state)).Should().BeTrue();
        next.Effects.Count.Should().Be(0);
        var again = new StateWriter();
        next.Save(again);
        again.Written.ToArray().Should().Equal(state);
        (next.NextDeadline, next.Groups[0].State).Should().Be((router.Core.NextDeadline, VrrpState.Master));
        next.Instances[2].Sequence.Should().Be(router["C"].Sequence).And.BeGreaterThan(0);
        next.Instances[3].MasterAdvertInterval.Should().Be(router["D"].MasterAdvertInterval);
        (next.Scripts[0].LastStatus, next.Scripts[0].LastOutcome).Should().Be((3, ScriptOutcome.Failed));
    }

    [Fact]
    public void A_state_that_was_cut_at_any_byte_or_has_a_wrong_bit_never_throws()
    {
        var state = HandoverFuzzTarget.Written(HandoverFuzzTarget.Rich());
        for (var length = 0; length < state.Length; length++) HandoverFuzzTarget.Check(state.AsSpan(0, length));
        for (var bit = 0; bit < state.Length * 8; bit++)
        {
            byte[] other = [.. state];
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            HandoverFuzzTarget.Check(other);
        }
    }

    [Fact]
    public void A_core_that_had_not_started_is_no_predecessor()
    {
        var to = new StateWriter();
        new VrrpCore(HandoverFuzzTarget.Config()).Save(to);
        new VrrpCore(HandoverFuzzTarget.Config()).Restore(0, new StateRecord(to.Written.ToArray())).Should().BeFalse();
    }

    [Fact]
    public void An_instance_that_the_newer_reader_of_the_file_sees_begins_and_one_that_it_does_not_see_is_forgotten()
    {
        var router = new Router(Instance("A"), Instance("B", 52)).Start().UntilMaster();
        var state = HandoverFuzzTarget.Written(router);
        var next = new VrrpCore(router.Core.Config with { Instances = [router.Core.Config.Instances[0], Instance("N", 53)] });
        next.Restore(router.Now, new StateRecord(state)).Should().BeTrue();
        next.Instances.Select(i => (i.Name, i.State)).Should().Equal(("A", VrrpState.Master), ("N", VrrpState.Backup));
        next.Effects.Count.Should().BeGreaterThan(0, "the new one tells of its first state");
    }

    [Fact]
    public void Another_virtual_router_of_the_same_name_gets_nothing()
    {
        var state = HandoverFuzzTarget.Written(new Router(Instance("A")).Start().UntilMaster());
        var next = new Router(Instance("A", 77)).Core;
        next.Restore(2000 * Second, new StateRecord(state)).Should().BeTrue();
        next.Instances[0].State.Should().Be(VrrpState.Backup);
    }

    [Fact]
    public void What_happened_while_nobody_listened_counts_as_it_always_does()
    {
        var router = new Router(Instance()).Start().UntilMaster();
        var next = new VrrpCore(router.Core.Config);
        next.Restore(router.Now, new StateRecord(HandoverFuzzTarget.Written(router)));
        next.InterfaceChanged(router.Now, new InterfaceFacts("eth0", 3, false, false, [A("10.9.0.1")]));
        next.Instances[0].State.Should().Be(VrrpState.Fault);
        var removed = false;
        foreach (var effect in next.Effects) removed |= effect is RemoveVirtual;
        removed.Should().BeTrue();
    }
}
