using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Bus;

/// <summary>
/// A keepalived on the bus, from its start to its end: everything that it tells, answers and logs there. Calls of all kinds, a link that goes and comes, a bus that hangs
/// meanwhile, reloads, the stop.
/// </summary>
internal sealed partial class BusStory : IDisposable
{
    private const string Marker = "DROPIN_BUS", Service = "org.keepalived.Vrrp1";
    private const string Daemon = "/org/keepalived/Vrrp1/Vrrp", Instance = "/org/keepalived/Vrrp1/Instance/eth0/51/IPv4";
    private const string Properties = "org.freedesktop.DBus.Properties", Own = "org.keepalived.Vrrp1.Instance";

    private static readonly string[] Calls =
    [
        .. ((string[])["/", "/org", "/org/keepalived/Vrrp1", Daemon, "/org/keepalived/Vrrp1/Instance", "/org/keepalived/Vrrp1/Instance/eth0/51", Instance, "/nope"])
            .Select(path => path + " org.freedesktop.DBus.Introspectable.Introspect"),
        $"{Instance} org.freedesktop.DBus.Introspectable.Introspect string:x",
        $"{Instance} {Properties}.GetAll string:{Own}",
        $"/org/keepalived/Vrrp1/Instance/odd_1_a_/52/IPv4 {Properties}.GetAll string:{Own}",
        $"{Daemon} {Properties}.GetAll string:org.keepalived.Vrrp1.Vrrp",
        $"{Instance} {Properties}.GetAll string:x",
        $"{Instance} {Properties}.Get string:{Own} string:Name",
        $"{Instance} {Properties}.Get string:{Own} string:State",
        $"{Instance} {Properties}.Get string:{Own} string:x",
        $"{Instance} {Properties}.Get string:x string:Name",
        $"{Instance} {Properties}.Get string:x",
        $"{Instance} {Properties}.Set string:{Own} string:Name variant:string:x",
        $"{Instance} {Properties}.Set string:{Own} string:x variant:string:x",
        $"{Instance} org.freedesktop.DBus.Peer.Ping",
        $"/nope {Properties}.GetAll string:x",
        $"{Daemon} org.keepalived.Vrrp1.Vrrp.PrintData",
        $"{Daemon} org.keepalived.Vrrp1.Vrrp.PrintStats",
        $"{Daemon} org.keepalived.Vrrp1.Vrrp.PrintStatsClear",
        $"{Daemon} org.keepalived.Vrrp1.Vrrp.PrintData string:x",
        $"{Daemon} org.keepalived.Vrrp1.Vrrp.CreateInstance string:a string:b uint32:1 uint32:2",
        $"{Daemon} x.y.z",
        $"{Daemon} {Own}.SendGarp",
        $"{Instance} {Own}.SendGarp",
        $"{Instance} {Own}.SendGarp string:x",
        $"/org/keepalived/Vrrp1/Instance/eth0 {Own}.SendGarp",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("bus-").FullName;
    private readonly StringBuilder _transcript = new();
    private readonly List<string> _log = [];
    private readonly BusNetwork _network = new();
    private readonly MessageBus _bus;
    private Process? _process;
    private int _told;

    private BusStory() => _bus = new MessageBus(_folder);

    /// <summary>The whole story as text.</summary>
    public static string Tell(string binary)
    {
        using var story = new BusStory();
        story.Play(binary);
        return story._transcript.ToString();
    }

    public void Dispose()
    {
        Leftovers.End(Marker, _folder);
        _process?.WaitForExit(2000);
        _process?.Dispose();
        _bus.Dispose();
        _network.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Play(string binary)
    {
        Configure(("A", "eth0", 51, "10.78.0.51", 200), ("B", BusNetwork.Odd, 52, "10.78.1.52", 150), ("C", "eth0", 51, "fe80::51", 100));
        Start(binary);
        Expect(3, "VrrpStatusChange uint32 2");
        // Whether the first states are told once or twice, before or after the first word, and whether the one before them is told, is chance in the original.
        Chapter("the start", unordered: true, leftOut: "VrrpStatusChange uint32 0");

        foreach (var call in Calls) Call(call);
        Chapter("calls");

        _network.Carrier(false);
        Expect(2, "VrrpStatusChange uint32 3");
        _network.Carrier(true);
        Expect(2, "VrrpStatusChange uint32 2");
        Chapter("a link that goes and comes", unordered: true);

        _bus.Signal("STOP");
        _network.Carrier(false);
        MessageBus.Wait(() => !HoldsAddress, "the address while the bus hangs");
        _network.Carrier(true);
        MessageBus.Wait(() => HoldsAddress, "the address while the bus hangs");
        _bus.Signal("CONT");
        Expect(2, "VrrpStatusChange uint32 2");
        Chapter("the same while the bus hangs", unordered: true);

        Shell.Try("kill", ["-HUP", Pid]);
        Expect(1, "VrrpReloaded");
        Chapter("a reload");

        // B has another number: one goes, one comes.
        Configure(("A", "eth0", 51, "10.78.0.51", 200), ("B", BusNetwork.Odd, 53, "10.78.1.52", 150), ("C", "eth0", 51, "fe80::51", 100));
        Call($"{Daemon} org.keepalived.Vrrp1.Vrrp.ReloadConfig");
        Expect(1, "53/IPv4 VrrpStatusChange uint32 2");
        Call("/org/keepalived/Vrrp1/Instance/odd_1_a_ org.freedesktop.DBus.Introspectable.Introspect");
        Chapter("a reload that takes and brings");

        Shell.Try("kill", ["-TERM", Pid]);
        _process!.WaitForExit(10_000);
        Expect(1, "ReleaseName");
        Chapter("the end");
        TellLog();
    }

    private string Pid => _process!.Id.ToString(CultureInfo.InvariantCulture);

    private bool HoldsAddress => Shell.Try("ip", ["-n", _network.Router.Namespace, "-br", "addr", "show", "eth0"]).Output.Contains("10.78.0.51", StringComparison.Ordinal);

    private void Configure(params (string Name, string Link, int Id, string Address, int Priority)[] instances) => File.WriteAllText(
        Path.Combine(_folder, "keepalived.conf"),
        "global_defs {\n enable_dbus\n vrrp_version 3\n}\n" + string.Concat(instances.Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"vrrp_instance {one.Name} {{\n interface {one.Link}\n virtual_router_id {one.Id}\n priority {one.Priority}\n advert_int 0.3\n virtual_ipaddress {{\n {one.Address}\n }}\n}}\n"))));

