using System.Text;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Binding;

/// <summary>The file of <c>h1-case-adjust-file</c>: a name in lower case and its spelling on each line, empty lines and comments apart.</summary>
internal static class HeaderCaseFile
{
    /// <summary>Adds what the file says to the spellings of the lines; nothing where none is named.</summary>
    public static void Read(ConfigSyntax document, DiagnosticSink sink)
    {
        if (document.Global.HeaderCaseFile is not { } file)
        {
            return;
        }

        if (document.Surroundings.ReadFile(file, out _) is not { } content)
        {
            sink.Error("cannot-read", default, $"h1-headers-case-adjust-file '{file}': failed to open file.");
            return;
        }

        var cases = document.Global.Config.HeaderCases;
        var number = 0;
        foreach (var text in Encoding.Latin1.GetString(content).Split('\n'))
        {
            number++;
            var line = text.Trim(' ', '\t', '\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var end = line.AsSpan().IndexOfAny(' ', '\t');
            var from = end < 0 ? line : line[..end];
            var to = end < 0 ? "" : line[end..].Trim(' ', '\t');
            var problem = to.Length == 0 ? Problem.Of($"expect <to>") : HeaderCasePairs.Problem(cases, from, to);
            if (problem is not null)
            {
                sink.Error("bad-header-case", default, $"h1-headers-case-adjust-file '{file}' : {problem} at line {number}.");
                return;
            }

            cases = cases.Add(new HeaderCase(from, to));
        }

        document.Global.Config = document.Global.Config with { HeaderCases = cases };
    }
}
