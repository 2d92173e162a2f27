using System.Text;
using Dropin.Parsers.Keepalived;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Keepalived;
using Xunit;

namespace Dropin.Parsers.Tests.Keepalived;

/// <summary>Whole files: what is said of them, what a start would refuse, and the configuration that comes of them.</summary>
public sealed class GoldenTests
{
    // The configurations of the pair that tests/Scene starts are no files of this test.
    public static TheoryData<string> Files => new(Repository.Files("fixtures/keepalived").Where(f =>
        f.EndsWith(".conf", StringComparison.Ordinal) && !f.StartsWith("fixtures/keepalived/document/", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_becomes_what_stands_beside_it(string file)
    {
        var path = Repository.PathOf(file);
        var host = FixedHost.Read(Repository.PathOf("fixtures/keepalived/probes/environment.txt"));
        var load = KeepalivedConfigLoader.Load(path, new KeepalivedLoadOptions { Facts = host, RandomSeed = 1, ConfigId = "golden" });
        var text = new StringBuilder($"exit {load.ExitCode}\n");
        foreach (var finding in load.Findings)
            text.Append($"{finding.Pass} {Path.GetFileName(finding.Diagnostic.At.File)}:{finding.Diagnostic.At.Line} {finding.Diagnostic.Code}: {finding.Diagnostic.Sentence}\n");
        foreach (var refused in load.Refused)
            text.Append($"refused {refused.At.Line} {refused.Keyword}: {refused.Reason}\n");
        text.Append("----\n").Append(load.Config is { } config ? IrText.Of(config) : "no configuration\n");
        Golden.Compare(text.ToString(), Path.ChangeExtension(path, null));
    }
}