    private void Start(string binary)
    {
        // /run and /tmp of its own: pid files and dumps do not meet those of others. The program may stand below /tmp.
        const string place = "mount -t tmpfs run /run && mkdir /run/keepalived /run/story && mount --bind \"$1\" /run/story && mkdir /run/program && mount --bind \"${0%/*}\" /run/program "
            + "&& mount -t tmpfs tmp /tmp && exec \"/run/program/${0##*/}\" -n -l -f /run/story/keepalived.conf";
        var start = new ProcessStartInfo("ip") { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in (string[])["netns", "exec", _network.Router.Namespace, "unshare", "-m", "sh", "-c", place, binary, _folder]) start.ArgumentList.Add(word);
        start.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/run/story/bus";
        start.Environment[Marker] = _folder;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.ErrorDataReceived += (_, said) =>
        {
            lock (_log) _log.Add(said.Data ?? "");
        };
        _process.BeginErrorReadLine();
    }

    // Waits until what ends with a text was told so often since the last chapter.
    private void Expect(int times, string end) =>
        MessageBus.Wait(() => _bus.Heard.Skip(_told).Count(line => line.Contains(end, StringComparison.Ordinal)) >= times, end + " in: " + string.Join('\n', _bus.Heard.Skip(_told)));

    private void Call(string call)
    {
        _transcript.Append("> ").Append(call).Append('\n');
        var answer = Version().Replace(_bus.Call(Service, call.Split(' ')), "");
        // The original's tree is a hash table.
        var lines = answer.Split('\n');
        foreach (var line in lines.Where(line => !Child().IsMatch(line)).Concat(lines.Where(line => Child().IsMatch(line)).Order(StringComparer.Ordinal)))
            _transcript.Append("  ").Append(line.TrimEnd()).Append('\n');
    }

    private void Chapter(string title, bool unordered = false, string? leftOut = null)
    {
        // What was sent before the mark is heard before it.
        var mark = "Chapter" + _told.ToString(CultureInfo.InvariantCulture);
        _bus.Send(mark);
        MessageBus.Wait(() => _bus.HasHeard(mark), mark);
        var told = _bus.Heard.Skip(_told).Where(line => !line.StartsWith("/mark", StringComparison.Ordinal) && (leftOut is null || !line.EndsWith(leftOut, StringComparison.Ordinal))).ToList();
        _told = _bus.Heard.Count;
        _transcript.Append("== ").Append(title).Append('\n');
        foreach (var line in unordered ? told.Distinct().Order(StringComparer.Ordinal) : told.AsEnumerable()) _transcript.Append(line).Append('\n');
    }

    private void TellLog()
    {
        _transcript.Append("== the log of it\n");
        lock (_log)
        {
            foreach (var line in _log.Select(line => Stamp().Replace(line, "")).Where(line => About().IsMatch(line))) _transcript.Append(line).Append('\n');
        }
    }

    [GeneratedRegex("<!-- GDBus [^>]*-->\n")]
    private static partial Regex Version();

    [GeneratedRegex("^ *<node name=")]
    private static partial Regex Child();

    [GeneratedRegex(@"^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}: ")]
    private static partial Regex Stamp();

    [GeneratedRegex("DBus|session bus")]
    private static partial Regex About();
}
