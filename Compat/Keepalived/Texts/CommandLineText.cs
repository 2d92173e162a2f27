namespace Dropin.Compat.Keepalived.Texts;

/// <summary>The command line as the log shows it at the start: each word in quotation marks, in lines of at most 102 characters.</summary>
internal static class CommandLineText
{
    private const string Title = "Command line: ";
    private const int Width = 88;

    /// <summary>Its lines. A word that does not fit begins a line, one that is longer than a line is broken.</summary>
    internal static IEnumerable<string> Lines(IEnumerable<string> words)
    {
        var (head, line) = (Title, "");
        foreach (var word in words)
        {
            var shown = $"'{word}'";
            if (line.Length > 0 && line.Length + 1 + shown.Length > Width)
            {
                yield return head + line;
                (head, line) = (new string(' ', Title.Length), "");
            }
            line = line.Length > 0 ? $"{line} {shown}" : shown;
            for (; line.Length > Width; line = line[Width..])
            {
                yield return head + line[..Width];
                head = new string(' ', Title.Length);
            }
        }
        yield return head + line;
    }
}
