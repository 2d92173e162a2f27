namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>Lines that hold for one configuration only: <c>@ID line</c>, <c>@^ID line</c>.</summary>
internal static class Condition
{
    /// <summary>The line behind the condition; empty where it does not hold.</summary>
    /// <param name="text">A line that begins with the mark.</param>
    /// <param name="configId">Ours.</param>
    public static string Apply(string text, string configId)
    {
        var negative = text.Length > 1 && text[1] == '^';
        var start = negative ? 2 : 1;
        var end = start;
        while (end < text.Length && !WordSplitter.IsBlank(text[end]))
        {
            end++;
        }

        var holds = text.AsSpan(start, end - start).SequenceEqual(configId) != negative;
        return holds ? text[end..].Trim() : "";
    }
}
