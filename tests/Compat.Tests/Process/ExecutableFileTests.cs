using Dropin.Compat.Process;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Process;

/// <summary>Whether another executable stands under the name of the one that runs.</summary>
public sealed class ExecutableFileTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly string _path;

    public ExecutableFileTests() => _path = _folder.FileNamed("program");

    [Fact]
    public void The_file_that_runs_is_no_successor_of_itself()
    {
        File.CreateSymbolicLink(_path, new FileInfo("/proc/self/exe").LinkTarget!);
        var file = new ExecutableFile(_path);
        (file.Successor, file.StartPath, file.Next).Should().Be((null, _path, _path));
    }

    [Fact]
    public void Another_executable_is_one()
    {
        Put("#!/bin/sh\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var file = new ExecutableFile(_path);
        file.Successor.Should().NotBeNull();
        (file.StartPath, file.Next).Should().Be((ExecutableFile.This, _path));
    }

    [Fact]
    public void Each_file_that_takes_the_name_is_another_one()
    {
        Put("#!/bin/sh\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var first = new ExecutableFile(_path).Successor;
        var other = _folder.FileNamed("other");
        File.Copy(_path, other);
        File.Move(other, _path, overwrite: true);
        new ExecutableFile(_path).Successor.Should().NotBe(first);
    }

    [Fact]
    public void Nothing_a_folder_and_what_cannot_be_executed_are_none()
    {
        new ExecutableFile(_path).Successor.Should().BeNull();
        new ExecutableFile(_path).Next.Should().Be(ExecutableFile.This);
        new ExecutableFile(_folder.Path).Successor.Should().BeNull();
        Put("text", UnixFileMode.UserRead);
        new ExecutableFile(_path).Successor.Should().BeNull();
        new ExecutableFile("").Successor.Should().BeNull();
        new ExecutableFile("program").Successor.Should().BeNull("a name without a slash was found by a shell, who knows where");
    }

    public void Dispose() => _folder.Dispose();

    private void Put(string text, UnixFileMode mode)
    {
        File.WriteAllText(_path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, mode);
    }
}
