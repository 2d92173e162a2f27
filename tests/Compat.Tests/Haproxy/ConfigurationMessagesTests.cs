using System.Text;
using Dropin.Compat.Haproxy;
using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Ir.Source;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy;

/// <summary>
/// What the check says of the files in fixtures/haproxy: each <c>name.cfg</c> has beside it, in <c>name.diag</c>, the exit status and the messages
/// of HAProxy 2.6.12 for it, byte for byte but for the process number.
/// </summary>
public sealed class ConfigurationMessagesTests
{
    public static TheoryData<string> Cases
    {
        get
        {
            var cases = new TheoryData<string>();
            foreach (var file in Repository.Files("fixtures/haproxy").Where(f => f.EndsWith(".diag", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                cases.Add(file[..^".diag".Length]);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_check_says_what_HAProxy_says(string stem)
    {
        var path = Repository.PathOf(stem);
        var folder = Path.GetDirectoryName(path)!;
        var name = Path.GetFileName(path) + ".cfg";
        var result = HaproxyConfigLoader.Load([name], new LoadOptions
        {
            Environment = new Dictionary<string, string>(),
            Surroundings = new FolderSurroundings(folder),
            ReadFile = _ => File.ReadAllBytes(path + ".cfg"),
        });

        var text = new StringBuilder();
        text.Append("exit ").Append(result.Config is null ? 1 : result.HasListener ? 0 : 2).Append('\n');
        foreach (var diagnostic in result.Diagnostics)
        {
            if (diagnostic.Severity != DiagnosticSeverity.Diag)
                text.Append(diagnostic.Severity.ToString().ToUpperInvariant()).Append(' ').Append(DiagnosticText.Of(diagnostic)).Append('\n');
        }

        text.ToString().Should().Be(File.ReadAllText(path + ".diag"));
    }

    [Fact]
    public void There_are_cases()
    {
        Cases.Count.Should().BeGreaterThan(50);
    }
}
