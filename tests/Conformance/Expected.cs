using System.Text;

namespace Dropin.Conformance;

/// <summary>
/// Expected.toml: what each test of the suite is expected to do with our binary. Tests stand in groups; a group is
/// <c>[pass]</c> or one <c>[[not-yet]]</c> with its reason. A small part of TOML is read: tables, strings, lists of strings.
/// </summary>
internal sealed class Expected
{
    private readonly List<Group> _groups = [];
    private string _head = "";

    internal sealed class Group(string table)
    {
        public string Table { get; } = table;
        public string Reason { get; set; } = "";
        public SortedSet<string> Tests { get; } = new(StringComparer.Ordinal);
        public bool IsPass => Table == "[pass]";
    }

    public static Expected Load(string path)
    {
        var expected = new Expected();
        var head = new StringBuilder();
        Group? group = null;
        var inList = false;
        var number = 0;
        foreach (var raw in File.ReadAllLines(path))
        {
            number++;
            var line = raw.Trim();
            if (group is null && (line.Length == 0 || line[0] == '#')) { head.AppendLine(raw); continue; }
            if (line.Length == 0 || line[0] == '#') continue;
            if (inList)
            {
                if (line == "]") { inList = false; continue; }
                if (!group!.Tests.Add(Quoted(line.TrimEnd(','))))
                    throw new FormatException($"{path}:{number}: {line} stands twice");
            }
            else if (line is "[pass]" or "[[not-yet]]") expected._groups.Add(group = new Group(line));
            else if (line.StartsWith("reason = ", StringComparison.Ordinal) && group is not null) group.Reason = Quoted(line[9..]);
            else if (line == "tests = [" && group is not null) inList = true;
            else throw new FormatException($"{path}:{number}: '{line}' is not understood");
        }
        expected._head = head.ToString();
        var twice = expected._groups.SelectMany(g => g.Tests).GroupBy(t => t).FirstOrDefault(t => t.Count() > 1);
        if (twice is not null) throw new FormatException($"{path}: {twice.Key} stands in two groups");
        if (expected._groups.Any(g => !g.IsPass && g.Reason.Length == 0)) throw new FormatException($"{path}: a group has no reason");
        return expected;

        string Quoted(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1]
            : throw new FormatException($"{path}:{number}: a string in quotes is expected");
    }

    public Group? GroupOf(string test) => _groups.FirstOrDefault(g => g.Tests.Contains(test));

    public IEnumerable<string> All => _groups.SelectMany(g => g.Tests);

    public IEnumerable<Group> NotYet => _groups.Where(g => !g.IsPass);

    public void Promote(string test)
    {
        foreach (var group in _groups) group.Tests.Remove(test);
        var pass = _groups.FirstOrDefault(g => g.IsPass);
        if (pass is null) _groups.Insert(0, pass = new Group("[pass]"));
        pass.Tests.Add(test);
    }

    public void Save(string path)
    {
        var text = new StringBuilder(_head.TrimEnd()).AppendLine();
        foreach (var group in _groups.Where(g => g.Tests.Count > 0))
        {
            text.AppendLine().AppendLine(group.Table);
            if (!group.IsPass) text.AppendLine($"reason = \"{group.Reason}\"");
            text.AppendLine("tests = [");
            foreach (var test in group.Tests) text.AppendLine($"  \"{test}\",");
            text.AppendLine("]");
        }
        File.WriteAllText(path, text.ToString());
    }
}
