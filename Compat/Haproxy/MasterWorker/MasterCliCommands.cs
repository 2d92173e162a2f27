using System.Text;

namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>The commands of the master's own CLI, with the texts of the original's help.</summary>
internal static class MasterCliCommands
{
    private static readonly (string Syntax, string Text)[] All =
    [
        ("@!<pid>", "send a command to the <pid> process"),
        ("@<relative pid>", "send a command to the <relative pid> process"),
        ("@master", "send a command to the master process"),
        ("operator", "lower the level of the current CLI session to operator"),
        ("reload", "reload haproxy"),
        ("show cli level", "display the level of the current CLI session"),
        ("show cli sockets", "dump list of cli sockets"),
        ("show proc", "show processes status"),
        ("show version", "show version of the current process"),
        ("user", "lower the level of the current CLI session to user"),
    ];

    private static readonly (string Syntax, string Text)[] Always =
    [
        ("help [<command>]", "list matching or all commands"),
        ("prompt", "toggle interactive mode with prompt"),
        ("quit", "disconnect"),
    ];

    // What the original offers to a word that resembles nothing.
    private static readonly string[] Fallback = ["@!<pid>", "@master", "operator", "reload", "user"];

    /// <summary>The answer to <c>help</c> with or without words.</summary>
    internal static string Help(ReadOnlySpan<string> words)
        => Table("The following commands are valid at this level:\n", words.IsEmpty ? All : Matching(words));

    /// <summary>The answer to what is no command.</summary>
    internal static string Unknown(ReadOnlySpan<string> words) => words.IsEmpty
        ? Table("Unknown command. Please enter one of the following commands only:\n", All)
        : Table("Unknown command, but maybe one of the following ones is a better match:\n", Matching(words));

    private static (string, string)[] Matching(ReadOnlySpan<string> words)
    {
        var best = Array.Empty<(string, string)>();
        for (var count = 1; count <= words.Length; count++)
        {
            var start = string.Join(' ', words[..count]!);
            var matching = All.Where(command => command.Syntax == start || command.Syntax.StartsWith(start + " ", StringComparison.Ordinal)).ToArray();
            if (matching.Length == 0)
                break;
            best = matching;
        }
        var first = words[0];
        if (best.Length == 0 && Always.Any(command => command.Syntax.StartsWith(first, StringComparison.Ordinal)))
            return [];
        return best.Length > 0 ? best : All.Where(command => Fallback.Contains(command.Syntax)).Select(command => (command.Syntax, command.Text)).ToArray();
    }

    private static string Table(string title, IEnumerable<(string Syntax, string Text)> rows)
    {
        var text = new StringBuilder(title);
        foreach (var (syntax, meaning) in rows.Concat(Always))
            text.Append("  ").Append(syntax.PadRight(40)).Append(": ").Append(meaning).Append('\n');
        return text.Append('\n').ToString();
    }
}
