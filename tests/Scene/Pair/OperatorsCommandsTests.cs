using Dropin.Tests.Support.Handbook;
using FluentAssertions;
using Xunit;

namespace Dropin.Scene.Pair;

/// <summary>What the README tells an operator to type is what <c>make pair</c> runs: it reads the commands there. Here only that they are there.</summary>
public sealed class OperatorsCommandsTests
{
    private static readonly OperatorsCommands Commands = OperatorsCommands.Read();

    [Fact]
    public void The_section_has_the_headings_that_are_played_and_no_other_commands() => Commands.Headings.Should().Equal(
        OperatorsCommands.Setting, OperatorsCommands.Before, OperatorsCommands.Backup, OperatorsCommands.Master, OperatorsCommands.Upgrade, OperatorsCommands.Failback,
        OperatorsCommands.WayBackBackup, OperatorsCommands.WayBackMaster);

    [Theory]
    [InlineData(OperatorsCommands.Backup)]
    [InlineData(OperatorsCommands.WayBackBackup)]
    public void The_backup_begins_with_the_installation(string heading) => Commands[heading][0].Should().StartWith("apt-get install ");

    [Theory]
    [InlineData(OperatorsCommands.Master)]
    [InlineData(OperatorsCommands.WayBackMaster)]
    public void The_master_gives_its_address_away_first(string heading) => Commands[heading][0].Should().Be("systemctl stop keepalived");

    [Fact]
    public void A_heading_that_is_not_there_is_named() =>
        Commands.Invoking(commands => commands["The moon"]).Should().Throw<InvalidOperationException>().WithMessage("*The moon*");
}
