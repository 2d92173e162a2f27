using System.Globalization;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>What is looked at when all virtual servers are known, in the order in which the original does.</summary>
internal static class IpvsChecks
{
    private static readonly DiagnosticDescriptor s_noServers = FindingKind.Warning("ipvs-no-servers", "Virtual server {0} has no real servers - ignoring");
    private static readonly DiagnosticDescriptor s_markProtocol = FindingKind.Warning("ipvs-mark-protocol", "Warning: Virtual server {0}: protocol specified for fwmark - protocol will be ignored");
    private static readonly DiagnosticDescriptor s_noProtocol = FindingKind.Warning("ipvs-protocol", "Virtual server {0}: no protocol set - defaulting to UDP");
    private static readonly DiagnosticDescriptor s_onePacket = FindingKind.Warning("ipvs-ops", "Virtual server {0}: one packet scheduling requires UDP - resetting");
    private static readonly DiagnosticDescriptor s_zeroPort = FindingKind.Warning("ipvs-port", "Virtual server {0}: zero port only valid for persistent services - setting");
    private static readonly DiagnosticDescriptor s_scheduler = FindingKind.Warning("ipvs-scheduler", "Virtual server {0}: no scheduler set, setting default 'wlc'");
    private static readonly DiagnosticDescriptor s_method = FindingKind.Warning("ipvs-method", "Virtual server {0}: no forwarding method set, setting default NAT");
    private static readonly DiagnosticDescriptor s_duplicate = FindingKind.Warning("ipvs-duplicate", "VS {0}: real server {1} is duplicated - removing second rs");
    private static readonly DiagnosticDescriptor s_quorum = FindingKind.Warning("ipvs-quorum", "Warning - quorum {0} for {1} exceeds total weight of real servers {2}, reducing quorum to {2}");
    private static readonly DiagnosticDescriptor s_hysteresis = FindingKind.Warning("ipvs-hysteresis", "Virtual server {0}: hysteresis {1} >= quorum {2}; setting hysteresis to {3}");
    private static readonly DiagnosticDescriptor s_ports = FindingKind.Warning("ipvs-ports", "WARNING - virtual server {0} and real server {1} ports don't match - resetting");
    private static readonly DiagnosticDescriptor s_groupPorts = FindingKind.Warning("ipvs-group-ports", "virtual server {0}:[{1},{2}] and real server {3} ports don't match");
    private static readonly DiagnosticDescriptor s_markPort = FindingKind.Warning("ipvs-mark-port", "WARNING - fwmark virtual server {0}, real server {1} has port specified - {2}");
    private static readonly DiagnosticDescriptor s_sorryPorts = FindingKind.Warning("ipvs-sorry-ports", "WARNING - virtual server {0} and sorry server ports don't match - resetting");
    private static readonly DiagnosticDescriptor s_sorryMark = FindingKind.Warning("ipvs-sorry-mark", "WARNING - virtual server {0}, sorry server has port specified - clearing");

    /// <summary>Checks and mends all.</summary>
    public static void Run(Document document)
    {
        var checkers = document.Checkers;
        foreach (var server in checkers.Servers.ToArray())
        {
            var group = server.Config.GroupName is { } name ? checkers.Groups.Find(g => g.Name == name) : null;
            if (server.Config.GroupName is not null && group is null)
            {
                // A group that is not defined: the original passes over it without a word.
                checkers.Servers.Remove(server);
                continue;
            }

            server.Config = server.Config with { Group = group };
            if (server.Servers.Count == 0)
            {
                document.Sink.Add(s_noServers, server.Title);
                checkers.Servers.Remove(server);
                continue;
            }

            Service(document.Sink, server);
            Servers(document.Sink, server);
            Weights(document.Sink, server);
            Ports(document.Sink, server);
        }

        var state = new ScriptChecks.State();
        foreach (var server in checkers.Servers)
        {
            Scripts(document, server, state);
        }

        ScriptChecks.Report(document, "check ", state);
    }

    private static bool IsMark(VirtualServerSyntax server) =>
        server.Config.Mark is not null || (server.Config.Group is { } group && !Any(group, e => e.First is not null));

    private static bool Any(VirtualServerGroupConfig group, Func<VirtualServerGroupEntry, bool> what)
    {
        foreach (var entry in group.Entries)
        {
            if (what(entry))
            {
                return true;
            }
        }

        return false;
    }

    private static void Service(FindingSink sink, VirtualServerSyntax server)
    {
        if (IsMark(server))
        {
            if (server.Config.Protocol is not null)
            {
                sink.Add(s_markProtocol, server.Title);
                server.Config = server.Config with { Protocol = null };
            }
        }
        else if (server.Config.Protocol is null)
        {
            sink.Add(s_noProtocol, server.Title);
            server.Config = server.Config with { Protocol = ProtocolType.Udp };
        }

        if (server.Config.OnePacket && server.Config.Protocol is { } protocol && protocol != ProtocolType.Udp)
        {
            sink.Add(s_onePacket, server.Title);
            server.Config = server.Config with { OnePacket = false };
        }

        var zero = server.Config.Address is not null ? server.Config.Port == 0 : server.Config.Group is { } group && Any(group, e => e.First is not null && e.Port == 0);
        if (zero && server.Config.PersistenceTimeout is null)
        {
            sink.Add(s_zeroPort, server.Title);
            server.Config = server.Config with { PersistenceTimeout = TimeSpan.FromSeconds(360) };
        }

        if (!server.HasScheduler)
        {
            sink.Add(s_scheduler, server.Title);
        }

        if (server.Forwarding is null)
        {
            if (server.Servers.Exists(r => r.Config.Forwarding is null))
            {
                sink.Add(s_method, server.Title);
            }

            server.Forwarding = new ForwardingConfig(ForwardingMethod.Masquerade);
        }
    }

