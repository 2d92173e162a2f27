using System.Text;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>What is said to a line that is no command: the commands that begin alike, or those that resemble it most.</summary>
/// <remarks>
/// Where the first words are those of commands, these alone are considered. Without a further word all of them are listed, else the nearest five by the
/// distance of their letter pairs, none of them more than two and a half times as far as the nearest.
/// </remarks>
internal static partial class CliHelp
{
    private const int MostMatches = 5;
    private const string AlwaysShown = "help|prompt|quit";

    internal static string Unknown(ReadOnlySpan<string> words) =>
        (words.IsEmpty ? "Unknown command. Please enter one of the following commands only:\n" : "Unknown command, but maybe one of the following ones is a better match:\n")
        + List(words);

    internal static string Of(ReadOnlySpan<string> words) => "The following commands are valid at this level:\n" + List(words);

    private static string List(ReadOnlySpan<string> words)
    {
        var into = new StringBuilder();
        foreach (var command in Chosen(words))
            into.Append("  ").Append(command.Usage.PadRight(40)).Append(": ").Append(command.Meaning).Append('\n');
        return into.ToString();
    }

    private static IEnumerable<CliCommand> Chosen(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
            return CliCommands.All;
        var known = 0;
        foreach (var command in CliCommands.All)
            known = Math.Max(known, command.Matches(words));
        var alike = new List<CliCommand>();
        foreach (var command in CliCommands.All)
        {
            if (!IsAlwaysShown(command) && command.Matches(words) == known)
                alike.Add(command);
        }
        if (known < words.Length)
            alike = Nearest(alike, words[known..], known);
        return alike.Concat(CliCommands.All.Where(IsAlwaysShown));
    }

    private static List<CliCommand> Nearest(List<CliCommand> commands, ReadOnlySpan<string> words, int known)
    {
        var print = LetterPairs.Of(words);
        var ranked = commands.Select(command => (Command: command, Distance: LetterPairs.Distance(print, LetterPairs.Of(command.Words.AsSpan(known)))))
            .OrderBy(entry => entry.Distance).ThenBy(entry => PlaceOf(entry.Command)).Take(MostMatches).ToList();
        if (ranked.Count == 0 || known > 0 && commands.Count == 1 && commands[0].Words.Length == known)
            return [];
        var most = ranked[0].Distance * 5 / 2;
        var kept = ranked.Where(entry => entry.Distance <= most).Select(entry => entry.Command).ToHashSet();
        return [.. commands.Where(kept.Contains)];
    }

    private static bool IsAlwaysShown(CliCommand command) => command.Words.Length == 1 && AlwaysShown.Split('|').Contains(command.Words[0]);
}
