using Dropin.Parsers.Haproxy.Registry;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>
/// A section that this engine does not execute. Its lines are known by their first word; where the section has an effect of its own
/// it is refused, where only refused keywords refer to it, it is accepted.
/// </summary>
/// <param name="kind">The section's keyword.</param>
/// <param name="nameless">The sentence for a section without a name; "{0}" its keyword.</param>
/// <param name="refusal">Why it is refused; null to accept it.</param>
/// <param name="keywords">First words of its lines.</param>
internal sealed class KeptSection(string kind, FormattableString nameless, string? refusal, params string[] keywords) : ISectionReader
{
    /// <summary>The section's keyword.</summary>
    public string Kind => kind;

    /// <summary>The registry's entries.</summary>
    public IEnumerable<KeywordEntry> Entries
    {
        get
        {
            var status = refusal is null ? KeywordStatus.Accepted : KeywordStatus.Refused;
            yield return new KeywordEntry("section", "", kind, status, refusal ?? "only refused keywords refer to it");
            foreach (var keyword in keywords)
            {
                yield return new KeywordEntry("config", kind, keyword, status, refusal ?? "only refused keywords refer to it");
            }
        }
    }

    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        if (line[1].Length == 0)
        {
            line.Stop("missing-argument", nameless);
            return kind;
        }

        if (ServerLines.InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"character '{bad}' is not permitted in '{line[0]}' name '{line[1]}'.", word: 1);
            return line[1];
        }

        if (!line.Document.NamedSections.TryAdd((kind, line[1]), line.At))
        {
            var other = line.Document.NamedSections[(kind, line[1])];
            line.Error("duplicate-name", $"{kind} section '{line[1]}' has the same name as another {kind} section declared at {other.File}:{other.Line}.",
                Runtime.Ir.Source.DiagnosticPlace.ParsingCapital, 1);
        }
        else if (refusal is not null)
        {
            line.Refuse(kind, refusal);
        }

        return line[1];
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        if (Array.IndexOf(keywords, line[0]) < 0)
        {
            line.Error("unknown-keyword", $"unknown keyword '{line[0]}' in '{line.Section}' section");
        }
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document)
    {
    }
}
