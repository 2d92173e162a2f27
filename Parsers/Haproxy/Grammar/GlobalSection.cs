namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>global</c>; several add up.</summary>
internal sealed class GlobalSection : ISectionReader
{
    /// <inheritdoc/>
    public string Begin(ConfigLine line)
    {
        line.HasTooMany(0);
        return "global";
    }

    /// <inheritdoc/>
    public void Read(ConfigLine line)
    {
        if (GlobalKeywords.Table.Find(line[0]) is { } reader)
        {
            reader(line, line.Document.Global);
            return;
        }

        var near = GlobalKeywords.Table.Suggest(line[0]);
        line.Error("unknown-keyword", near is null ? Problem.Of($"unknown keyword '{line[0]}' in '{line.Section}' section")
            : Problem.Of($"unknown keyword '{line[0]}' in '{line.Section}' section; did you mean '{near}' maybe ?"));
    }

    /// <inheritdoc/>
    public void End(ConfigSyntax document)
    {
    }
}
