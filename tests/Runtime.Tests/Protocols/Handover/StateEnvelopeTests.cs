using Dropin.Runtime.Protocols.Handover;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.Handover;

/// <summary>A state is read whole and undamaged, or not at all.</summary>
public sealed class StateEnvelopeTests
{
    private static readonly byte[] Sealed = StateEnvelope.Seal(State());

    [Fact]
    public void What_was_sealed_is_read()
    {
        var state = StateEnvelope.Open(Sealed, out var reason)!;
        reason.Should().BeEmpty();
        state.Number(1).Should().Be(-7);
        state.Text(2).Should().Be("Grüße");
        state.Records(3).Select(record => record.Number(1)).Should().Equal(10, 20, 30);
        state.Record(4).Record(5).Flag(6).Should().BeTrue();
        state.Bytes(7).ToArray().Should().Equal(1, 2, 3);
        state.IsDamaged.Should().BeFalse();
    }

    [Fact]
    public void What_is_missing_has_a_default_and_is_no_damage()
    {
        var state = StateEnvelope.Open(Sealed, out _)!;
        (state.Number(99, 5), state.Text(99), state.Bytes(99).Length, state.Record(99).Has(1), state.Has(99)).Should().Be((5, null, 0, false, false));
        state.IsDamaged.Should().BeFalse();
    }

    [Fact]
    public void A_name_that_is_missing_and_a_number_that_is_none_are_damage()
    {
        var state = StateEnvelope.Open(Sealed, out _)!;
        state.Record(4).Name(99).Should().BeEmpty();
        state.IsDamaged.Should().BeTrue("damage anywhere is damage of the whole");
        state = StateEnvelope.Open(Sealed, out _)!;
        state.Number(2, 3).Should().Be(3);
        state.IsDamaged.Should().BeTrue();
        state = StateEnvelope.Open(Sealed, out _)!;
        state.Small(1, 100).Should().Be(0);
        state.IsDamaged.Should().BeTrue();
    }

    [Fact]
    public void A_state_that_was_cut_anywhere_is_refused()
    {
        for (var length = 0; length < Sealed.Length; length++)
            StateEnvelope.Open(Sealed.AsMemory(0, length), out var reason).Should().BeNull($"{length} bytes: {reason}");
        StateEnvelope.Open((byte[])[.. Sealed, 0], out _).Should().BeNull();
    }

    [Fact]
    public void A_state_of_which_any_bit_is_another_is_refused()
    {
        for (var bit = 0; bit < Sealed.Length * 8; bit++)
        {
            byte[] other = [.. Sealed];
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            StateEnvelope.Open(other, out _).Should().BeNull($"bit {bit}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StateEnvelope.Version + 1)]
    [InlineData(65535)]
    public void A_version_that_is_not_known_is_refused_by_its_number(int version)
    {
        StateEnvelope.Open(StateEnvelope.Seal(State(), version), out var reason).Should().BeNull();
        reason.Should().Contain($"version {version}");
    }

    [Fact]
    public void A_record_that_was_cut_anywhere_never_throws()
    {
        var state = State();
        for (var length = 0; length < state.Length; length++)
        {
            var cut = new StateRecord(state.AsMemory(0, length));
            _ = (cut.Number(1), cut.Text(2), cut.Records(3).Sum(record => record.Number(1)), cut.Record(4).Record(5).Flag(6), cut.Bytes(7));
        }
    }

    private static byte[] State()
    {
        var to = new StateWriter();
        to.Put(1, -7);
        to.Put(2, "Grüße");
        to.PutEach(3, [10, 20, 30], (writer, number) => writer.Put(1, number));
        to.Put(4, writer => writer.Put(5, inner => inner.Put(6, true)));
        to.Put(7, [1, 2, 3]);
        to.Put(8, (string?)null);
        return to.Written.ToArray();
    }
}
