using System.Net.Sockets;
using System.Xml.Linq;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Bus;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Bus;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Vrrp.Bus;

/// <summary>The answers that keepalived 2.2.7 gives on the bus, word for word; what is compared with the running original stands in tests/Scene.</summary>
public sealed class BusObjectsTests
{
    private const string Daemon = "/org/keepalived/Vrrp1/Vrrp", Instance = "/org/keepalived/Vrrp1/Instance/eth0/51/IPv4";
    private const string DaemonName = "org.keepalived.Vrrp1.Vrrp", InstanceName = "org.keepalived.Vrrp1.Instance";
    private const string Properties = "org.freedesktop.DBus.Properties", Introspectable = "org.freedesktop.DBus.Introspectable";

    [Fact]
    public void The_tree_leads_to_each_object()
    {
        var objects = With(Router.Instance("A"), Router.Instance("B") with { Interface = "eth1.5", RouterId = 7, Family = AddressFamily.InterNetworkV6 });
        Children(objects, "/").Should().Equal("org");
        Children(objects, "/org/keepalived").Should().Equal("Vrrp1");
        Children(objects, "/org/keepalived/Vrrp1").Should().Equal("Vrrp", "Instance");
        Children(objects, "/org/keepalived/Vrrp1/Instance").Should().Equal("eth0", "eth1_5");
        Children(objects, "/org/keepalived/Vrrp1/Instance/eth1_5").Should().Equal("7");
        Children(objects, "/org/keepalived/Vrrp1/Instance/eth1_5/7").Should().Equal("IPv6");
        Children(objects, Instance).Should().BeEmpty();
        Children(objects, "/org/keepalived/Vrrp").Should().BeEmpty("it is the beginning of a name, not a path above others");
    }

    [Theory]
    [InlineData(null, null, "eth0", "/org/keepalived/Vrrp1/Instance/eth0/51/IPv4")]
    [InlineData(null, null, "a.b-c@d:1", "/org/keepalived/Vrrp1/Instance/a_b_c_d_1/51/IPv4")]
    [InlineData(null, null, "ü", "/org/keepalived/Vrrp1/Instance/__/51/IPv4")]
    [InlineData(null, null, "", "/org/keepalived/Vrrp1/Instance/none/51/IPv4")]
    [InlineData("space", null, "eth0", "/org/keepalived/Vrrp1/space/Instance/eth0/51/IPv4")]
    [InlineData("space", "one", "eth0", "/org/keepalived/Vrrp1/space/one/Instance/eth0/51/IPv4")]
    [InlineData(null, "on-e", "eth0", "/org/keepalived/Vrrp1/on_e/Instance/eth0/51/IPv4")]
    public void A_path_has_only_what_the_bus_allows(string? space, string? name, string link, string expected)
    {
        new BusPaths(space, name).Of(Router.Instance() with { Interface = link }).Should().Be(expected);
        new BusPaths(space, name).Daemon.Should().Be(expected[..expected.IndexOf("/Instance", StringComparison.Ordinal)] + "/Vrrp");
    }

    [Theory]
    [InlineData(Daemon, DaemonName, "PrintData", BusErrand.PrintData)]
    [InlineData(Daemon, DaemonName, "PrintStats", BusErrand.PrintStatistics)]
    [InlineData(Daemon, DaemonName, "PrintStatsClear", BusErrand.PrintAndClearStatistics)]
    [InlineData(Daemon, DaemonName, "ReloadConfig", BusErrand.Reload)]
    [InlineData(Instance, InstanceName, "SendGarp", BusErrand.Announce)]
    public void Methods_are_errands_with_an_empty_answer(string path, string name, string member, BusErrand errand)
    {
        var answer = With(Router.Instance()).Answer(Call(path, name, member));
        (answer.Errand, answer.Error, answer.Values).Should().BeEquivalentTo((errand, (string?)null, Array.Empty<BusValue>()));
        answer.Instance?.Name.Should().Be("V");
    }

