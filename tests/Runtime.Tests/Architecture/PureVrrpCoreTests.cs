using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Architecture;

/// <summary>The VRRP core is a function of events and time: its shell may use it, it knows nobody but the packets and the configuration.</summary>
public sealed partial class PureVrrpCoreTests
{
    private static readonly string[] Folders = ["Runtime/Vrrp/Core", "Runtime/Vrrp/Effects", "Runtime/Vrrp/Events", "Runtime/Protocols/Vrrp"];

    public static TheoryData<string> Pure => new(Folders);

    [Theory]
    [MemberData(nameof(Pure))]
    public void It_has_no_socket_clock_randomness_file_or_thread(string folder)
    {
        var wrong = new List<string>();
        var files = 0;
        foreach (var file in Repository.Files(folder).Where(f => f.EndsWith(".cs", StringComparison.Ordinal)))
        {
            files++;
            foreach (Match found in Outside().Matches(SourceText.CodeOf(Repository.PathOf(file)))) wrong.Add($"{file}: {found.Value}");
        }
        files.Should().BePositive();
        wrong.Should().BeEmpty();
    }

    [GeneratedRegex(@"\bDropin\.Runtime\.(Sys|Reactor|Transport|Vrrp\.Shell)\b|\b(Socket|Stopwatch|DateTime|DateTimeOffset|TimeProvider|Random|Thread|Task|File|Directory|Console|Process|Environment)\.|\basync\b|\block\s*\(")]
    private static partial Regex Outside();
}
