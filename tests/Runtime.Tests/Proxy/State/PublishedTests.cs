using System.Net;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.State;

public sealed class PublishedTests
{
    [Fact]
    public void A_reader_never_sees_half_of_an_address()
    {
        var one = SocketAddress128.From(IPAddress.Parse("2001:db8:1111:1111:1111:1111:1111:1111"), 0x1111);
        var other = SocketAddress128.From(IPAddress.Parse("2001:db8:2222:2222:2222:2222:2222:2222"), 0x2222);
        var published = new Published<SocketAddress128>();
        published.Set(one);
        var ends = false;
        var writer = new Thread(() =>
        {
            for (var turn = 0; !Volatile.Read(ref ends); turn++)
            {
                published.Set(turn % 2 == 0 ? other : one);
            }
        });
        writer.Start();

        var torn = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var seen = published.Value;
            torn += seen.Bytes.SequenceEqual(one.Bytes) || seen.Bytes.SequenceEqual(other.Bytes) ? 0 : 1;
        }

        Volatile.Write(ref ends, true);
        writer.Join();
        torn.Should().Be(0);
    }

    [Fact]
    public void What_was_read_stays_as_it_was()
    {
        var published = new Published<int>();
        published.Set(1);
        ref readonly var seen = ref published.Value;
        published.Set(2);
        (seen, published.Value).Should().Be((1, 2));
    }
}