    [Theory]
    [InlineData(Daemon, DaemonName, "PrintData", "s", "InvalidArgs: Type of message, “(s)”, does not match expected type “()”")]
    [InlineData(Daemon, DaemonName, "Nope", "", "UnknownMethod: No such method “Nope”")]
    [InlineData(Daemon, DaemonName, "CreateInstance", "ssuu", "UnknownMethod: No such method “CreateInstance”")]
    [InlineData(Daemon, InstanceName, "SendGarp", "", "UnknownMethod: No such interface “org.keepalived.Vrrp1.Instance” on object at path /org/keepalived/Vrrp1/Vrrp")]
    [InlineData(Daemon, null, "PrintData", "", "UnknownMethod: Object does not exist at path “/org/keepalived/Vrrp1/Vrrp”")]
    [InlineData("/nope", InstanceName, "SendGarp", "", "UnknownMethod: Object does not exist at path “/nope”")]
    [InlineData("/org/keepalived/Vrrp1/Instance", InstanceName, "SendGarp", "", "UnknownMethod: Object does not exist at path “/org/keepalived/Vrrp1/Instance”")]
    [InlineData(Instance, Properties, "Nope", "", "UnknownMethod: No such interface “org.freedesktop.DBus.Properties” on object at path /org/keepalived/Vrrp1/Instance/eth0/51/IPv4")]
    [InlineData(Instance, Properties, "Get", "s", "UnknownMethod: No such interface “org.freedesktop.DBus.Properties” on object at path /org/keepalived/Vrrp1/Instance/eth0/51/IPv4")]
    [InlineData(Instance, Introspectable, "Introspect", "s", "UnknownMethod: No such interface “org.freedesktop.DBus.Introspectable” on object at path /org/keepalived/Vrrp1/Instance/eth0/51/IPv4")]
    [InlineData(Instance, Properties, "Get", "ss:x:Name", "InvalidArgs: No such interface “x”")]
    [InlineData(Instance, Properties, "Get", "ss:org.keepalived.Vrrp1.Instance:x", "InvalidArgs: No such property “x”")]
    [InlineData(Instance, Properties, "Get", "ss", "UnknownMethod: No such interface “org.freedesktop.DBus.Properties” on object at path /org/keepalived/Vrrp1/Instance/eth0/51/IPv4")]
    [InlineData(Instance, Properties, "Set", "ssv:org.keepalived.Vrrp1.Instance:Name", "InvalidArgs: Property “Name” is not writable")]
    [InlineData(Instance, Properties, "Set", "ssv:org.keepalived.Vrrp1.Instance:x", "InvalidArgs: No such property “x”")]
    [InlineData(Instance, Properties, "GetAll", "s:x", "InvalidArgs: No such interface “x”")]
    public void What_is_not_there_is_told_as_the_original_tells_it(string path, string? name, string member, string arguments, string expected)
    {
        var parts = arguments.Split(':');
        var answer = With(Router.Instance()).Answer(Call(path, name, member, parts[0], parts[1..]));
        $"{answer.Error}: {answer.ErrorText}".Should().Be("org.freedesktop.DBus.Error." + expected);
        answer.Errand.Should().Be(BusErrand.None);
    }

    [Fact]
    public void Properties_have_the_types_and_values_of_the_original()
    {
        var objects = With(Router.Instance());
        var name = new BusStructure(new BusText("V"));
        var state = new BusStructure(new BusNumber(0), new BusText("Init"));
        Single(objects, "Get", "ss", InstanceName, "Name").Should().BeEquivalentTo(new BusVariant(name), o => o.RespectingRuntimeTypes());
        Single(objects, "Get", "ss", InstanceName, "State").Should().BeEquivalentTo(new BusVariant(state), o => o.RespectingRuntimeTypes());
        Single(objects, "GetAll", "s", InstanceName).Should().BeEquivalentTo(new BusDictionary(("Name", name), ("State", state)), o => o.RespectingRuntimeTypes());
        state.Signature.Should().Be("(us)");
        objects.Answer(Call(Daemon, Properties, "GetAll", "s", DaemonName)).Values.Should().ContainSingle().Which.Should().BeOfType<BusDictionary>().Which.Entries.Should().BeEmpty();
    }

