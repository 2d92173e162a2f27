using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;
using Xunit;

namespace Dropin.Scene;

/// <summary>
/// The document's configuration, unchanged, between two web servers that fail and a client, told by the original and by ours at
/// the same time, each in its own network. The original is held to the verified transcript, ours to the original.
/// </summary>
public sealed class SceneTests
{
    private static readonly Lazy<string?> Missing = new(() => Laboratory.WhyNot() ?? Oracle.WhyNot);

    // Each story is told once a run, both at once: most of their minute is waiting.
    private static readonly Lazy<Task<string>> Original = new(() => Told(Oracle.Path));
    private static readonly Lazy<Task<string>> Ours = new(() => Told(Subject.Path!));

    [SkippableFact]
    public void The_document_is_accepted_with_the_same_words()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        Skip.If(Subject.WhyNot is not null, Subject.WhyNot);
        Golden.Compare(Story.Check(Oracle.Path), Stem("The_document_is_accepted"));
        Assert.Equal(Story.Check(Oracle.Path), Story.Check(Subject.Path!));
    }

    [SkippableFact]
    public async Task The_original_tells_the_story_as_it_was_written_down()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        if (Subject.Path is not null) _ = Ours.Value;
        Golden.Compare(await Original.Value, Stem("The_story"));
    }

    [SkippableFact]
    public async Task Ours_tells_the_same_story()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        Skip.If(Subject.WhyNot is not null, Subject.WhyNot);
        var (original, ours) = (Original.Value, Ours.Value);
        var (expected, told) = (Kept("original", await original), Kept("ours", await ours));
        if (File.ReadAllText(expected) != File.ReadAllText(told))
            Assert.Fail(Shell.Try("diff", ["-U4", expected, told]).Output);
    }

    // Both transcripts stay to be looked at.
    private static string Kept(string name, string transcript)
    {
        var path = Repository.PathOf($"artifacts/scene/{name}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, transcript);
        return path;
    }

    private static Task<string> Told(string binary) =>
        Task.Factory.StartNew(() => Story.Tell(binary), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static string Stem(string name) => Repository.PathOf($"tests/Scene/{name}");
}
