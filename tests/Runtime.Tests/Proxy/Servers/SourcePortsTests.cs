using Dropin.Runtime.Proxy.Servers;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Servers;

public sealed class SourcePortsTests
{
    [Fact]
    public void Ports_are_given_out_in_turn_and_used_again_as_late_as_possible()
    {
        var ports = new SourcePorts(1000, 1002);
        var first = ports.Take();
        ports.Give(first);
        (first, ports.Take(), ports.Take(), ports.Take()).Should().Be((1000, 1001, 1002, 1000));
    }

    [Fact]
    public void None_is_given_out_twice_at_a_time()
    {
        var ports = new SourcePorts(1000, 1063);
        var taken = new int[8][];
        Parallel.For(0, taken.Length, i => taken[i] = [.. Enumerable.Range(0, 10).Select(_ => ports.Take())]);
        var all = taken.SelectMany(t => t).Where(p => p != 0).ToList();
        for (var port = ports.Take(); port != 0; port = ports.Take())
        {
            all.Add(port);
        }

        all.Order().Should().Equal(Enumerable.Range(1000, 64));
    }
}
