using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Netlink;
using Dropin.Runtime.Vrrp.Trackers;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp.Trackers;

/// <summary>Which processes are meant, and what the kernel tells about them.</summary>
public sealed class ProcessMatchTests
{
    [Theory]
    [InlineData("haproxy", "haproxy", true)]
    [InlineData("ssh", "sshd", false)]
    [InlineData("a-name-longer-than-fifteen", "a-name-longer-t", true)]
    [InlineData("a-name-longer-than-fifteen", "a-name-longer-than-fifteen", false)]
    public void A_name_is_compared_as_the_kernel_cuts_it(string wanted, string name, bool matches) => ProcessMatch.IsName(wanted, name).Should().Be(matches);

    [Theory]
    [InlineData(null, "p a b", "p a b", true)]
    [InlineData(null, "p a", "p a b", false)]
    [InlineData(ParameterMatch.Exact, "p", "p", true)]
    [InlineData(ParameterMatch.Exact, "p", "p a", false)]
    [InlineData(ParameterMatch.Partial, "p a", "p a b", true)]
    [InlineData(ParameterMatch.Partial, "p a", "p ab", false)]
    [InlineData(ParameterMatch.Initial, "p a", "p ab", true)]
    [InlineData(ParameterMatch.Initial, "p a b", "p a", false)]
    [InlineData(ParameterMatch.Initial, "p", "p a", false)]
    public void Arguments_are_compared_as_wanted(ParameterMatch? how, string wanted, string running, bool matches) =>
        ProcessMatch.IsCommand(new TrackProcessConfig { Name = "t", Words = [.. wanted.Split(' ')], Parameters = how }, running.Split(' ')).Should().Be(matches);

    [Fact]
    public void This_process_is_found_among_all()
    {
        ProcessMatch.All().Should().Contain(Environment.ProcessId);
        var name = File.ReadAllText("/proc/self/comm").TrimEnd('\n');
        ProcessMatch.Is(new TrackProcessConfig { Name = "t", Words = [name] }, Environment.ProcessId).Should().BeTrue();
        ProcessMatch.Is(new TrackProcessConfig { Name = "t", Words = ["no-such"] }, Environment.ProcessId).Should().BeFalse();
        ProcessMatch.Is(new TrackProcessConfig { Name = "t", Words = [name] }, int.MaxValue).Should().BeFalse();
    }

    [Fact]
    public void Each_cut_of_a_datagram_of_events_is_read_without_harm()
    {
        var datagram = new byte[76];
        BitConverter.TryWriteBytes(datagram, datagram.Length);
        BitConverter.TryWriteBytes(datagram.AsSpan(36), 0x80000000);
        BitConverter.TryWriteBytes(datagram.AsSpan(52), 42);
        BitConverter.TryWriteBytes(datagram.AsSpan(56), 42);
        for (var length = 0; length <= datagram.Length; length++)
        {
            var events = new List<ProcessEvent>();
            ProcessEvents.Read(datagram.AsSpan(0, length), events);
            events.Should().HaveCountLessThanOrEqualTo(1);
        }
        var whole = new List<ProcessEvent>();
        ProcessEvents.Read(datagram, whole);
        whole.Should().Equal(new ProcessEvent(ProcessEventKind.Exit, 42));
    }
}
