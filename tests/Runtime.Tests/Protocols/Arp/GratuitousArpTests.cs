using Dropin.Runtime.Protocols.Arp;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Protocols.Arp;

public sealed class GratuitousArpTests
{
    [Fact]
    public void The_frame_is_the_one_that_keepalived_sends()
    {
        // Recorded from keepalived 2.2.7.
        var recorded = Convert.FromHexString(
            "ffffffffffff0200c0a8db7d08060001080006040001" + "0200c0a8db7dc0a8dbfd" + "ffffffffffffc0a8dbfd");
        var frame = new byte[GratuitousArp.Size];

        GratuitousArp.Write(frame, [2, 0, 0xc0, 0xa8, 0xdb, 0x7d], [192, 168, 219, 253]).Should().Be(42);

        frame.Should().Equal(recorded);
    }
}
