using Dropin.Compat.Process;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Process;

/// <summary>Files in directories that others write to as well.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private const int OwnersOnly = 0b110_000_000;
    private readonly TempDirectory _folder = new();
    private readonly string _path;

    public ReplacedFileTests() => _path = _folder.FileNamed("keepalived.data");

    [Fact]
    public void A_former_file_is_replaced()
    {
        File.WriteAllText(_path, "much longer than what comes");
        ReplacedFile.Write(_path, OwnersOnly, "new"u8).IsNone.Should().BeTrue();
        File.ReadAllText(_path).Should().Be("new");
    }

    [Fact]
    public void A_link_is_replaced_and_not_followed()
    {
        var victim = _folder.FileNamed("victim");
        File.WriteAllText(victim, "untouched");
        File.CreateSymbolicLink(_path, victim);
        ReplacedFile.Write(_path, OwnersOnly, "new"u8).IsNone.Should().BeTrue();
        (File.ReadAllText(victim), File.ReadAllText(_path), new FileInfo(_path).LinkTarget).Should().Be(("untouched", "new", null));
    }

    [Fact]
    public void A_directory_in_its_place_stays_and_is_the_reason()
    {
        Directory.CreateDirectory(_path);
        File.WriteAllText(Path.Combine(_path, "inside"), "untouched");
        var error = ReplacedFile.Write(_path, OwnersOnly, "new"u8);
        (error.IsNone, error.Text).Should().Be((false, "Is a directory"));
        File.ReadAllText(Path.Combine(_path, "inside")).Should().Be("untouched");
        ReplacedFile.Remove(_path);
        Directory.Exists(_path).Should().BeTrue();
    }

    [Fact]
    public void A_directory_that_is_missing_is_the_reason() =>
        ReplacedFile.Write(Path.Combine(_path, "file"), OwnersOnly, "new"u8).IsNoEntry.Should().BeTrue();

    public void Dispose() => _folder.Dispose();
}
