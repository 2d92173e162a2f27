using Dropin.Tests.Support.Networks;

namespace Dropin.Pair.Play;

/// <summary>Our packages, and the same with ever higher versions.</summary>
internal sealed class Packages(string folder, string scratch)
{
    private int _builds;

    public IReadOnlyList<string> Files { get; } = Directory.GetFiles(folder, "dropin-*.deb") is { Length: >= 2 } files
        ? files
        : throw new InvalidOperationException($"no packages in {folder}: run 'make deb'");

    /// <summary>Their names with versions.</summary>
    public IEnumerable<string> Names => NamesIn(folder, "dropin-*.deb");

    /// <summary>Names with versions of the packages in a folder.</summary>
    public static IEnumerable<string> NamesIn(string folder, string pattern = "*.deb") =>
        Directory.GetFiles(folder, pattern).Select(file => string.Join(' ', Path.GetFileName(file).Replace("%3a", ":", StringComparison.Ordinal).Split('_')[..2])).Order(StringComparer.Ordinal);

    /// <summary>Builds them again with a version that is higher than all before.</summary>
    public IReadOnlyList<string> Higher()
    {
        var build = ++_builds;
        var made = new List<string>();
        foreach (var deb in Files)
        {
            var (tree, name) = ($"{scratch}/higher", Path.GetFileName(deb).Split('_')[0]);
            Do("rm", "-rf", tree);
            Do("dpkg-deb", "-R", deb, tree);
            var control = File.ReadAllLines($"{tree}/DEBIAN/control");
            var version = control.First(line => line.StartsWith("Version: ", StringComparison.Ordinal))["Version: ".Length..] + $"+{build}";
            File.WriteAllLines($"{tree}/DEBIAN/control", control.Select(line => line.StartsWith("Version: ", StringComparison.Ordinal) ? $"Version: {version}" : line));
            var target = $"{scratch}/{name}_{version}_{Path.GetFileNameWithoutExtension(deb).Split('_')[^1]}.deb";
            Do("dpkg-deb", "-Zgzip", "-z1", "-b", tree, target);
            made.Add(target);
        }
        return made;
    }

    private static void Do(string program, params string[] arguments)
    {
        var (code, output) = Shell.Try(program, arguments, limit: TimeSpan.FromMinutes(1));
        if (code != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output.Trim()}");
    }
}
