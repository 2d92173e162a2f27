using System.Text;
using Dropin.Compat.Haproxy.Cli;
using Dropin.Parsers.Haproxy.Registry;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// <c>-dK class[,class]*</c>: the words which this program knows and obeys, under the original's headings, for tools that look for words. Types and
/// places of samples are not part of it.
/// </summary>
internal static class KeywordDump
{
    private const string Classes = """
        # List of supported keyword classes:
        all: list all keywords
        acl: ACL keywords
        cfg: configuration keywords
        cli: CLI keywords
        cnv: sample converter keywords
        flt: filter names
        smp: sample fetch functions
        svc: service names

        """;

    /// <summary>The dump of the classes; an unknown class lists nothing, as with the original.</summary>
    internal static string Of(string classes)
    {
        var text = new StringBuilder();
        foreach (var name in classes.Split(','))
        {
            var all = name == "all";
            if (name == "help")
                text.Append(Classes);
            if (all || name == "acl")
                List(text, "ACL keywords", []);
            if (all || name == "cfg")
                Configuration(text);
            if (all || name == "cli")
                List(text, "CLI keywords", CliCommands.All.Select(command => string.Join(' ', command.Words) + " [WORKER] "));
            if (all || name == "cnv")
                List(text, "sample converter functions", Names("converter"));
            if (all || name == "flt")
                List(text, "filter names", []);
            if (all || name == "smp")
                List(text, "sample fetch functions", Names("fetch"));
            if (all || name == "svc")
                List(text, "service names", []);
        }
        return text.ToString();
    }

    private static void Configuration(StringBuilder text)
    {
        text.Append("# List of registered configuration keywords:\n");
        var bySection = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var entry in KeywordRegistry.All)
        {
            if (entry.Kind != "config" || !IsObeyed(entry))
                continue;
            foreach (var section in entry.Where.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!bySection.TryGetValue(section, out var words))
                    bySection[section] = words = new SortedSet<string>(StringComparer.Ordinal);
                words.Add(entry.Name);
            }
        }
        foreach (var (section, words) in bySection)
        {
            text.Append(section).Append('\n');
            foreach (var word in words)
                text.Append('\t').Append(word).Append('\n');
        }
    }

    private static IEnumerable<string> Names(string kind)
        => KeywordRegistry.All.Where(entry => entry.Kind == kind && IsObeyed(entry)).Select(entry => entry.Name).Order(StringComparer.Ordinal);

    private static bool IsObeyed(KeywordEntry entry) => entry.Status is KeywordStatus.Executed or KeywordStatus.Accepted;

    private static void List(StringBuilder text, string what, IEnumerable<string> lines)
    {
        text.Append("# List of registered ").Append(what).Append(":\n");
        foreach (var line in lines)
            text.Append(line).Append('\n');
    }
}
