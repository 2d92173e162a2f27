namespace Dropin.Pair.Nodes;

/// <summary>
/// A control group for each node: without, two systemds would take the same one for their own, and stop each other's services. The script
/// that started us removes them (<c>build/pair.sh</c>), also when we were killed.
/// </summary>
internal static class ControlGroups
{
    private static readonly string[] Hierarchies = File.Exists("/sys/fs/cgroup/cgroup.controllers")
        ? ["/sys/fs/cgroup"]
        : [.. new[] { "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified" }.Where(Directory.Exists)];

    /// <summary>Makes those of a node; the files into which a process writes its number to be in them.</summary>
    public static IReadOnlyList<string> Make(string run, string node) =>
        [.. Hierarchies.Select(hierarchy => Directory.CreateDirectory(Path.Combine(hierarchy, run, node)).FullName + "/cgroup.procs")];
}
