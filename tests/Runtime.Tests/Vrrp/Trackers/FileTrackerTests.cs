using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Vrrp.Trackers;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp.Trackers;

/// <summary>Files with numbers, as they come, change and go.</summary>
public sealed class FileTrackerTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly Loop _loop = new(0, 4096, 16);

    public void Dispose()
    {
        _loop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("7\n", 7)]
    [InlineData("-12", -12)]
    [InlineData("  +3 and more", 3)]
    [InlineData("", 0)]
    [InlineData("x", 0)]
    [InlineData("99999999999999999999", int.MaxValue)]
    [InlineData("-99999999999999999999", int.MinValue)]
    public void The_number_is_what_strtol_reads(string text, int number)
    {
        var file = File("f");
        System.IO.File.WriteAllText(file.Path, text);
        FileTracker.Read(file).Should().Be(number);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_counts_as_0()
    {
        FileTracker.Read(File("missing")).Should().Be(0);
        FileTracker.Read(File("f") with { Path = _folder.Path }).Should().Be(0);
    }

    [Fact]
    public void Writing_replacing_and_deleting_are_noticed()
    {
        var told = new List<int>();
        using var tracker = new FileTracker(_loop, (_, number) => told.Add(number));
        var file = File("f");
        tracker.Track([file]);
        System.IO.File.WriteAllText(file.Path, "5");
        Last(told, 5);
        System.IO.File.WriteAllText(_folder.FileNamed("new"), "6");
        System.IO.File.Move(_folder.FileNamed("new"), file.Path, overwrite: true);
        Last(told, 6);
        System.IO.File.Delete(file.Path);
        Last(told, 0);
    }

    [Fact]
    public void Other_files_of_the_folder_do_not_count()
    {
        var told = 0;
        using var tracker = new FileTracker(_loop, (_, _) => told++);
        tracker.Track([File("f")]);
        System.IO.File.WriteAllText(_folder.FileNamed("other"), "5");
        for (var i = 0; i < 5; i++) _loop.Turn(20);
        told.Should().Be(0);
    }

    [Fact]
    public void The_initial_value_is_written_where_nothing_stands_or_overwriting_is_wanted()
    {
        var file = File("f") with { InitialValue = 4 };
        FileTracker.Initialize(file);
        FileTracker.Read(file).Should().Be(4);
        FileTracker.Initialize(file with { InitialValue = 9 });
        FileTracker.Read(file).Should().Be(4);
        FileTracker.Initialize(file with { InitialValue = 9, Overwrite = true });
        FileTracker.Read(file).Should().Be(9);
    }

    private TrackFileConfig File(string name) => new() { Name = name, Path = _folder.FileNamed(name) };

    private void Last(List<int> told, int number)
    {
        for (var i = 0; i < 100 && (told.Count == 0 || told[^1] != number); i++) _loop.Turn(50);
        told.Should().NotBeEmpty();
        told[^1].Should().Be(number);
    }
}
