using System.Net;
using Dropin.Runtime.Protocols.NeighbourDiscovery;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.NeighbourDiscovery;

public sealed class NeighbourAdvertisementTests
{
    // Recorded from keepalived 2.2.7: fe80::100 and fd09::101 at 02:00:0a:00:00:01.
    [Theory]
    [InlineData("fe80::100", "4b9d", "fe800000000000000000000000000100")]
    [InlineData("fd09::101", "4e89", "fd090000000000000000000000000101")]
    public void The_frame_is_the_one_that_keepalived_sends(string address, string checksum, string hex)
    {
        var recorded = Convert.FromHexString(
            "33330000000102000a00000186dd" + "6000000000203aff" + hex + "ff020000000000000000000000000001"
            + "8800" + checksum + "20000000" + hex + "020102000a000001");
        var frame = new byte[NeighbourAdvertisement.Size];

        var size = NeighbourAdvertisement.Write(frame, [2, 0, 10, 0, 0, 1], IPAddress.Parse(address).GetAddressBytes(), isRouter: false);

        size.Should().Be(86);
        frame.Should().Equal(recorded);
    }

    [Fact]
    public void A_host_that_forwards_says_that_it_is_a_router()
    {
        var frame = new byte[NeighbourAdvertisement.Size];

        NeighbourAdvertisement.Write(frame, [2, 0, 10, 0, 0, 1], IPAddress.Parse("fe80::100").GetAddressBytes(), isRouter: true);

        frame[58].Should().Be(0xa0);
        (frame[56] << 8 | frame[57]).Should().Be(0xcb9c);
    }
}
