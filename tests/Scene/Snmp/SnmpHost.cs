using System.Diagnostics;
using System.Text.RegularExpressions;
using Dropin.Scene.Pair;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Snmp;

/// <summary>A host with snmpd as AgentX master, a receiver of traps and one keepalived. Number and MAC of its interface are the same wherever it is made.</summary>
internal sealed class SnmpHost : Network
{
    private const string Agent = "127.0.0.1:1161", Receiver = "127.0.0.1:1162";
    private static readonly string[] s_needed = ["/usr/sbin/snmpd", "/usr/sbin/snmptrapd", "/usr/bin/snmpwalk"];
    private readonly string _folder = Directory.CreateTempSubdirectory("snmp-").FullName;
    private readonly List<Process> _processes = [];
    private readonly Node _node;

    public SnmpHost(string binary, string configuration)
    {
        try
        {
            _node = Host("snmp", "192.0.2.250");
            var ns = _node.Namespace;
            Shell.Ip($"-n {ns} link add eth1 index 20 address 02:00:00:00:00:20 type veth peer name eth1p index 21");
            Shell.Try("ip", ["netns", "exec", ns, "sysctl", "-qw", "net.ipv6.conf.eth1.accept_dad=0"]);
            Shell.Ip($"-n {ns} addr add 198.51.100.1/24 dev eth1");
            Shell.Ip($"-n {ns} link set eth1p up");
            Shell.Ip($"-n {ns} link set eth1 up");
            Keepalived = new Router(_node, binary, configuration.Replace("@FOLDER@", _folder, StringComparison.Ordinal));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Router Keepalived { get; }

    /// <summary>Why there is no SNMP here, or null.</summary>
    public static string? WhyNot() =>
        s_needed.FirstOrDefault(program => !File.Exists(program)) is { } missing ? $"{missing} is not installed (apt-get install snmpd snmp snmptrapd)" : null;

    /// <summary>Starts everything; keepalived last.</summary>
    public void Start()
    {
        File.WriteAllText(Path.Combine(_folder, "snmpd.conf"), $"agentaddress udp:{Agent}\nrwcommunity public\nmaster agentx\nagentXSocket unix:{_folder}/agentx\ntrap2sink {Receiver} public\n");
        File.WriteAllText(Path.Combine(_folder, "snmptrapd.conf"), $"disableAuthorization yes\nsnmpTrapdAddr udp:{Receiver}\n");
        Run("snmptrapd", "-f", "-C", "-c", $"{_folder}/snmptrapd.conf", "-Lf", $"{_folder}/traps", "-m", "", "-On", "-F", "trap %v\\n");
        Run("snmpd", "-f", "-C", "-c", $"{_folder}/snmpd.conf", "-Lf", $"{_folder}/snmpd.log", "-m", "");
        for (var clock = Stopwatch.StartNew(); !File.Exists($"{_folder}/agentx");)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(10)) throw new TimeoutException("snmpd does not start: " + File.ReadAllText($"{_folder}/snmpd.log"));
            Thread.Sleep(20);
        }
        Keepalived.Start();
    }

    /// <summary>All values below a name, one a line; times are left out.</summary>
    public List<string> Walk(string name) => Lines(Ask("snmpwalk", name));

    /// <summary>What a set answers.</summary>
    public string Set(params string[] what) => string.Join('\n', Lines(Ask("snmpset", what)));

    /// <summary>The traps so far, without the time, in the order of their text: that of independent instances is nobody's.</summary>
    public List<string> Traps()
    {
        var traps = File.ReadLines($"{_folder}/traps").Where(line => line.StartsWith("trap ", StringComparison.Ordinal) && !line.Contains(".1.3.6.1.6.3.1.1.5.1", StringComparison.Ordinal))
            .Select(line => Regex.Replace(line, @"^trap \S+ = Timeticks: \(\d+\) \S+\s+", "")).ToList();
        traps.Sort(StringComparer.Ordinal);
        return traps;
    }

    /// <summary>Waits until there are so many traps.</summary>
    public void WaitTraps(int count)
    {
        for (var clock = Stopwatch.StartNew(); Traps().Count < count && clock.Elapsed < TimeSpan.FromSeconds(5);) Thread.Sleep(20);
    }

    public void End()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _processes.Clear();
        Keepalived.Dispose();
        Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static List<string> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Regex.Replace(line, @"Timeticks: .*", "Timeticks").TrimEnd())];

    private string Ask(string program, params string[] words)
    {
        var answer = Shell.Try("ip", ["netns", "exec", _node.Namespace, program, "-v2c", "-c", "public", "-m", "", "-On", "-t", "5", Agent, .. words]);
        return answer.Output.Replace(_folder, "@FOLDER@", StringComparison.Ordinal);
    }

    private void Run(params string[] words)
    {
        var start = new ProcessStartInfo("ip") { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var word in (string[])["netns", "exec", _node.Namespace, .. words]) start.ArgumentList.Add(word);
        start.Environment["SNMP_PERSISTENT_DIR"] = _folder;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _processes.Add(process);
    }
}
