using System.Globalization;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>What the collector counts: ours alone, for the gate on allocation. The original has <c>debug dev memstats</c> for its own heap.</summary>
internal static class ManagedHeap
{
    /// <summary>Bytes ever allocated on the managed heap, and collections of each generation since the start.</summary>
    internal static void Run(CliCall call) => call.Output.Append(CultureInfo.InvariantCulture,
        $"allocated_bytes: {GC.GetTotalAllocatedBytes(precise: true)}\ncollections: {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}\n");
}
