using Dropin.Parsers.Text;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>The sentence that offers a word which is like the one that was written.</summary>
internal static class Suggestions
{
    /// <summary>" Did you mean 'x' maybe ?", or nothing where no word is near.</summary>
    public static string Sentence(string word, IEnumerable<string> names) =>
        new WordSimilarity([.. names]).Nearest(word) is { } near ? $" Did you mean '{near}' maybe ?" : "";
}
