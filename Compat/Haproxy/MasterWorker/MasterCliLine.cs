namespace Dropin.Compat.Haproxy.MasterWorker;

/// <summary>The words of the master's CLI: a line is commands between semicolons, a command may begin with its target after "@".</summary>
internal static class MasterCliLine
{
    /// <summary>Splits a line at its semicolons; "\;" is a semicolon of the command.</summary>
    internal static IReadOnlyList<string> Split(string line)
    {
        List<string> commands = [];
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == ';')
            {
                commands.Add(line[start..i]);
                start = i + 1;
            }
        }
        if (start < line.Length || start == 0)
            commands.Add(line[start..]);
        return commands;
    }

    /// <summary>Takes the target off a command: "@", "@master", "@1", "@!1234"; null when it names none.</summary>
    internal static string? TakeTarget(ref string command)
    {
        var text = command.TrimStart(' ', '\t');
        if (!text.StartsWith('@'))
            return null;
        var end = text.IndexOfAny([' ', '\t']);
        var target = end < 0 ? text : text[..end];
        command = end < 0 ? "" : text[end..].TrimStart(' ', '\t');
        return target;
    }

    /// <summary>The words of a command.</summary>
    internal static string[] Words(string command) => command.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a payload follows in the next lines, up to an empty one.</summary>
    internal static bool AnnouncesPayload(string command) => command.TrimEnd('\r', ' ').EndsWith("<<", StringComparison.Ordinal);
}
