using System.Diagnostics;
using System.Text;
using Dropin.Parsers.Keepalived;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Keepalived;

namespace Dropin.Fuzz.Targets;

/// <summary>
/// A whole keepalived.conf, from its bytes to the configuration. Whatever the bytes: no exception, an end in time, memory that does not grow with
/// what the file would repeat, and a verdict that fits the findings.
/// </summary>
internal sealed class KeepalivedConfigTarget : Target
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly string s_path = Path.Combine(Environment.CurrentDirectory, "fuzz.conf");
    private static readonly FixedHost s_host = FixedHost.Read(Repository.PathOf("fixtures/keepalived/probes/environment.txt"));

    private static readonly string[] Tokens =
    [
        "\nglobal_defs {\n", "\nvrrp_instance A {\n", "\nvrrp_script s {\n", "\nvrrp_sync_group G {\n", "\nvirtual_server 10.0.0.1 80 {\n", "\nreal_server 10.0.0.2 80 {\n", "\nbfd_instance b {\n",
        "\ntrack_file f {\n", "\nvrrp_track_process p {\n", "\nstatic_routes {\n", "\nstatic_rules {\n", "\ngarp_group {\n", "\nvirtual_server_group g {\n", "HTTP_GET {\nurl {\npath /\n}\n}\n",
        "virtual_ipaddress {\n10.0.0.1/24 dev eth0\n}\n", "virtual_routes {\n10.0.0.0/8 nexthop via 10.0.0.1 weight 2\n}\n", "virtual_rules {\nfrom 10.0.0.0/8 table 1\n}\n", "authentication {\n", "auth_type PASS\n",
        "unicast_peer {\n10.0.0.9\n}\n", "track_script {\ns weight 5\n}\n", "interface eth0\n", "virtual_router_id 1\n", "priority 255\n", "state MASTER\n", "advert_int 0.5\n", "version 3\n", "use_vmac x 02:00:00:00:00:01\n",
        "notify \"/bin/true 'a b'\" root\n", "include fuzz.conf\n", "includea {a,b}*[c]?.conf\n", "$X=", "$X= \\\n", "${X}", "$X", "~SEQ(X,1,9) ", "~SEQ(X,1,999999999) ", "~SEQx(X,0x1,2,0xff) ", "~LST({X,Y},{a,b},{c,d}) ",
        "@node1 ", "@^kahost ", "${_RANDOM 1 2}", "${_PWD}", "${_HASH}", "{", "}", "\"", "'", "\\", "#", "!", "\n", "\r\n", "\0", "\xff", "-1", "0", "1.5", "256", "4294967296", "99999999999999999999", "fe80::1", "10.0.0.1/33", "on", "eth0",
    ];

    public override string Name => "keepalived-config";

    public override IEnumerable<byte[]> Seeds => Repository.Files("fixtures/keepalived").Where(f => f.EndsWith(".conf", StringComparison.Ordinal)).Select(f => File.ReadAllBytes(Repository.PathOf(f)));

    public override IReadOnlyList<byte[]> Words { get; } = [.. Tokens.Select(Encoding.Latin1.GetBytes)];

    public override void Check(ReadOnlySpan<byte> input)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        var load = KeepalivedConfigLoader.Load("fuzz.conf", new KeepalivedLoadOptions { Facts = s_host.With(s_path, input.ToArray()), RandomSeed = 1, MostLines = 20_000 });
        foreach (var finding in load.Findings)
            if (finding.Diagnostic.Sentence.Length == 0) throw new InvalidOperationException("a finding without a sentence");
        if (load.Config is null && load.Findings.Count == 0 && load.NeedsNamespace is null) throw new InvalidOperationException("no configuration, and nothing says why");
        if (clock.Elapsed > Longest) throw new InvalidOperationException($"took {clock.Elapsed.TotalSeconds:0.0} s");
        if (GC.GetTotalMemory(false) > 1L << 30) throw new InvalidOperationException($"holds {GC.GetTotalMemory(false) >> 20} MB, took {(GC.GetTotalAllocatedBytes() - before) >> 20} MB");
    }
}
