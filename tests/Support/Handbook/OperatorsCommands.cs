namespace Dropin.Tests.Support.Handbook;

/// <summary>
/// The commands that the README gives an operator in its section "Replace your pair": each heading of third order with the indented lines below
/// it. <c>make pair</c> runs these lines and no copy of them, so what is printed is what was tried.
/// </summary>
public sealed class OperatorsCommands
{
    /// <summary>The section's heading.</summary>
    public const string Section = "## Replace your pair";

    /// <summary>The headings whose commands <c>make pair</c> runs.</summary>
    public const string Setting = "The setting", Before = "Before", Backup = "The backup", Master = "The master", Upgrade = "An upgrade", Failback = "Failback by hand",
        WayBackBackup = "The way back: the backup", WayBackMaster = "The way back: the master";

    private readonly Dictionary<string, List<string>> _commands = [];

    private OperatorsCommands(IEnumerable<string> lines)
    {
        var (inside, heading) = (false, "");
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) inside = line == Section;
            else if (line.StartsWith("### ", StringComparison.Ordinal)) heading = line[4..];
            else if (inside && line.StartsWith("    ", StringComparison.Ordinal))
            {
                if (!_commands.TryGetValue(heading, out var commands)) _commands[heading] = commands = [];
                commands.Add(line.Split(" # ")[0].Trim());
            }
        }
    }

    /// <summary>All headings that have commands, in their order.</summary>
    public IEnumerable<string> Headings => _commands.Keys;

    /// <summary>The command lines below a heading.</summary>
    /// <exception cref="InvalidOperationException">There is no such heading.</exception>
    public IReadOnlyList<string> this[string heading] => _commands.TryGetValue(heading, out var commands)
        ? commands
        : throw new InvalidOperationException($"README.md has no commands under '### {heading}' in '{Section}'");

    /// <summary>Reads the repository's README.</summary>
    public static OperatorsCommands Read() => new(File.ReadLines(Repository.PathOf("README.md")));
}
