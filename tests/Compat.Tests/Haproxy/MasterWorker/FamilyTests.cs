using Dropin.Compat.Haproxy.MasterWorker;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.MasterWorker;

public sealed class FamilyTests
{
    // The variable of a running original with a program, after one reload.
    private const string Original =
        "|type=e;fd=-1;pid=18172;reloads=0;failedreloads=0;timestamp=1795500403;id=foo;version=(null)"
        + "|type=w;fd=4;pid=18173;reloads=0;failedreloads=0;timestamp=1795500403;id=;version=2.6.12-1+deb12u4"
        + "|type=m;fd=-1;pid=18060;reloads=1;failedreloads=0;timestamp=1795500402;id=;version=(null)";

    [Fact]
    public void The_variable_of_an_original_is_understood_and_written_again()
    {
        var family = Family.FromEnvironment(Original, 1, 0);
        family.Master.Pid.Should().Be(18060);
        family.Children.Select(child => (child.Kind, child.Pid, child.Descriptor, child.Name))
            .Should().Equal((MemberKind.Program, 18172, -1, "foo"), (MemberKind.Worker, 18173, 4, ""));
        family.ToEnvironment().Should().Be(Original);
    }

    [Fact]
    public void The_table_has_the_columns_of_the_original()
    {
        var family = Family.FromEnvironment(Original, 1, 0);
        family.Find(18173)!.Leaving = true;
        family.Show(1795500402 + 90_061).Replace(Compat.Haproxy.ProductVersion.Text.PadRight(15), "VERSION        ", StringComparison.Ordinal).Should().Be(
            """
            #<PID>          <type>          <reloads>       <uptime>        <version>      
            18060           master          1 [failed: 0]   1d01h01m01s     VERSION        
            # workers
            # old workers
            18173           worker          0               1d01h01m00s     2.6.12-1+deb12u4
            # programs
            18172           foo             0               1d01h01m00s     -              

            """);
    }

    [Fact]
    public void A_failed_reload_counts_for_everybody()
    {
        var family = Family.FromEnvironment(Original, 1, 0);
        family.CountReload();
        family.CountFailedReload();
        (family.Master.Reloads, family.Master.FailedReloads).Should().Be((2, 1));
        (family.Find(18173)!.Reloads, family.Find(18173)!.FailedReloads).Should().Be((1, 1));
    }

    [Fact]
    public void Nonsense_in_the_variable_makes_a_new_family()
        => Family.FromEnvironment("|type=;;=|garbage", 77, 5).Master.Pid.Should().Be(77);
}
