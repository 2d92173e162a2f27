using Dropin.Runtime.Protocols.AgentX;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.AgentX;

public sealed class AgentxWireTests
{
    [Fact]
    public void Each_message_of_net_snmp_is_read_to_its_end()
    {
        foreach (var (_, name, bytes) in AgentxConversation.Messages)
            AgentxConversation.Read(bytes).Should().NotBeNull($"{name} {Convert.ToHexString(bytes)}");
    }

    [Fact]
    public void A_message_that_is_cut_anywhere_makes_no_sense()
    {
        foreach (var (_, name, bytes) in AgentxConversation.Messages)
            for (var length = 0; length < bytes.Length; length++)
                AgentxConversation.Read(bytes.AsSpan(0, length)).Should().BeNull($"{name} cut to {length}");
    }

    [Fact]
    public void No_flipped_bit_makes_the_reader_throw_or_read_beyond_its_bounds()
    {
        var understood = 0;
        foreach (var (_, _, bytes) in AgentxConversation.Messages)
        {
            var copy = bytes.ToArray();
            for (var bit = 0; bit < copy.Length * 8; bit++)
            {
                copy[bit / 8] ^= (byte)(1 << (bit % 8));
                if (AgentxConversation.Read(copy) != null) understood++;
                copy[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
        understood.Should().BePositive("a value of another content is still a value");
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        VarBind[] binds =
        [
            new(new ObjectId(1, 3, 6, 1, 4, 1, 9586, uint.MaxValue), SnmpValue.Integer(-5)), new(new ObjectId(1, 3), SnmpValue.Gauge(uint.MaxValue)),
            new(new ObjectId(1, 3, 1), SnmpValue.Counter32(1ul << 33 | 7)), new(new ObjectId(1, 3, 2), SnmpValue.Counter64(ulong.MaxValue - 1)),
            new(new ObjectId(1, 3, 3), SnmpValue.Ticks(12)), new(new ObjectId(1, 3, 4), SnmpValue.Text("")), new(new ObjectId(1, 3, 5), SnmpValue.Text("eth0:")),
            new(new ObjectId(1, 3, 6), SnmpValue.IpAddress(192, 0, 2, 1)), new(new ObjectId(1, 3, 7), SnmpValue.ObjectIdentifier(new ObjectId(1, 3, 6, 1, 6))),
            new(new ObjectId(1, 3, 8), SnmpValue.Of(SnmpType.NoSuchInstance)), new(default, SnmpValue.Of(SnmpType.EndOfMibView)),
        ];
        var writer = new AgentxWriter();
        for (var round = 0; round < 3; round++) // the second and third behind what was taken
        {
            writer.Begin(AgentxType.Notify, 7, 8, 9);
            foreach (var bind in binds) writer.Bind(bind);
            writer.End();
            AgentxReader.TryReadHeader(writer.Written, out var header).Should().BeTrue();
            header.Should().Be(new AgentxHeader(AgentxType.Notify, 0x10, 7, 8, 9, writer.Written.Length - AgentxFormat.HeaderBytes));
            var reader = new AgentxReader(header, writer.Written[AgentxFormat.HeaderBytes..]);
            var read = new List<VarBind>();
            while (!reader.IsAtEnd) read.Add(reader.Bind());
            reader.IsDamaged.Should().BeFalse();
            read.Should().Equal(binds);
            writer.Taken(writer.Written.Length);
        }
    }

    [Fact]
    public void A_name_with_a_prefix_is_the_whole_name()
    {
        byte[] bytes = [2, 4, 1, 0, 0, 0, 0, 1, 0, 0, 0x25, 0x72];
        var reader = new AgentxReader(new AgentxHeader(AgentxType.Get, 0x10, 0, 0, 0, bytes.Length), bytes);
        reader.Name(out var included).Should().Be(new ObjectId(1, 3, 6, 1, 4, 1, 9586));
        included.Should().BeTrue();
        reader.IsAtEnd.Should().BeTrue();
    }

    [Theory]
    [InlineData(0x02, 0u)] // another version
    [InlineData(0x01, 3u)] // not a multiple of 4
    [InlineData(0x01, 65536u)] // longer than anybody needs
    public void A_header_that_cannot_be_is_refused(byte version, uint length)
    {
        var bytes = new byte[20];
        (bytes[0], bytes[1], bytes[2]) = (version, 5, 0x10);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), length);
        AgentxReader.TryReadHeader(bytes, out _).Should().BeFalse();
    }
}
