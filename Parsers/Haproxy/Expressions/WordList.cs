using Dropin.Parsers.Haproxy.Grammar;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Words of a line as texts.</summary>
internal static class WordList
{
    /// <summary>The words from a place to the end.</summary>
    public static string[] From(ConfigLine line, int index)
    {
        var words = line.From(index);
        if (words.IsEmpty)
        {
            return [];
        }

        var texts = new string[words.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = words[i].Text;
        }

        return texts;
    }
}
