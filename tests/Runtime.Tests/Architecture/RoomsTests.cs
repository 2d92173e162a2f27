using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Architecture;

/// <summary>
/// The arrows between the rooms of Runtime (docs/LAWS.md). Assemblies keep most of them; these tests keep those inside
/// the one assembly Runtime, and the laws that the compiler cannot see.
/// </summary>
public sealed partial class RoomsTests
{
    // A room may use what stands here and whatever those may use; nothing points up.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Ir"] = [],
        ["Sys"] = [],
        ["Buffers"] = [],
        ["Protocols"] = ["Buffers"],
        ["Reactor"] = ["Sys", "Buffers"],
        ["Transport"] = ["Reactor", "Sys", "Ir"],
        ["Proxy"] = ["Transport", "Protocols", "Ir"],
        ["Snmp"] = ["Reactor", "Protocols", "Sys"],
        ["Vrrp"] = ["Reactor", "Snmp", "Protocols", "Sys", "Ir"],
        ["Ipvs"] = ["Reactor", "Sys", "Ir"],
        ["Apply"] = ["Proxy", "Vrrp", "Ipvs", "Ir"],
        ["Admin"] = ["Proxy", "Vrrp", "Ipvs", "Apply"],
    };

    public static TheoryData<string> Rooms => new(Arrows.Keys);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_the_rooms_below_it(string room)
    {
        var allowed = Below(room);
        var wrong = new List<string>();
        foreach (var file in Repository.Files($"Runtime/{room}").Where(f => f.EndsWith(".cs", StringComparison.Ordinal)))
            foreach (var (line, used) in RoomsUsed(file))
                if (used != room && !allowed.Contains(used))
                    wrong.Add($"{file}:{line}: {room} -> {used}");
        wrong.Should().BeEmpty($"{room} may use {(allowed.Count == 0 ? "no other room" : string.Join(", ", allowed))}");
    }

    [Fact]
    public void Every_folder_of_Runtime_is_a_room_with_arrows()
    {
        var folders = Repository.Files("Runtime").Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(f => f.Split('/')[1]).Distinct();
        folders.Should().BeSubsetOf(Arrows.Keys);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.Files().Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && f.Split('/')[0] is "Runtime" or "Parsers" or "Compat"))
        {
            var declared = NamespaceLine().Match(SourceText.CodeOf(Repository.PathOf(file)));
            if (!declared.Success) continue;                     // top-level statements, assembly attributes
            var expected = "Dropin." + Path.GetDirectoryName(file)!.Replace('/', '.');
            if (declared.Groups[1].Value != expected) wrong.Add($"{file}: {declared.Groups[1].Value} instead of {expected}");
        }
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Nothing_in_Runtime_refers_to_the_front_ends_or_the_executables()
    {
        var wrong = Repository.Files("Runtime")
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => UpwardReference().IsMatch(f.EndsWith(".cs", StringComparison.Ordinal) ? SourceText.CodeOf(Repository.PathOf(f)) : File.ReadAllText(Repository.PathOf(f))));
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Parsers_use_nothing_of_Runtime_but_the_Ir()
    {
        var wrong = Repository.Files("Parsers").Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => RoomsUsed(f).Where(u => u.Room != "Ir").Select(u => $"{f}:{u.Line}: {u.Room}"));
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Unsafe_code_and_native_imports_stand_in_Sys_alone()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.Files().Where(f => !f.StartsWith("Runtime/Sys/", StringComparison.Ordinal)))
        {
            if (file.EndsWith(".cs", StringComparison.Ordinal) && UnsafeWord().Match(SourceText.CodeOf(Repository.PathOf(file))) is { Success: true } found)
                wrong.Add($"{file}: {found.Value}");
            if (file.EndsWith(".csproj", StringComparison.Ordinal) && File.ReadAllText(Repository.PathOf(file)).Contains("<AllowUnsafeBlocks>true", StringComparison.Ordinal))
                wrong.Add($"{file}: AllowUnsafeBlocks");
        }
        wrong.Should().BeEmpty();
    }

    private static IEnumerable<(int Line, string Room)> RoomsUsed(string file)
    {
        var line = 0;
        foreach (var text in SourceText.CodeOf(Repository.PathOf(file)).Split('\n'))
        {
            line++;
            if (NamespaceLine().IsMatch(text)) continue;
            foreach (Match found in RuntimeName().Matches(text))
                yield return (line, found.Groups[1].Value);
        }
    }

    private static HashSet<string> Below(string room)
    {
        var all = new HashSet<string>();
        var pending = new Stack<string>(Arrows[room]);
        while (pending.TryPop(out var next))
            if (all.Add(next))
                foreach (var deeper in Arrows[next]) pending.Push(deeper);
        return all;
    }

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bDropin\.Runtime\.(\w+)")]
    private static partial Regex RuntimeName();

    [GeneratedRegex(@"\bDropin\.(Parsers|Compat)\b")]
    private static partial Regex UpwardReference();

    [GeneratedRegex(@"\b(unsafe|DllImport|LibraryImport|stackalloc\s+\w+\s*\*)\b")]
    private static partial Regex UnsafeWord();
}
