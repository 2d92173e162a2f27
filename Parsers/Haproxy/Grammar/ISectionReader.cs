namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>Reads the sections of one kind.</summary>
internal interface ISectionReader
{
    /// <summary>Reads the line which starts the section; answers the name for <c>"${.SECTION}"</c>.</summary>
    string Begin(ConfigLine line);

    /// <summary>Reads a line of the section.</summary>
    void Read(ConfigLine line);

    /// <summary>The section is complete: another begins, or the files end.</summary>
    void End(ConfigSyntax document);
}
