using Dropin.Runtime.Tests.Vrrp;

namespace Dropin.Fuzz.Targets;

/// <summary>States that one execution of keepalived leaves to the next, without their checksum: a core takes them or refuses them.</summary>
internal sealed class HandoverTarget : Target
{
    public override string Name => "handover";

    public override IEnumerable<byte[]> Seeds => HandoverFuzzTarget.Seeds;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [6, 0, 8, 0, 0, 0], [12, 0, 8, 0, 0, 0], [27, 0, 28, 0, 0, 0], [255, 255, 255, 255], [0, 0, 0, 0, 0, 0, 0, 0], [255, 255, 255, 255, 255, 255, 255, 127],
        [2, 0, 0, 0, 0, 0, 0, 0], [97, 0, 0, 0, 0, 0, 0, 0], [10, 9, 0, 1],
    ];

    public override int Limit => 8192;

    public override void Check(ReadOnlySpan<byte> input) => HandoverFuzzTarget.Check(input);
}
