using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;
using Xunit;

namespace Dropin.Scene;

/// <summary>What a story told: by the original, by ours.</summary>
internal static class Transcript
{
    /// <summary>Begins to tell on a thread of its own: most of a story is waiting, and several are told at once.</summary>
    public static Task<T> Begin<T>(Func<T> tell) =>
        Task.Factory.StartNew(tell, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Keeps a text in <c>artifacts/scene</c>, to be looked at; the path.</summary>
    public static string Keep(string name, string text)
    {
        var path = Repository.PathOf($"artifacts/scene/{name.Replace(", ", "-", StringComparison.Ordinal)}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Fails with the lines that differ; both transcripts stay.</summary>
    public static void AssertSame(string expectedName, string expected, string toldName, string told)
    {
        var (left, right) = (Keep(expectedName, expected), Keep(toldName, told));
        if (expected != told) Assert.Fail(Shell.Try("diff", ["-U4", left, right]).Output);
    }

    /// <summary>The same; what differs is told once more before, for what differs by chance does not do so twice.</summary>
    public static async Task AssertSameAsync(string expectedName, string expected, string toldName, string told, Func<(Task<string> Expected, Task<string> Told)> again)
    {
        if (expected != told)
        {
            var (left, right) = again();
            (expected, told) = (await left, await right);
        }
        AssertSame(expectedName, expected, toldName, told);
    }
}
