using System.Text;
using Dropin.Compat.Keepalived.ConfigTest;
using Dropin.Parsers.Keepalived;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Keepalived;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.ConfigTest;

public sealed class FindingTextTests
{
    [Fact]
    public void The_first_reading_names_no_file_but_included_ones()
    {
        using var folder = new TempDirectory();
        File.WriteAllText(Path.Combine(folder.Path, "part.conf"), "bar\n");
        var path = Path.Combine(folder.Path, "keepalived.conf");
        File.WriteAllText(path, "foo\ninclude part.conf\n");

        var said = new StringBuilder();
        var exit = ConfigTestRun.Run(path, new KeepalivedLoadOptions { Facts = Host }, bytes => said.Append(Encoding.Latin1.GetString(bytes)));

        exit.Should().Be(5);
        said.ToString().Should().Be($"""
            (Line 1) Unknown keyword 'foo'
            (part.conf: Line 1) Unknown keyword 'bar'
            ({path}: Line 1) Unknown keyword 'foo'
            (part.conf: Line 1) Unknown keyword 'bar'
            ({path}: Line 1) Unknown keyword 'foo'
            (part.conf: Line 1) Unknown keyword 'bar'
            ({path}: Line 1) Unknown keyword 'foo'
            (part.conf: Line 1) Unknown keyword 'bar'

            """);
    }

    [Fact]
    public void A_refused_word_is_named_with_file_line_and_reason()
    {
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "keepalived.conf");
        File.WriteAllText(path, "\nvirtual_server 10.0.0.1 80 {\nprotocol TCP\nlb_kind DR\nlb_algo rr\nreal_server 10.0.0.2 80 {\n}\n}\n");

        var load = KeepalivedConfigLoader.Load(path, new KeepalivedLoadOptions { Facts = Host });

        load.ExitCode.Should().Be(0);
        load.Refused.Select(FindingText.Of).Should().Equal($"({path}: Line 2) 'virtual_server' cannot be run: virtual servers (IPVS) are not executed yet");
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_come_out_as_they_went_in()
    {
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "keepalived.conf");
        File.WriteAllBytes(path, [0xff, 0xe9, (byte)'\n']);
        var first = new List<byte[]>();

        ConfigTestRun.Run(path, new KeepalivedLoadOptions { Facts = Host }, first.Add);

        first[0].Should().Equal([.. "(Line 1) Unknown keyword '"u8, 0xff, 0xe9, .. "'\n"u8]);
    }

    private static FixedHost Host => FixedHost.Read(Repository.PathOf("fixtures/keepalived/probes/environment.txt"));
}
