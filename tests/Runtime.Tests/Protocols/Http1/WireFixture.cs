using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dropin.Runtime.Tests.Protocols.Http1;

/// <summary>One case of fixtures/wire/http1 (the format is in fixtures/wire/README.md).</summary>
internal sealed record WireFixture(string File, string Name, IReadOnlySet<string> Keys, byte[] Input, IReadOnlyDictionary<string, (string Title, byte[] Bytes)> Sections)
{
    public bool IsResponse => Keys.Contains("response");

    public bool AcceptInvalid => Keys.Contains("accept-invalid");

    public string Method => Keys.FirstOrDefault(k => k.StartsWith("method ", StringComparison.Ordinal))?[7..] ?? "GET";

    public static IReadOnlyList<WireFixture> All { get; } =
        Directory.GetFiles(Root(), "*.txt").Order(StringComparer.Ordinal).SelectMany(Read).ToList();

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (System.IO.File.Exists(Path.Combine(at.FullName, "dropin.sln"))) return Path.Combine(at.FullName, "fixtures", "wire", "http1");
        throw new DirectoryNotFoundException("dropin.sln is nowhere above the tests");
    }

    private static IEnumerable<WireFixture> Read(string path)
    {
        foreach (var block in Regex.Split(System.IO.File.ReadAllText(path), "(?m)^=== ").Skip(1))
        {
            var parts = Regex.Split(block, "(?m)^--- ");
            var lines = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var sections = parts.Skip(1).ToDictionary(
                p => p.Split('\n')[0].Split(' ')[0],
                p => (p.Split('\n')[0], Decode(p[(p.IndexOf('\n', StringComparison.Ordinal) + 1)..])));
            yield return new WireFixture(Path.GetFileName(path), lines[0], lines.Skip(1).ToHashSet(), sections["in"].Item2, sections);
        }
    }

    private static byte[] Decode(string text)
    {
        text = text.Replace("\n", "", StringComparison.Ordinal);
        text = Regex.Replace(text, @"\\\*(\d+)\{([^}]*)\}", m => string.Concat(Enumerable.Repeat(m.Groups[2].Value, int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))));
        text = Regex.Replace(text, @"\\(r|n|t|\\|x..)", m => m.Groups[1].Value switch
        {
            "r" => "\r",
            "n" => "\n",
            "t" => "\t",
            "\\" => "\\",
            var hex => ((char)Convert.ToInt32(hex[1..], 16)).ToString(),
        });
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>What is expected, in the words of <see cref="WireRun"/>.</summary>
    public string Expected()
    {
        if (Sections.TryGetValue("bad", out var bad))
        {
            var words = bad.Title.Split(' ');
            return WireRun.Bad(words[1], words[2], words[3], IsResponse);
        }

        if (Sections.ContainsKey("incomplete")) return WireRun.Incomplete;
        var kind = Sections.TryGetValue("body", out var body) ? body.Title[5..] : "";
        var persist = Sections.TryGetValue("persist", out var stay) && !IsResponse && kind != "tunnel" ? stay.Title[8..] : "";
        var relaxed = Sections.TryGetValue("relaxed", out var at) ? at.Title[8..] : "";
        return WireRun.Good(Sections["out"].Bytes, kind, body.Bytes ?? [], Sections.TryGetValue("trailers", out var t) ? t.Bytes : [], persist, relaxed);
    }
}
