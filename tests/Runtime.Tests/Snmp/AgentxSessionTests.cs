using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Snmp;

public sealed class AgentxSessionTests
{
    private static readonly ObjectId s_priority = SmallMib.Root.With(2, 3, 1, 7, 3);
    private static readonly ObjectId s_trap = SmallMib.Root.With(2, 10, 0, 2);

    [Fact]
    public void It_opens_and_registers_what_it_answers_for()
    {
        var master = new Master();
        master.Session.Begin(master.Now);
        var open = master.Take();
        open.Select(one => one.Said).Should().Equal("Open . test");
        master.Answer(open[0].Header.Packet, 0).Should().BeTrue();
        master.Session.Phase.Should().Be(AgentxPhase.Open);
        master.Take().Select(one => one.Said).Should().Equal(
            "Register .1.3.6.1.4.1.9586.100.5.1", "AddAgentCaps .1.3.6.1.4.1.9586.100.5.1 one",
            "Register .1.3.6.1.4.1.9586.100.5.2", "AddAgentCaps .1.3.6.1.4.1.9586.100.5.2 two");
    }

    [Fact]
    public void A_master_that_refuses_is_left_and_one_that_refuses_a_subtree_is_told_of()
    {
        var refusing = new Master();
        refusing.Session.Begin(refusing.Now);
        refusing.Answer(refusing.Take()[0].Header.Packet, 256).Should().BeFalse();
        var refused = new List<string>();
        var busy = new Master();
        busy.Session.Refused += (subtree, error) => refused.Add($"{subtree.Description} {error}");
        busy.Opened(error: 263);
        refused.Should().Equal("one 263", "two 263");
        busy.Session.Phase.Should().Be(AgentxPhase.Open);
    }

    [Fact]
    public void It_answers_what_it_is_asked()
    {
        var master = new Master().Opened();
        master.Ask(AgentxType.Get, Master.Names(SmallMib.Root.With(1, 1, 0), SmallMib.Root.With(2, 3, 1, 2, 99), SmallMib.Root.With(2, 99)))
            .Should().Be("Response 0 0 0 .1.3.6.1.4.1.9586.100.5.1.1.0=OctetString:6669727374 .1.3.6.1.4.1.9586.100.5.2.3.1.2.99=NoSuchInstance:0 .1.3.6.1.4.1.9586.100.5.2.99=NoSuchObject:0");
        master.Ask(AgentxType.GetNext, Master.Names(SmallMib.Root.With(2, 3, 1, 2, 3)))
            .Should().Be("Response 0 0 0 .1.3.6.1.4.1.9586.100.5.2.3.1.2.10=Gauge32:10");
        master.Ask(AgentxType.GetNext, Master.Names(SmallMib.Root.With(2, 10, 1, 0)))
            .Should().Be("Response 0 0 0 .1.3.6.1.4.1.9586.100.5.2.10.1.0=EndOfMibView:0");
    }

    [Fact]
    public void A_bulk_repeats_until_all_are_at_their_end()
    {
        var master = new Master().Opened();
        var said = master.Ask(AgentxType.GetBulk, writer =>
        {
            writer.Short(1);
            writer.Short(3);
            Master.Names(SmallMib.Root.With(1), SmallMib.Root.With(2, 3, 1, 2, 3), SmallMib.Root.With(2, 3, 1, 7, 3))(writer);
        });
        said.Should().Be("Response 0 0 0 .1.3.6.1.4.1.9586.100.5.1.1.0=OctetString:6669727374"
            + " .1.3.6.1.4.1.9586.100.5.2.3.1.2.10=Gauge32:10 .1.3.6.1.4.1.9586.100.5.2.3.1.7.10=Integer:100"
            + " .1.3.6.1.4.1.9586.100.5.2.3.1.5.1=Integer:1 .1.3.6.1.4.1.9586.100.5.2.10.1.0=Integer:1"
            + " .1.3.6.1.4.1.9586.100.5.2.3.1.5.3=Integer:3 .1.3.6.1.4.1.9586.100.5.2.10.1.0=EndOfMibView:0");
        var long_ = master.Ask(AgentxType.GetBulk, writer =>
        {
            writer.Short(0);
            writer.Short(ushort.MaxValue);
            Master.Names(SmallMib.Root)(writer);
        });
        long_.Split(' ').Length.Should().Be(4 + master.Mib.AllNames().Count + 1, "the tree ends, the repetitions do not");
    }

    [Fact]
    public void A_set_is_tested_done_and_taken_back()
    {
        var master = new Master().Opened();
        master.Ask(AgentxType.TestSet, Master.Binds(new VarBind(s_priority, SnmpValue.Integer(7)))).Should().Be("Response 0 0 0");
        master.Mib.Values.Should().BeEmpty("it was only tested");
        master.Ask(AgentxType.CommitSet, _ => { }).Should().Be("Response 0 0 0");
        master.Mib.Values[3].Should().Be(7);
        master.Ask(AgentxType.UndoSet, _ => { }).Should().Be("Response 0 0 0");
        master.Mib.Values[3].Should().Be(100);
        master.Ask(AgentxType.CleanupSet, _ => { }).Should().BeEmpty("RFC 2741 7.2.4.4: no answer");
        master.Ask(AgentxType.CommitSet, _ => { }).Should().Be($"Response 0 {(int)AgentxError.CommitFailed} 0");
    }

