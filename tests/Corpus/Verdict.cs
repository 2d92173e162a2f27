using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dropin.Corpus;

/// <summary>One message of a config test: severity, line (null where it names none) and text, without process number.</summary>
internal sealed record Message(string Severity, int? Line, string Text);

/// <summary>What a program says about a file: exit code of <c>-c</c> and its messages in order.</summary>
internal sealed partial record Verdict(int Exit, IReadOnlyList<Message> Messages)
{
    /// <summary>The verdict of the original as the corpus notes it (EXPECTED.jsonl), by file name.</summary>
    public static Dictionary<string, Verdict> LoadExpected(string path, string version)
    {
        var all = new Dictionary<string, Verdict>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            var verdict = json.RootElement.GetProperty(version);
            all[json.RootElement.GetProperty("file").GetString()!] = new Verdict(verdict.GetProperty("exit").GetInt32(),
                [.. verdict.GetProperty("diags").EnumerateArray().Select(d => new Message(d.GetProperty("sev").GetString()!,
                    d.GetProperty("line").ValueKind == JsonValueKind.Null ? null : d.GetProperty("line").GetInt32(), d.GetProperty("msg").GetString()!))]);
        }
        return all;
    }

    /// <summary>Reads what a program printed: "[ALERT]    (pid) : text", and continuation lines.</summary>
    public static Verdict Parse(int exit, string errors, string host)
    {
        var messages = new List<Message>();
        foreach (var line in errors.Split('\n'))
        {
            var start = Start().Match(line);
            if (start.Success) messages.Add(new Message(start.Groups[1].Value, null, start.Groups[2].Value));
            else if (messages.Count > 0 && line.Length > 0) messages[^1] = messages[^1] with { Text = messages[^1].Text + "\n" + line };
        }
        return new Verdict(exit, [.. messages.Where(m => !Version().IsMatch(m.Text))
            .Select(m => m with { Text = m.Text.Replace(host, "%HOSTNAME%", StringComparison.Ordinal), Line = LineOf(m.Text) })]);
    }

    /// <summary>Whether both say the same words about the same lines.</summary>
    public bool SameMessages(Verdict other) => Messages.Select(m => (m.Severity, m.Text.TrimEnd())).SequenceEqual(other.Messages.Select(m => (m.Severity, m.Text.TrimEnd())));

    private static int? LineOf(string text) => Where().Match(text) is { Success: true } found ? int.Parse(found.Groups[1].ValueSpan) : null;

    [GeneratedRegex(@"^\[(\w+)\]\s+\(\d+\) : (.*)$")]
    private static partial Regex Start();

    [GeneratedRegex(@"^(haproxy version is|path to executable is)")]
    private static partial Regex Version();

    [GeneratedRegex(@"\[[^\]\n]*:(\d+)\]")]
    private static partial Regex Where();
}
