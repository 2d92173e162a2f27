using System.Text.RegularExpressions;

namespace Dropin.Runtime.Tests.Architecture;

/// <summary>C# source without its comments and literals, so that a word found in it is code.</summary>
internal static partial class SourceText
{
    public static string CodeOf(string path) => NotCode().Replace(File.ReadAllText(path), Blank);

    // Literals keep a pair of quotes; line feeds stay, so that line numbers remain true.
    private static string Blank(Match found)
    {
        var lines = new string('\n', found.Value.Count(c => c == '\n'));
        return found.Value[0] == '/' ? lines : "\"\"" + lines;
    }

    [GeneratedRegex(""""//[^\n]*|/\*.*?\*/|\$*"""+.*?"""+|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\[^\n]{1,9}?|[^'\\\n])'"""", RegexOptions.Singleline)]
    private static partial Regex NotCode();
}
