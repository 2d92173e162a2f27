namespace Dropin.Tests.Support.Differential;

/// <summary>A section of a case: <c>== verb words</c> and the lines below it.</summary>
public sealed record CaseSection(string Verb, IReadOnlyList<string> Words, IReadOnlyList<string> Lines)
{
    public string Name => Words.Count > 0 ? Words[0] : "";

    /// <summary>The word after a key: <c>client c1 from 127.0.0.2</c> has "127.0.0.2" after "from".</summary>
    public string? After(string key)
    {
        for (var i = 0; i + 1 < Words.Count; i++)
            if (Words[i] == key)
                return Words[i + 1];
        return null;
    }

    public override string ToString() => $"{Verb} {string.Join(' ', Words)}".TrimEnd();
}

/// <summary>A differential case: <c>fixtures/differential/family/name.case</c> (its README has the language).</summary>
public sealed record CaseFile(string Name, string Path, IReadOnlyList<CaseSection> Sections)
{
    public string Family => Name.Split('/')[0];

    /// <summary>The saved transcript of the original.</summary>
    public string ExpectedPath => System.IO.Path.ChangeExtension(Path, ".expected");

    public static CaseFile Read(string name, string path)
    {
        var sections = new List<CaseSection>();
        List<string>? lines = null;
        foreach (var line in File.ReadAllText(path).TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                var words = line[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                lines = [];
                sections.Add(new CaseSection(words[0], words[1..], lines));
            }
            else if (lines is not null)
                lines.Add(line);
            else if (line.Length > 0 && line[0] != '#')
                throw new FormatException($"{path}: text before the first section must be a comment: {line}");
        }
        return new CaseFile(name, path, sections);
    }
}

/// <summary>All cases of the repository.</summary>
public static class CaseLibrary
{
    public static string Folder { get; } = Repository.PathOf("fixtures/differential");

    public static IReadOnlyList<CaseFile> All { get; } = [.. Directory.EnumerateFiles(Folder, "*.case", SearchOption.AllDirectories)
        .Select(path => (Path: path, Name: System.IO.Path.ChangeExtension(System.IO.Path.GetRelativePath(Folder, path), null)))
        .OrderBy(found => found.Name, StringComparer.Ordinal)
        .Select(found => CaseFile.Read(found.Name, found.Path))];
}
