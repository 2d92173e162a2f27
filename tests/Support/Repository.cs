namespace Dropin.Tests.Support;

/// <summary>The work tree in which the tests run: where it is, and its own files.</summary>
public static class Repository
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", ".vs", "TestResults"];

    /// <summary>Absolute path of the folder that holds dropin.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Absolute path of a file or folder given relative to the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The real path of a source file whose recorded path was mapped by the compiler (<c>PathMap</c> writes <c>/dropin/</c>).</summary>
    public static string SourceFile(string recorded) =>
        recorded.StartsWith("/dropin/", StringComparison.Ordinal) ? PathOf(recorded["/dropin/".Length..]) : recorded;

    /// <summary>All files below a folder (relative to the root), as paths relative to the root with '/'; nothing that a build made.</summary>
    public static IEnumerable<string> Files(string folder = "")
    {
        var pending = new Stack<string>();
        pending.Push(Path.Combine(Root, folder));
        while (pending.TryPop(out var at))
        {
            if (!Directory.Exists(at)) continue;
            foreach (var file in Directory.EnumerateFiles(at).Where(f => Path.GetFileName(f) != ".git"))      // a file in a linked work tree
                yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
            foreach (var below in Directory.EnumerateDirectories(at))
                if (!NotOurs.Contains(Path.GetFileName(below)) && new DirectoryInfo(below).LinkTarget is null)
                    pending.Push(below);
        }
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "dropin.sln")))
                return at.FullName;
        throw new InvalidOperationException($"no dropin.sln above {AppContext.BaseDirectory}");
    }
}
