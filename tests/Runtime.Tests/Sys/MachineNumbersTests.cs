using System.Runtime.CompilerServices;
using Dropin.Runtime.Sys.Files;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using FluentAssertions;
using Xunit;
using Machine = System.Runtime.InteropServices.Architecture;

namespace Dropin.Runtime.Tests.Sys;

/// <summary>What the C library's headers say, on x86-64 and on arm64; all that Runtime/Sys uses beside it is the same on both.</summary>
public sealed class MachineNumbersTests
{
    [Theory]
    [InlineData(Machine.X64, 0x20000)]
    [InlineData(Machine.Arm64, 0x8000)]
    public void Not_following_links_has_a_bit_of_its_own_on_arm64(Machine architecture, int bit) => NamedPipe.NoFollowOf(architecture).Should().Be(bit);

    [Theory]
    [InlineData(Machine.X64, 116, 119, 117)]
    [InlineData(Machine.Arm64, 159, 149, 147)]
    public void System_calls_have_numbers_of_their_own(Machine architecture, long groups, long group, long user) =>
        ThreadIdentity.CallNumbers.Of(architecture).Should().Be(new ThreadIdentity.CallNumbers(groups, group, user));

    [Fact]
    public void A_link_to_a_pipe_is_not_followed()
    {
        var folder = Directory.CreateTempSubdirectory();
        var pipe = Path.Combine(folder.FullName, "pipe");
        var link = Path.Combine(folder.FullName, "link");
        NamedPipe.Make(pipe, 0x180, out _).IsNone.Should().BeTrue();
        File.CreateSymbolicLink(link, pipe);

        var direct = NamedPipe.OpenForWriting(pipe, out _);
        var followed = NamedPipe.OpenForWriting(link, out var error);

        direct.Should().BeGreaterThanOrEqualTo(0);
        (followed, error.Code).Should().Be((-1, TooManyLinks));
        Descriptors.Close(direct);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Structures_are_as_long_as_the_kernels()
    {
        Unsafe.SizeOf<MessageHeader>().Should().Be(56, "struct msghdr");
        Unsafe.SizeOf<IoVector>().Should().Be(16, "struct iovec");
        Unsafe.SizeOf<PollEntry>().Should().Be(8, "struct pollfd");
    }

    private const int TooManyLinks = 40; // ELOOP
}
