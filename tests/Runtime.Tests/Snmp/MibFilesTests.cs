using System.Text.RegularExpressions;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Vrrp.Snmp;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Snmp;

/// <summary>The MIB files of the packages against the tables: an operator's tools name by them what we answer.</summary>
public sealed class MibFilesTests
{
    private const string Folder = "packaging/deb/keepalived/mibs";

    private static readonly Dictionary<string, ObjectId> s_known = new()
    {
        ["enterprises"] = new ObjectId(1, 3, 6, 1, 4, 1), ["mib-2"] = new ObjectId(1, 3, 6, 1, 2, 1),
    };

    [Fact]
    public void Each_column_that_is_answered_stands_there_with_its_access()
    {
        var described = Read();
        var columns = VrrpMib.View(new MibSource(null!, "", "", static () => 0)).Columns;
        columns.Should().NotBeEmpty();
        foreach (var (name, isWritable) in columns)
        {
            described.Should().ContainKey(name);
            described[name].Access.Should().Match(access => isWritable ? access == "read-write" : access != "not-accessible", $"{described[name].Name} {name}");
        }
    }

    [Theory]
    [InlineData("vrrpInstanceBasePriority", "1.3.6.1.4.1.9586.100.5.2.3.1.7")]
    [InlineData("vrrpInstanceStateChange", "1.3.6.1.4.1.9586.100.5.2.10.0.2")]
    [InlineData("vrrpTrapNewMaster", "1.3.6.1.2.1.68.0.1")]
    [InlineData("vrrpv3StatisticsNewMasterReason", "1.3.6.1.2.1.207.1.2.5.1.2")]
    public void Names_have_the_numbers_that_the_world_knows(string name, string number) =>
        Read().Should().Contain(entry => entry.Value.Name == name && entry.Key.ToString() == "." + number);

    [Fact]
    public void No_line_is_wider_than_a_terminal_but_the_first_ones() =>
        Repository.Files(Folder).SelectMany(file => File.ReadLines(Repository.PathOf(file))).Where(line => line.Length > 80 && !line.StartsWith("--", StringComparison.Ordinal)).Should().BeEmpty();

    private static Dictionary<ObjectId, (string Name, string Access)> Read()
    {
        var (found, parents) = (new Dictionary<ObjectId, (string, string)>(), new Dictionary<string, ObjectId>(s_known));
        foreach (var file in Repository.Files(Folder))
        {
            var text = Regex.Replace(File.ReadAllText(Repository.PathOf(file)), "\"[^\"]*\"", "");
            var left = Regex.Matches(text, @"^(\w+) (OBJECT-TYPE|OBJECT IDENTIFIER|NOTIFICATION-TYPE|MODULE-IDENTITY|[A-Z]+-GROUP|MODULE-COMPLIANCE)(.*?)::= \{ ([\w-]+) (\d+) \}", RegexOptions.Singleline | RegexOptions.Multiline).ToList();
            left.Should().NotBeEmpty(file);
            while (left.Count > 0)
            {
                var next = left.FirstOrDefault(one => parents.ContainsKey(one.Groups[4].Value));
                next.Should().NotBeNull($"each name of {file} has a parent, {left[0].Groups[1].Value} too");
                left.Remove(next!);
                var name = parents[next!.Groups[4].Value].With(uint.Parse(next.Groups[5].Value, System.Globalization.CultureInfo.InvariantCulture));
                parents[next.Groups[1].Value] = name;
                found[name] = (next.Groups[1].Value, Regex.Match(next.Groups[3].Value, @"MAX-ACCESS ([\w-]+)").Groups[1].Value);
            }
        }
        return found;
    }
}
