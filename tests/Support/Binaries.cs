namespace Dropin.Tests.Support;

/// <summary>The installed original, which judges. Tests that need it are reported as skipped where it is missing.</summary>
public static class Oracle
{
    /// <summary>Path of the original; <c>DROPIN_ORACLE</c> names another one.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("DROPIN_ORACLE") is { Length: > 0 } named ? named : "/usr/sbin/haproxy";

    public static bool IsAvailable => WhyNot is null;

    /// <summary>Why the oracle cannot judge here, or null when it can.</summary>
    public static string? WhyNot { get; } = File.Exists(Path) ? null : $"the original {Path} is not installed (apt-get install haproxy=2.6.*)";
}

/// <summary>The haproxy executable under test.</summary>
public static class Subject
{
    private static readonly string Published = Repository.PathOf("artifacts/bin/haproxy");
    private static readonly string Debug = Repository.PathOf("artifacts/bin/Dropin.Compat.Haproxy/debug/haproxy");

    /// <summary>
    /// <c>DROPIN_HAPROXY</c>; else the published executable; else the debug build. Null when none exists (<see cref="WhyNot"/> says so).
    /// </summary>
    public static string? Path { get; } = Choose();

    /// <summary>What was chosen and why, for the test's output.</summary>
    public static string Message { get; private set; } = "";

    public static string? WhyNot => Path is null ? Message : null;

    private static string? Choose()
    {
        if (Environment.GetEnvironmentVariable("DROPIN_HAPROXY") is { Length: > 0 } named)
            return Say(named, $"{named} (DROPIN_HAPROXY)");
        if (File.Exists(Published))
            return Say(Published, $"{Published} (published)");
        if (File.Exists(Debug))
            return Say(Debug, $"{Debug} (debug build, since {Published} does not exist: make publish)");
        return Say(null, $"neither {Published} nor {Debug} exists: make publish, or build Compat/Haproxy");
    }

    private static string? Say(string? path, string message)
    {
        Message = message;
        return path;
    }
}

/// <summary>The installed keepalived, which judges.</summary>
public static class KeepalivedOracle
{
    /// <summary>Path of the original.</summary>
    public const string Path = "/usr/sbin/keepalived";

    /// <summary>Why it cannot judge here, or null when it can.</summary>
    public static string? WhyNot { get; } = File.Exists(Path) ? null : $"the original {Path} is not installed (apt-get install keepalived)";
}

/// <summary>The keepalived executable under test: <c>DROPIN_KEEPALIVED</c>; else the published one; else the debug build.</summary>
public static class KeepalivedSubject
{
    private static readonly string[] Candidates =
    [
        Environment.GetEnvironmentVariable("DROPIN_KEEPALIVED") ?? "",
        Repository.PathOf("artifacts/bin/keepalived"),
        Repository.PathOf("artifacts/bin/Dropin.Compat.Keepalived/debug/keepalived"),
    ];

    /// <summary>The executable; null when there is none.</summary>
    public static string? Path { get; } = Candidates.FirstOrDefault(File.Exists);

    /// <summary>Why there is none, or null.</summary>
    public static string? WhyNot => Path is null ? "no keepalived of ours: make publish, or build Compat/Keepalived" : null;
}
