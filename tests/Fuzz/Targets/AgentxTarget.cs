using Dropin.Runtime.Tests.Snmp;

namespace Dropin.Fuzz.Targets;

/// <summary>Messages of a master agent of SNMP before an open session: each question has one readable answer.</summary>
internal sealed class AgentxTarget : Target
{
    public override string Name => "agentx";

    public override IEnumerable<byte[]> Seeds => AgentxFuzzTarget.Seeds;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [1, 5, 0x10, 0], [1, 6, 0x10, 0], [1, 7, 0x10, 0], [1, 8, 0x10, 0], [1, 9, 0x10, 0], [1, 18, 0x10, 0], [1, 5, 0x18, 0], [1, 5, 0, 0], [0, 0, 0, 42], [0, 0, 0, 4],
        [128, 0, 0, 0], [5, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0x25, 0x72], [255, 255, 255, 255], [0, 2, 0, 0], [0, 4, 0, 0], [0, 70, 0, 0],
    ];

    public override void Check(ReadOnlySpan<byte> input) => AgentxFuzzTarget.Check(input);
}
