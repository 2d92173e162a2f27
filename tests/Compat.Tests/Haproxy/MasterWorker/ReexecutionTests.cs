using Dropin.Compat.Haproxy.MasterWorker;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.MasterWorker;

public sealed class ReexecutionTests
{
    [Theory]
    [InlineData("-Ws -f a.cfg -p pid", "-Ws -f a.cfg -p pid")]
    [InlineData("-sf 12 13 -x sockpair@3 -Ws -f a.cfg", "-Ws -f a.cfg")]
    [InlineData("-W -f a.cfg -st 12 -D", "-W -f a.cfg -D")]
    [InlineData("-f -sf -W -sf 7", "-f -sf -W")]
    [InlineData("-W -- -sf 12", "-W -- -sf 12")]
    [InlineData("-x old.sock -W -C -x -f a.cfg", "-W -C -x -f a.cfg")]
    public void What_belongs_to_one_execution_is_taken_out(string words, string expected)
        => string.Join(' ', Reexecution.WithoutHandover(words.Split(' '))).Should().Be(expected);

    [Fact]
    public void The_next_execution_is_told_whom_to_follow()
    {
        var family = Family.FromEnvironment("|type=e;pid=10;fd=-1;id=foo|type=w;pid=11;fd=3|type=m;pid=9", 9, 0);
        string.Join(' ', Reexecution.Words(["-sf", "5", "-Ws", "-f", "a.cfg"], family, [10, 11])).Should().Be("-sf 10 11 -x sockpair@3 -Ws -f a.cfg");
    }
}
