using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Architecture;

/// <summary>The tree works wherever it is put: it names no place of the machine on which it was written.</summary>
public sealed partial class CleanTreeTests
{
    private static readonly HashSet<string> Binary = [".der", ".p12", ".pfx", ".gz", ".png", ".bin", ".raw"];

    [Fact]
    public void No_file_names_a_folder_of_the_machine_or_the_host_of_a_package_registry()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.Files().Where(f => !Binary.Contains(Path.GetExtension(f)) && !f.StartsWith("fixtures/fuzz/", StringComparison.Ordinal)))
        {
            var number = 0;
            foreach (var line in File.ReadLines(Repository.PathOf(file)))
            {
                number++;
                if (Private().IsMatch(line)) wrong.Add($"{file}:{number}: {line.Trim()}");
            }
        }
        wrong.Should().BeEmpty();
    }

    // Each word is broken by a class of one character, so that this file does not find itself.
    [GeneratedRegex(@"(?<![\w.-])/w[o]rk/|deb\.deb[i]an\.org|api\.nug[e]t\.org|registry\.npmj[s]\.org")]
    private static partial Regex Private();
}
