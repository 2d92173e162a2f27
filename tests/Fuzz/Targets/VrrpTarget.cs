using Dropin.Runtime.Tests.Vrrp;

namespace Dropin.Fuzz.Targets;

/// <summary>VRRP datagrams before a router of one of several kinds: what it takes must be right by a second reading, what it refuses changes nothing.</summary>
internal sealed class VrrpTarget : Target
{
    public override string Name => "vrrp";

    public override IEnumerable<byte[]> Seeds => VrrpFuzzTarget.Seeds;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0x21, 51], [0x31, 51], [0, 1], [0, 100], [255], [0], [51], [112], [0x45, 0xc0], [0x45, 0], [0x4f, 0],
        [10, 9, 0, 1], [10, 9, 0, 2], [10, 9, 0, 100], [224, 0, 0, 18], [0, 0, 0, 0, 0, 0, 0, 0], [255, 255, 255, 255],
    ];

    public override int Limit => 512;

    public override void Check(ReadOnlySpan<byte> input) => VrrpFuzzTarget.Check(input);
}
