using System.Globalization;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>Bytes on the wire: those of the original are ours, and what is wrong with a datagram changes nothing.</summary>
public sealed class WireTests
{
    public static TheoryData<WireFixture> Sent => new(WireFixture.All.Where(f => f.IsSent));

    public static TheoryData<WireFixture> Received => new(WireFixture.All.Where(f => !f.IsSent));

    public static TheoryData<WireFixture> Short => new(WireFixture.All.Where(f => !f.IsSent && !f.Verdict.Contains("TooLong")));

    public static TheoryData<WireFixture> Valid => new(WireFixture.All.Where(f => !f.IsSent && f.Verdict[0] == "valid"));

    [Theory]
    [MemberData(nameof(Sent))]
    public void Our_adverts_are_those_of_the_original_byte_for_byte(WireFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var config = new Ir.Vrrp.KeepalivedConfig { Global = new Ir.Vrrp.GlobalConfig(), Instances = [fixture.Instance] };
        var router = new Router(config, fixture.Own).Start();
        while (router.Effects.OfType<SendAdvert>().DistinctBy(a => a.Datagram.Span[fixture.IsV6 ? 2 : 5]).Count() < (fixture.IsV6 ? 1 : fixture.Count - (fixture.IsStop ? 1 : 0))) router.Wait(0.1);
        if (fixture.IsStop) router.Do((core, now) => core.Stop(now));
        var adverts = router.Effects.OfType<SendAdvert>().ToList();
        var ours = fixture.Instance.Path.IsUnicast ? adverts.First(a => a.Destination == Router.A("10.9.0.2")) : adverts[^1];
        Convert.ToHexString(ours.Datagram.Span).Should().Be(Convert.ToHexString(fixture.Bytes));
    }

    [Theory]
    [MemberData(nameof(Received))]
    public void Each_datagram_is_judged_as_the_original_judges_it(WireFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var router = fixture.Router();
        var received = router.Only.Counters.AdvertsReceived;
        router.Receive(fixture.Bytes, envelope: fixture.Envelope);
        if (fixture.Verdict[0] == "valid")
        {
            router.Take().Should().ContainSingle(e => e is LowerPriorityHeard);
            router.Only.Counters.AdvertsReceived.Should().Be(received + 1);
            return;
        }
        var discarded = router.Effects.OfType<PacketDiscarded>().ToList();
        if (fixture.Verdict[0] == "unknown")
        {
            router.Effects.Should().BeEmpty();
            router.Core.UnknownRouterIds.Should().Be(1);
            return;
        }
        router.Effects.Should().ContainSingle().Which.Should().BeOfType<PacketDiscarded>();
        discarded[0].Problem.ToString().Should().Be(fixture.Verdict[1]);
        if (fixture.Verdict.Length > 2) discarded[0].Received.Should().Be(long.Parse(fixture.Verdict[2], CultureInfo.InvariantCulture));
        if (fixture.Verdict.Length > 3) discarded[0].Expected.Should().Be(long.Parse(fixture.Verdict[3], CultureInfo.InvariantCulture));
        router.Core.UnreadablePackets.Should().Be(fixture.Verdict[0] == "unreadable" ? 1u : 0u);
        Errors(router.Only.Counters).Should().Be(fixture.Verdict[0] == "unreadable" ? 0u : 1u);
    }

    [Theory]
    [MemberData(nameof(Short))]
    public void Cut_anywhere_a_datagram_changes_nothing_and_is_counted(WireFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var router = fixture.Router();
        for (var length = 0; length < fixture.Bytes.Length; length++)
        {
            var cut = fixture.Bytes[..length];
            if (!fixture.IsV6 && length > 3) (cut[2], cut[3]) = ((byte)(length >> 8), (byte)length);
            ExpectNothing(router, cut, fixture);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void With_any_bit_of_its_message_flipped_a_datagram_changes_nothing_and_is_counted(WireFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var router = fixture.Router();
        var start = fixture.IsV6 ? 0 : 20;
        for (var bit = start * 8; bit < fixture.Bytes.Length * 8; bit++)
        {
            var flipped = fixture.Bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            // Reserved bytes of the authentication header are proven, too; its length field is nothing that anybody reads.
            ExpectNothing(router, flipped, fixture);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void With_any_bit_of_its_IP_header_flipped_nobody_falls(WireFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        if (fixture.IsV6) return;
        for (var bit = 0; bit < 160; bit++)
        {
            var router = fixture.Router();
            var flipped = fixture.Bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            router.Receive(flipped);
            router.Only.State.Should().Be(VrrpState.Master);
        }
    }

    [Fact]
    public void What_is_discarded_costs_no_memory()
    {
        foreach (var fixture in WireFixture.All.Where(f => !f.IsSent && f.Verdict[0] != "valid"))
        {
            var router = fixture.Router();
            void Flood()
            {
                for (var i = 0; i < 100; i++)
                {
                    router.Core.Receive(router.Now, router.Only.Channel, fixture.Envelope, fixture.Bytes);
                    router.Core.Effects.Clear();
                }
            }
            Flood();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Flood();
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0, fixture.Name);
        }
    }

    private static void ExpectNothing(Router router, byte[] bytes, WireFixture fixture)
    {
        var before = Snapshot(router);
        var (errors, unknown) = (Errors(router.Only.Counters) + router.Core.UnreadablePackets, router.Core.UnknownRouterIds);
        router.Receive(bytes, envelope: fixture.Envelope);
        router.Take().Should().NotContain(e => !(e is PacketDiscarded));
        Snapshot(router).Should().Be(before);
        (Errors(router.Only.Counters) + router.Core.UnreadablePackets - errors + router.Core.UnknownRouterIds - unknown).Should().Be(1);
    }

    private static string Snapshot(Router router)
    {
        var i = router.Only;
        return $"{i.State} {i.WantedState} {i.TimerAt} {i.EffectivePriority} {i.MasterAddress} {i.MasterPriority} {i.MasterAdvertInterval} {i.Sequence} {i.UsesOldChecksum} {i.PreemptAt}";
    }

    private static ulong Errors(InstanceCounters c) => c.LengthErrors + c.TtlErrors + c.InvalidTypes + c.IntervalErrors + c.AddressListErrors
        + c.InvalidAuthenticationTypes + c.AuthenticationMismatches + c.AuthenticationFailures + c.ChecksumErrors + c.VersionErrors + c.OtherErrors;
}
