using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Processes;

/// <summary>Programs beside the workers (configuration manual, section <c>program</c>), with either binary.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string> Both => ProcessCase.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_program_runs_as_its_user_in_its_group_and_no_other(string who)
    {
        Skip.If(!Environment.IsPrivilegedProcess, "only root may change the user");
        using var test = new ProcessCase(who);
        test.Configure("", """
            program p
                command /bin/sh -c "id; exec sleep 100"
                user daemon
                group games
            """);
        using var master = await test.StartAsync(["-W", "-f", "a.cfg"]);
        (await ProcessCase.WaitForAsync(() => (master.Output + master.Errors).Contains("uid=", StringComparison.Ordinal))).Should().BeTrue();
        (master.Output + master.Errors).Should().MatchRegex(@"uid=\d+\(daemon\) gid=\d+\(games\) groups=\d+\(games\)\n");
        master.Signal(15);
        (await master.EndAsync(ProcessCase.Limit)).Code.Should().Be(0);
    }

    [SkippableTheory]
    [InlineData("original", "")]
    [InlineData("ours", "")]
    [InlineData("original", "user daemon")]
    [InlineData("ours", "user daemon")]
    public async Task A_program_that_cannot_be_executed_ends_the_service(string who, string option)
    {
        Skip.If(!Environment.IsPrivilegedProcess, "only root may change the user");
        using var test = new ProcessCase(who);
        test.Configure("", $"""
            program p
                command /nowhere/program
                {option}
            """);
        var end = await test.RunAsync("-W", "-f", "a.cfg");
        end.Code.Should().Be(1);
        end.Errors.Should().Contain("Cannot execute /nowhere/program: No such file or directory").And.Contain("exit-on-failure: killing every processes with SIGTERM");
    }
}
