using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Processes;

/// <summary>From the original to ours and back, while clients ask.</summary>
public sealed class UpgradeTests
{
    [SkippableTheory]
    [InlineData("original", "ours")]
    [InlineData("ours", "original")]
    public async Task A_master_whose_file_was_replaced_becomes_the_other_program_at_its_reload(string before, string after)
    {
        using var test = new ProcessCase(before);
        using var other = new ProcessCase(after);
        var link = test.FileNamed("haproxy");
        File.CreateSymbolicLink(link, test.Binary);
        using var master = HaproxyProcess.Start(link, test.Folder, ["-W", "-S", test.FileNamed("cli"), "-f", "a.cfg"]);
        (await master.WaitReadyAsync([test.Port], [], ProcessCase.Limit)).Should().BeTrue(master.Errors);
        await ProcessCase.WaitForAsync(() => master.Errors.Contains("Loading success.", StringComparison.Ordinal));
        // The original is deaf for a moment after these words, until its master waits; then its CLI answers.
        (await ProcessCase.WaitForAsync(() => test.AskCliAsync("cli", "show proc").Result.Contains("# programs", StringComparison.Ordinal))).Should().BeTrue();
        using var clients = new SteadyClients(test);

        File.Delete(link);
        File.CreateSymbolicLink(link, other.Binary);
        master.Signal(12);
        (await ProcessCase.WaitForAsync(() => master.Errors.Contains("Former worker", StringComparison.Ordinal))).Should().BeTrue(master.Errors);

        var outcome = await clients.EndAsync();
        outcome.Failures.Should().BeEmpty();
        (await test.AskAsync()).Should().Be(ProcessCase.Answer);
        (await test.AskCliAsync("cli", "show version")).Contains("dropin", StringComparison.Ordinal).Should().Be(after == "ours");
        (await test.AskCliAsync("cli", "show proc")).Should().Contain("1 [failed: 0]");
        master.Signal(15);
        (await master.EndAsync(ProcessCase.Limit)).Code.Should().Be(0);
    }
}
