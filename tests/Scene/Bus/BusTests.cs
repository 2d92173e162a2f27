using Dropin.Tests.Support;
using Xunit;

namespace Dropin.Scene.Bus;

/// <summary>
/// <c>enable_dbus</c>: the original and ours tell the same story on buses of their own, at the same time. The original is held to the verified transcript, ours
/// to the original.
/// </summary>
public sealed class BusTests
{
    private static readonly Lazy<string?> Missing = new(() => Laboratory.WhyNot() ?? KeepalivedOracle.WhyNot ?? MessageBus.WhyNot);
    private static readonly Lazy<Task<string>> Original = new(() => Told(KeepalivedOracle.Path));
    private static readonly Lazy<Task<string>> Ours = new(() => Told(KeepalivedSubject.Path!));

    [SkippableFact]
    public async Task The_original_tells_on_the_bus_what_was_written_down()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        if (KeepalivedSubject.Path is not null) _ = Ours.Value;
        Golden.Compare(await Original.Value, Repository.PathOf("tests/Scene/Bus/On_the_bus"));
    }

    [SkippableFact]
    public async Task Ours_tells_the_same_on_the_bus()
    {
        Skip.If(Missing.Value is not null, Missing.Value);
        Skip.If(KeepalivedSubject.WhyNot is not null, KeepalivedSubject.WhyNot);
        var (original, ours) = (Original.Value, Ours.Value);
        await Transcript.AssertSameAsync("bus-original", await original, "bus-ours", await ours, () => (Told(KeepalivedOracle.Path), Told(KeepalivedSubject.Path!)));
    }

    private static Task<string> Told(string binary) => Transcript.Begin(() => BusStory.Tell(binary));
}