    [Fact]
    public void States_have_their_numbers_and_words()
    {
        var (plain, told) = (Only(Router.Instance()), Only(Router.Instance() with { Notify = new NotifyConfig { DeletedState = true } }));
        BusStates.NumberOf(plain, VrrpState.Backup).Should().Be(1);
        BusStates.NumberOf(plain, VrrpState.Master).Should().Be(2);
        BusStates.NumberOf(plain, VrrpState.Fault).Should().Be(3);
        BusStates.NumberOf(plain, VrrpState.Stopped).Should().Be(98);
        BusStates.NumberOf(plain, VrrpState.Deleted).Should().Be(3);
        BusStates.NumberOf(told, VrrpState.Deleted).Should().Be(97);
        Enum.GetValues<VrrpState>().Select(BusStates.WordOf).Should().Equal("Init", "Backup", "Master", "Fault", "Unknown", "Unknown");
    }

    [Fact]
    public void Objects_come_and_go_with_their_instances_and_the_first_one_keeps_its_place()
    {
        var (gone, taken) = (new List<string>(), new List<string>());
        var objects = new BusObjects(new BusPaths(null, null));
        var (first, second) = (Only(Router.Instance("A")), Only(Router.Instance("B")));
        objects.Follow([first, second], instance => gone.Add(instance.Name), taken.Add);
        (gone.Count, string.Join(' ', taken)).Should().Be((0, Instance));
        objects.Answer(Call(Instance, InstanceName, "SendGarp")).Instance.Should().BeSameAs(first);
        objects.Follow([second], instance => gone.Add(instance.Name), taken.Add);
        (string.Join(' ', gone), taken.Count).Should().Be(("A", 1));
        objects.Answer(Call(Instance, InstanceName, "SendGarp")).Instance.Should().BeSameAs(second);
    }

    [Fact]
    public void The_packages_describe_what_the_daemon_has()
    {
        foreach (var (path, name) in (ReadOnlySpan<(string, string)>)[(Daemon, DaemonName), (Instance, InstanceName)])
        {
            var file = XElement.Load(Repository.PathOf($"packaging/deb/keepalived/interfaces/{name}.xml"));
            Bare(file.Elements("interface").Single()).Should().Be(Bare(Interface(With(Router.Instance()), path, name)));
        }
    }

    // Without comments and without the blank space between elements.
    private static string Bare(XElement element) => new XElement(
        element.Name, element.Attributes().OrderBy(a => a.Name.LocalName), element.Elements().Select(e => XElement.Parse(Bare(e)))).ToString();

    private static XElement Interface(BusObjects objects, string path, string name) =>
        Described(objects, path).Elements("interface").Single(e => e.Attribute("name")!.Value == name);

    private static IEnumerable<string> Children(BusObjects objects, string path) => Described(objects, path).Elements("node").Select(e => e.Attribute("name")!.Value);

    private static XElement Described(BusObjects objects, string path)
    {
        var text = objects.Answer(Call(path, Introspectable, "Introspect")).Values.Should().ContainSingle().Which.Should().BeOfType<BusText>().Which.Text;
        return XElement.Parse(text[text.IndexOf("<node>", StringComparison.Ordinal)..]);
    }

    private static BusValue Single(BusObjects objects, string member, string signature, params string[] texts) =>
        objects.Answer(Call(Instance, Properties, member, signature, texts)).Values.Should().ContainSingle().Which;

    private static BusMessage Call(string path, string? name, string member, string signature = "", params string[] texts) => new()
    {
        Kind = BusMessageKind.Call,
        Path = path,
        Interface = name,
        Member = member,
        Signature = signature,
        Texts = texts,
    };

    private static InstanceState Only(InstanceConfig config) => new Router(config).Only;

    private static BusObjects With(params InstanceConfig[] configs)
    {
        var objects = new BusObjects(new BusPaths(null, null));
        objects.Follow(new Router(configs).Core.Instances, _ => { }, _ => { });
        return objects;
    }
}