    private static void Servers(FindingSink sink, VirtualServerSyntax server)
    {
        for (var i = 0; i < server.Servers.Count; i++)
        {
            for (var j = i + 1; j < server.Servers.Count;)
            {
                var (one, other) = (server.Servers[i].Config, server.Servers[j].Config);
                if (one.Port == other.Port && one.Address.Equals(other.Address))
                {
                    sink.Add(s_duplicate, server.Title, server.Servers[j].Title(server));
                    server.Servers.RemoveAt(j);
                }
                else
                {
                    j++;
                }
            }
        }
    }

    private static void Weights(FindingSink sink, VirtualServerSyntax server)
    {
        ulong total = 0;
        foreach (var real in server.Servers)
        {
            total += real.Config.Weight ?? server.Config.Weight;
        }

        var quorum = server.Config.Quorum;
        if (quorum > total)
        {
            sink.Add(s_quorum, Text(quorum), server.Title, Text((uint)total));
            quorum = (uint)total;
        }

        var hysteresis = server.Config.Hysteresis;
        if (hysteresis >= quorum)
        {
            // With no weight at all the number goes round, as unsigned numbers do.
            sink.Add(s_hysteresis, server.Title, Text(hysteresis), Text(quorum), Text(unchecked(quorum - 1)));
            hysteresis = unchecked(quorum - 1);
        }

        server.Config = server.Config with { Quorum = quorum, Hysteresis = hysteresis };
    }

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Ports(FindingSink sink, VirtualServerSyntax server)
    {
        foreach (var real in server.Servers)
        {
            if ((real.Config.Forwarding ?? server.Forwarding)!.Method != ForwardingMethod.Masquerade && real.Config.Port != 0)
            {
                Port(sink, server, real);
            }
        }

        if (server.Config.Sorry is { Port: not 0 } sorry && (sorry.Forwarding ?? server.Forwarding)!.Method != ForwardingMethod.Masquerade)
        {
            if (server.Config.Mark is not null)
            {
                sink.Add(s_sorryMark, server.Title);
                server.Config = server.Config with { Sorry = sorry with { Port = 0 } };
            }
            else if (server.Config.Address is not null && sorry.Port != server.Config.Port)
            {
                sink.Add(s_sorryPorts, server.Title);
                server.Config = server.Config with { Sorry = sorry with { Port = server.Config.Port } };
            }
        }
    }

    private static void Port(FindingSink sink, VirtualServerSyntax server, RealServerSyntax real)
    {
        if (server.Config.Mark is not null)
        {
            sink.Add(s_markPort, server.Title, real.Title(server), "clearing");
            real.Config = real.Config with { Port = 0 };
        }
        else if (server.Config.Group is { } group)
        {
            foreach (var entry in group.Entries)
            {
                if (entry.First is { } first && entry.Port != real.Config.Port && entry.Family == real.Config.Address.AddressFamily)
                {
                    sink.Add(s_groupPorts, server.Title, first.ToString(), entry.Port.ToString(CultureInfo.InvariantCulture), real.Title(server));
                }
            }

            if (Any(group, e => e.Mark is not null && e.Family != AddressFamily.InterNetworkV6))
            {
                sink.Add(s_markPort, server.Title, real.Title(server), "port will be ignored");
            }
        }
        else if (real.Config.Port != server.Config.Port)
        {
            sink.Add(s_ports, server.Title, real.Title(server));
            real.Config = real.Config with { Port = server.Config.Port };
        }
    }

    private static void Scripts(Document document, VirtualServerSyntax server, ScriptChecks.State state)
    {
        Each(server.Scripts);
        foreach (var real in server.Servers)
        {
            Each(real.Scripts);
            foreach (var check in real.Checks)
            {
                if (check.Script is { } script)
                {
                    check.Script = ScriptChecks.Checked(document, script with { User = check.User }, state);
                }
            }
        }

        void Each(Dictionary<string, ScriptSyntax> scripts)
        {
            foreach (var (word, script) in scripts.ToArray())
            {
                if (ScriptChecks.Checked(document, script, state) is null)
                {
                    scripts.Remove(word);
                }
            }
        }
    }

    /// <summary>The IR of the virtual servers.</summary>
    public static ValueList<VirtualServerConfig> Bind(Document document)
    {
        var all = new List<VirtualServerConfig>();
        foreach (var server in document.Checkers.Servers)
        {
            all.Add(server.Config with
            {
                Forwarding = server.Forwarding!,
                QuorumUp = Command(document, server.Scripts, "quorum_up"),
                QuorumDown = Command(document, server.Scripts, "quorum_down"),
                Servers = ValueList.Create<RealServerConfig>([.. server.Servers.Select(r => Real(document, r))]),
            });
        }

        return ValueList.Create<VirtualServerConfig>([.. all]);
    }

    private static RealServerConfig Real(Document document, RealServerSyntax real) => real.Config with
    {
        NotifyUp = Command(document, real.Scripts, "notify_up"),
        NotifyDown = Command(document, real.Scripts, "notify_down"),
        Checkers = ValueList.Create<CheckerConfig>([.. real.Checks.Select(c => c.Config with
        {
            Command = c.Script is { } script ? GlobalBinder.Command(document, script) : null,
            Urls = ValueList.Create<CheckUrlConfig>([.. c.Urls]),
            Hosts = ValueList.Create<CheckerConfig>([.. c.Hosts.Select(h => h.Config)]),
        })]),
    };

    private static Runtime.Ir.Vrrp.ScriptCommand? Command(Document document, Dictionary<string, ScriptSyntax> scripts, string word) =>
        scripts.TryGetValue(word, out var script) ? GlobalBinder.Command(document, script) : null;
}
