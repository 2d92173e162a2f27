using System.Text;
using Dropin.Runtime.Sys.Process;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Sys.Process;

public sealed class SpawnTests
{
    [Fact]
    public void A_child_gets_its_words_its_environment_and_only_the_named_descriptors()
    {
        Descriptors.MakePipe(out var readEnd, out var writeEnd).IsNone.Should().BeTrue();
        var pid = Spawn.Start(
            new SpawnRequest
            {
                Path = "/bin/sh",
                Arguments = ["shell name", "-c", "echo \"$0|$COLOUR\" >&7; exit 3"],
                Environment = ["COLOUR=grün"],
                Descriptors = [(0, 0), (1, 1), (2, 2), (writeEnd, 7)],
            },
            out var error);
        error.IsNone.Should().BeTrue();
        Descriptors.Close(writeEnd);

        ReadToEnd(readEnd).Should().Be("shell name|grün\n");
        Children.Wait(pid, out var exit).Should().BeTrue();
        exit.Should().Be(new ChildExit(pid, 3, 0));
    }

    [Fact]
    public void Descriptors_may_swap_their_numbers_on_the_way()
    {
        Descriptors.MakePipe(out var readA, out var writeA);
        Descriptors.MakePipe(out var readB, out var writeB);
        var pid = Spawn.Start(
            new SpawnRequest
            {
                Path = "/bin/sh",
                Arguments = ["sh", "-c", $"echo a > /proc/self/fd/{writeA}; echo b > /proc/self/fd/{writeB}"],
                Environment = [],
                Descriptors = [(writeA, writeB), (writeB, writeA)],
            },
            out _);
        Descriptors.Close(writeA);
        Descriptors.Close(writeB);
        (ReadToEnd(readA), ReadToEnd(readB)).Should().Be(("b\n", "a\n"));
        Children.Wait(pid, out _);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_reason_and_no_child()
    {
        var pid = Spawn.Start(new SpawnRequest { Path = "/nowhere/at/all", Arguments = ["x"], Environment = [] }, out var error);
        pid.Should().Be(-1);
        error.IsNoEntry.Should().BeTrue();
        error.Text.Should().Be("No such file or directory");
    }

    [Fact]
    public void A_child_ended_by_a_signal_counts_from_128_as_in_a_shell()
    {
        var pid = Spawn.Start(
            new SpawnRequest { Path = "/bin/sh", Arguments = ["sh", "-c", "kill -TERM $$"], Environment = [] }, out _);
        Children.Wait(pid, out var exit);
        exit.Should().Be(new ChildExit(pid, 143, Signal.Term));
    }

    private static string ReadToEnd(int descriptor)
    {
        var text = new StringBuilder();
        var buffer = new byte[256];
        int count;
        while ((count = Descriptors.Read(descriptor, buffer, out _)) > 0)
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        Descriptors.Close(descriptor);
        return text.ToString();
    }
}
