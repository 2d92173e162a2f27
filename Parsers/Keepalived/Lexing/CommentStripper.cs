namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>Takes comments off physical lines: <c>#</c> and <c>!</c> outside of double quotes, glued to a word or not.</summary>
internal static class CommentStripper
{
    /// <summary>The text before the comment, without the blanks at its ends.</summary>
    /// <param name="line">A physical line.</param>
    /// <param name="unterminated">A double quote has no end.</param>
    public static string Strip(string line, out bool unterminated)
    {
        unterminated = false;
        var quoted = false;
        var end = line.Length;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length)
            {
                // An escaped mark of a comment is read as one by all readings but the first.
                i += line[i + 1] is '#' or '!' && !quoted ? 0 : 1;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\0' || (!quoted && (c is '#' or '!')))
            {
                // Escaped or not: the backslash goes with it.
                end = i > 0 && line[i - 1] == '\\' ? i - 1 : i;
                break;
            }
        }

        unterminated = quoted;
        var start = 0;
        while (start < end && WordSplitter.IsBlank(line[start]))
        {
            start++;
        }

        while (end > start && WordSplitter.IsBlank(line[end - 1]))
        {
            end--;
        }

        // A backslash at the end is glued to the word before it.
        var text = line[start..end];
        return text.EndsWith('\\') ? text[..^1].TrimEnd() + "\\" : text;
    }
}
