using System.Text;

namespace Dropin.Scene.Pair;

/// <summary>One kind of pair.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="First">The file of the first host, which is to be master.</param>
/// <param name="Second">That of the second.</param>
internal sealed record PairRow(string Name, string First, string Second)
{
    /// <summary>Whether the first takes over again when it returns.</summary>
    public bool ReturnsAsMaster { get; init; } = true;

    /// <summary>A file that the first reads at a reload; null for no reload.</summary>
    public string? Change { get; init; }

    /// <summary>Its members are alike, and which of them comes first is chance.</summary>
    public bool HasTwins { get; init; }

    /// <summary>How long the change takes, milliseconds.</summary>
    public int ChangeTakes { get; init; } = 5000;

    /// <summary>The kinds that the two daemons have to agree in.</summary>
    public static IReadOnlyList<PairRow> All { get; } =
    [
        Of("version 2 without authentication", ""),
        Of("version 2, PASS", "authentication {\n auth_type PASS\n auth_pass secret12\n }"),
        Of("version 2, AH", "authentication {\n auth_type AH\n auth_pass secret\n }"),
        Of("version 3", "version 3\n advert_int 0.5"),
        Of("version 3, IPv6", "version 3\n advert_int 0.5", "fe80::1:1/64\n fd00::1/64"),
        Of("unicast", "unicast_src_ip OWN\n unicast_peer {\n PEER\n }"),
        Of("VMAC", "use_vmac"),
        Of("VMAC, adverts by the base", "use_vmac\n vmac_xmit_base"),
        Of("several addresses, routes and rules", "virtual_ipaddress_excluded {\n fd00::7/64\n 10.77.1.1/24\n }\n virtual_routes {\n 10.77.9.0/24 via 192.168.219.1 metric 5\n }\n virtual_rules {\n from 10.77.9.0/24 table 100 priority 1000\n }",
            "192.168.219.253/24 brd + dev eth0 label eth0:1\n 192.168.219.252"),
        Of("no preemption", "nopreempt", state: "BACKUP") with { ReturnsAsMaster = false },
        Of("a delayed preemption", "preempt_delay 2", state: "BACKUP"),
        Of("a tracked script with a weight", "track_script {\n good\n }", before: "vrrp_script good {\n script /bin/true\n interval 1\n weight 20\n}\n"),
        Of("a tracked script without a weight", "track_script {\n good\n }", before: "vrrp_script good {\n script /bin/true\n interval 1\n}\n"),
        Of("a tracked interface with a weight", "track_interface {\n lo weight 30\n }"),
        Changed("a priority that a reload takes away", "", text => text.Replace("priority 150", "priority 50", StringComparison.Ordinal)),
        Changed("an address that a reload adds", "", text => text.Replace("192.168.219.253", "192.168.219.253\n 192.168.219.251", StringComparison.Ordinal)),
        Changed("an instance that a reload takes away", "", _ => "global_defs {\n}\n"),
        Group(),
    ];

    /// <summary>Kinds of which it matters that an upgrade of the executable leaves them alone.</summary>
    public static IReadOnlyList<PairRow> Upgrades { get; } =
    [
        .. All.Where(row => row.Change is null),
        Of("VMAC, version 3, IPv6", "use_vmac\n version 3\n advert_int 0.5", "fe80::1:1/64\n fd00::1/64"),
        Of("version 3 without accepting", "version 3\n advert_int 0.5\n no_accept"),
        Of("version 3, an advert each 50 ms", "version 3\n advert_int 0.05"),
        Of("announcements with a distance, again and again", "garp_master_refresh 1", before: "global_defs {\n vrrp_garp_interval 0.2\n}\n"),
    ];

    private static PairRow Of(string name, string words, string addresses = "192.168.219.253", string before = "", string state = "MASTER") => new(
        name, before + Instance("VI_1", 51, state, 150, words, addresses, 125), before + Instance("VI_1", 51, "BACKUP", 100, words, addresses, 126));

    private static PairRow Changed(string name, string words, Func<string, string> change)
    {
        var row = Of(name, words);
        return row with { Change = change(row.First) };
    }

    private static PairRow Group()
    {
        return new PairRow("a sync group", Members(150, 125), Members(100, 126)) { HasTwins = true };

        static string Members(int priority, int host) => "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}\n"
            + Instance("VI_1", 51, "BACKUP", priority, "", "192.168.219.253", host) + Instance("VI_2", 52, "BACKUP", priority, "", "192.168.219.252", host);
    }

    private static string Instance(string name, int id, string state, int priority, string words, string addresses, int host)
    {
        var text = new StringBuilder($"vrrp_instance {name} {{\n state {state}\n interface eth0\n virtual_router_id {id}\n priority {priority}\n {words}\n virtual_ipaddress {{\n {addresses}\n }}\n}}\n");
        return text.Replace("OWN", $"192.168.219.{host}").Replace("PEER", $"192.168.219.{251 - host}").ToString();
    }
}
