using Dropin.Compat.Haproxy.Cli;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Cli;

public sealed class MachineFilesTests
{
    [Fact]
    public void Name_servers_are_the_addresses_behind_the_word_at_the_beginning_of_a_line() =>
        MachineFiles.NameServersOf(["# x", "nameserver 10.1.1.1", "nameserver\t::1", "  nameserver 10.1.1.2", "nameserver bogus", "nameserver", "nameserver 10.1.1.3 more", "nameserver 10.1.1.1"])
            .Should().Equal("10.1.1.1", "::1", "10.1.1.3");
}
