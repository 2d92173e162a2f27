using Dropin.Tests.Support;
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
        Transcript.AssertSame("original", await original, "ours", await ours);
    }

    private static Task<string> Told(string binary) => Transcript.Begin(() => Story.Tell(binary));

    private static string Stem(string name) => Repository.PathOf($"tests/Scene/{name}");
}
