namespace Dropin.Parsers.Keepalived.Lexing;

/// <summary>Splits the text of a statement into words: blanks and double quotes separate, nothing escapes.</summary>
internal static class WordSplitter
{
    /// <summary>The words of a text.</summary>
    /// <param name="text">Without braces.</param>
    /// <param name="unmatched">A quote has no end; the words before it stay.</param>
    public static List<string> Split(string text, out bool unmatched)
    {
        var words = new List<string>();
        unmatched = false;
        var at = 0;
        while (true)
        {
            while (at < text.Length && IsBlank(text[at]))
            {
                at++;
            }

            if (at >= text.Length)
            {
                return words;
            }

            var start = at;
            if (text[at] == '"')
            {
                var end = text.IndexOf('"', at + 1);
                if (end < 0)
                {
                    unmatched = true;
                    return words;
                }

                words.Add(text[(at + 1)..end]);
                at = end + 1;
                continue;
            }

            while (at < text.Length && !IsBlank(text[at]) && text[at] != '"')
            {
                at++;
            }

            words.Add(text[start..at]);
        }
    }

    /// <summary>What isspace(3) calls a space.</summary>
    public static bool IsBlank(char c) => c is ' ' or (>= '\t' and <= '\r');
}