    [Fact]
    public void What_cannot_be_set_is_said_with_its_place()
    {
        var master = new Master().Opened();
        var good = new VarBind(s_priority, SnmpValue.Integer(7));
        Test(good, new VarBind(s_priority, SnmpValue.Integer(256))).Should().Be("Response 0 10 2");
        Test(new VarBind(s_priority, SnmpValue.Gauge(7))).Should().Be("Response 0 7 1");
        Test(good, good, new VarBind(SmallMib.Root.With(2, 3, 1, 2, 3), SnmpValue.Integer(1))).Should().Be("Response 0 17 3");
        Test(new VarBind(SmallMib.Root.With(2, 3, 1, 7, 99), SnmpValue.Integer(1))).Should().Be("Response 0 17 1");
        master.Ask(AgentxType.CommitSet, _ => { }).Should().Be("Response 0 14 0", "none of them was good as a whole");
        master.Mib.Values.Should().BeEmpty();

        string Test(params VarBind[] binds) => master.Ask(AgentxType.TestSet, Master.Binds(binds));
    }

    [Fact]
    public void Traps_wait_for_the_session_and_are_lost_without_a_connection()
    {
        var master = new Master();
        VarBind[] binds = [new VarBind(SmallMib.Root.With(1, 2, 0), SnmpValue.Text("LAB"))];
        master.Session.Notify(s_trap, binds).Should().BeFalse();
        master.Session.Dropped.Should().Be(1);
        master.Session.Begin(master.Now);
        master.Session.Notify(s_trap, binds).Should().BeTrue();
        master.Answer(master.Take().Single().Header.Packet, 0);
        const string trap = "Notify .1.3.6.1.6.3.1.1.4.1.0=ObjectIdentifier:.1.3.6.1.4.1.9586.100.5.2.10.0.2 .1.3.6.1.4.1.9586.100.5.1.2.0=OctetString:4C4142";
        master.Take().Select(one => one.Said).Should().HaveCount(5).And.EndWith(trap);
        master.Session.Notify(s_trap, binds);
        master.Take().Select(one => one.Said).Should().Equal(trap);
    }

    [Fact]
    public void What_waits_for_a_master_that_does_not_read_has_a_bound()
    {
        var master = new Master().Opened();
        VarBind[] binds = [new VarBind(SmallMib.Root.With(1, 2, 0), SnmpValue.Text(new string('x', 1000)))];
        for (var i = 0; i < 1000; i++) master.Session.Notify(s_trap, binds);
        master.Session.Dropped.Should().BePositive();
        master.Session.Outgoing.Length.Should().BeLessThan(AgentxSession.MostWaitingBytes + 2000);
        master.Send(AgentxType.Get, 1, Master.Names(SmallMib.Root)).Should().BeFalse("it asks and does not read");
        var early = new Master();
        early.Session.Begin(0);
        for (var i = 0; i < 2 * AgentxSession.MostEarly; i++) early.Session.Notify(s_trap, binds);
        early.Session.Dropped.Should().Be(AgentxSession.MostEarly);
    }

    [Fact]
    public void A_silent_master_is_asked_whether_it_lives_and_left()
    {
        var master = new Master().Opened();
        var asked = master.Now + AgentxSession.PingMilliseconds;
        master.Session.NextDeadline.Should().Be(asked);
        master.Session.Tick(asked - 1).Should().BeTrue();
        master.Take().Should().BeEmpty();
        master.Session.Tick(asked).Should().BeTrue();
        var ping = master.Take().Single();
        ping.Header.Type.Should().Be(AgentxType.Ping);
        master.Now = asked + 10;
        master.Answer(ping.Header.Packet, 0).Should().BeTrue();
        master.Session.NextDeadline.Should().Be(master.Now + AgentxSession.PingMilliseconds);
        master.Session.Tick(master.Session.NextDeadline).Should().BeTrue();
        master.Session.Tick(master.Session.NextDeadline).Should().BeFalse();
        var deaf = new Master();
        deaf.Session.Begin(0);
        deaf.Session.Tick(AgentxSession.AnswerMilliseconds - 1).Should().BeTrue();
        deaf.Session.Tick(AgentxSession.AnswerMilliseconds).Should().BeFalse();
    }

    [Fact]
    public void The_end_is_told_and_a_close_of_the_master_ends_it()
    {
        var master = new Master().Opened();
        master.Session.End();
        master.Take().Select(one => one.Said).Should().Equal("Close");
        master.Send(AgentxType.Close, 1, writer => writer.Bytes(5, 0, 0, 0)).Should().BeFalse();
        new Master().Opened().Send(AgentxType.Get, 1, Master.Names(SmallMib.Root), session: 43).Should().BeFalse("that session is not ours");
        new Master().Send(AgentxType.Get, 1, Master.Names(SmallMib.Root)).Should().BeFalse("nothing was opened");
    }

    [Fact]
    public void Whatever_a_master_sends_the_answers_are_messages()
    {
        foreach (var seed in AgentxFuzzTarget.Seeds)
        {
            AgentxFuzzTarget.Check(seed);
            for (var bit = 0; bit < seed.Length * 8; bit++)
            {
                var copy = seed.ToArray();
                copy[bit / 8] ^= (byte)(1 << (bit % 8));
                AgentxFuzzTarget.Check(copy);
            }
        }
    }
}
