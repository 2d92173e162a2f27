using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Arguments;

/// <summary>The same words given to the original and to ours: exit status, output and messages are compared.</summary>
public sealed partial class CommandLineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // Words separated by spaces; '' is an empty word.
    public static TheoryData<string> Lines =>
    [
        "", "-f", "-c", "-v", "-vx", "-q -v", "-dMhelp", "-c -f empty", "-c --", "-c -f none.cfg", "-C nodir -c -f a.cfg",
        "-cc defined(HOME)", "-cc blah", "-cc true", "-cc version_atleast(2.6)", "-cc version_atleast(9.0)", "-cc", "-cc ''",
        "-n", "-N", "-m", "-L", "-p", "-C", "-S", "-S -c", "-n -c", "-C -c", "-sf x", "-sf 1 12x", "-st 0", "-sx 1", "-s", "-x",
        "-dMfoo", "-dM0x50,foo,tag", "-dM0x50tag", "-f a.cfg extra", "-", "''", "-z", "--foo", "-q -f", "-q -x", "-q -sf x", "-q -cc blah",
    ];

    [SkippableTheory]
    [MemberData(nameof(Lines))]
    public async Task A_command_line_is_answered_as_by_the_original(string line)
    {
        using var folder = new TempDirectory();
        Directory.CreateDirectory(folder.FileNamed("empty"));
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "''" ? "" : word).ToArray();
        Skip.If(Oracle.WhyNot != null, Oracle.WhyNot);
        Skip.If(Subject.WhyNot != null, Subject.WhyNot);
        var expected = await HaproxyProcess.RunAsync(Oracle.Path, folder.Path, words, Limit);
        var actual = await HaproxyProcess.RunAsync(Subject.Path!, folder.Path, words, Limit);
        Normal(actual).Should().Be(Normal(expected));
    }

    [SkippableTheory]
    [InlineData("-dKhelp -c -f a.cfg")]
    [InlineData("-dKfoo -c -f a.cfg")]
    [InlineData("-dK -q -c -f a.cfg")]
    [InlineData("-c -f a.cfg -sf")]
    [InlineData("-c -f a.cfg -N 10 -n 20 -m 30 -de -dp -dS -dG -dR -dr -dV -db -dM")]
    [InlineData("-c -V -f a.cfg")]
    [InlineData("-x one -x two -c -f a.cfg")]
    [InlineData("-c -f none.cfg -q")]
    public async Task A_check_with_options_is_answered_as_by_the_original(string line)
    {
        Skip.If(Oracle.WhyNot != null, Oracle.WhyNot);
        Skip.If(Subject.WhyNot != null, Subject.WhyNot);
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.FileNamed("a.cfg"), "listen a\n    bind 127.0.0.1:1\n    timeout client 1s\n    timeout server 1s\n    timeout connect 1s\n");
        var expected = await HaproxyProcess.RunAsync(Oracle.Path, folder.Path, line.Split(' '), Limit);
        var actual = await HaproxyProcess.RunAsync(Subject.Path!, folder.Path, line.Split(' '), Limit);
        Normal(actual).Should().Be(Normal(expected));
    }

    private static string Normal(ProcessEnd end) =>
        $"exit {end.Code}\n" + VersionLines().Replace(Pid().Replace(end.Output + "\n--\n" + end.Errors, "(PID)"), "$1 ...");

    [GeneratedRegex(@"\(\d+\)")]
    private static partial Regex Pid();

    // What a version says of itself differs; that the line is there does not.
    [GeneratedRegex(@"^(HAProxy version|Status:|Known bugs:|.*haproxy version is|.*path to executable is).*$", RegexOptions.Multiline)]
    private static partial Regex VersionLines();
}
