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
}
