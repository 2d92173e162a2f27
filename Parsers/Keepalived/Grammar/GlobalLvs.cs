using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The words of global_defs about IPVS.</summary>
internal static class GlobalLvs
{
    private const string NoSync = "the connection table of IPVS is not synchronised yet";
    private static readonly DiagnosticDescriptor s_flush = FindingKind.Warning("lvs-flush", "Unknown lvs_flush_on_stop type {0}");
    private static readonly DiagnosticDescriptor s_timeouts = FindingKind.Warning("lvs-timeouts", "lvs_timeouts requires at least one option");
    private static readonly DiagnosticDescriptor s_timeoutOption = FindingKind.Warning("lvs-timeouts-option", "Unknown option {0} specified for lvs_timeouts");
    private static readonly DiagnosticDescriptor s_timeoutMissing = FindingKind.Warning("lvs-timeouts-missing", "No value specified for lvs_timeout {0} - ignoring");
    private static readonly DiagnosticDescriptor s_timeoutValue = FindingKind.Warning("lvs-timeouts-value", "Invalid lvs_timeout {0} ({1}) - ignoring");
    private static readonly DiagnosticDescriptor s_sync = FindingKind.Warning("lvs-sync", "lvs_sync_daemon requires interface");
    private static readonly DiagnosticDescriptor s_syncTwice = FindingKind.Warning("lvs-sync-twice", "lvs_sync_daemon has already been specified as {0} {1} - ignoring");

    private static readonly DiagnosticDescriptor s_syncId = FindingKind.Warning("lvs-sync-id", "Invalid syncid ({0}) - defaulting to vrid");
    private static readonly DiagnosticDescriptor s_syncNumber = FindingKind.Warning("lvs-sync-number", "Invalid lvs_sync_daemon {0} ({1}) - ignoring");
    private static readonly DiagnosticDescriptor s_syncAddress = FindingKind.Warning("lvs-sync-address", "Invalid lvs_sync_daemon group ({0}) - ignoring");
    private static readonly DiagnosticDescriptor s_syncGroup = FindingKind.Warning("lvs-sync-group", "lvs_sync_daemon group address {0} is not multicast - ignoring");
    private static readonly DiagnosticDescriptor s_syncOption = FindingKind.Warning("lvs-sync-option", "Unknown option {0} specified for lvs_sync_daemon");

    public static void AddTo(KeywordTable table) => table
        .Accepted("lvs_flush", GlobalKeywords.NoIpvs)
        .Accepted("lvs_flush_on_stop", GlobalKeywords.NoIpvs, FlushOnStop)
        .Accepted("lvs_flush_onstop", GlobalKeywords.NoIpvs, FlushOnStop)
        .Accepted("lvs_timeouts", GlobalKeywords.NoIpvs, Timeouts)
        .Refused("lvs_sync_daemon", NoSync, SyncDaemon)
        .Accepted("lvs_netlink_cmd_rcv_bufs", GlobalKeywords.NoIpvs, GlobalKeywords.Buffer())
        .Accepted("lvs_netlink_cmd_rcv_bufs_force", GlobalKeywords.NoIpvs, GlobalKeywords.Switch((_, _) => { }))
        .Accepted("lvs_netlink_monitor_rcv_bufs", GlobalKeywords.NoIpvs, GlobalKeywords.Buffer())
        .Accepted("lvs_netlink_monitor_rcv_bufs_force", GlobalKeywords.NoIpvs, GlobalKeywords.Switch((_, _) => { }))
        .Accepted("checker_log_all_failures", GlobalKeywords.NoIpvs, GlobalKeywords.PlainSwitch((_, _) => { }))
        .Accepted("rs_init_notifies", GlobalKeywords.NoIpvs, GlobalKeywords.Switch((_, _) => { }));

    private static void FlushOnStop(Statement s)
    {
        if (s.Word(1) is { } word and not "VS")
        {
            s.Report(s_flush, word);
        }
    }

    private static void Timeouts(Statement s)
    {
        if (s.Count < 3)
        {
            s.Report(s_timeouts);
            return;
        }

        for (var i = 1; i < s.Count; i++)
        {
            var word = s.Words[i];
            if (word is not ("tcp" or "tcpfin" or "udp"))
            {
                s.Report(s_timeoutOption, word);
                continue;
            }

            if (s.Word(++i) is not { } value)
            {
                s.Report(s_timeoutMissing, word);
            }
            else if (!s.Integer(value, 0, 2_678_400, out _))
            {
                s.Report(s_timeoutValue, word, value);
            }
        }
    }

    private static void SyncDaemon(Statement s)
    {
        var global = s.Document.Global;
        if (s.Word(1) is not { } name)
        {
            s.Report(s_sync);
            return;
        }

        if (global.SyncDaemonInterface is { } already)
        {
            s.Report(s_syncTwice, already, global.SyncDaemonInstance ?? "");
            return;
        }

        global.SyncDaemonInterface = name;
        for (var i = 2; i < s.Count && !s.Document.Sink.Stopped; i++)
        {
            Option(s, ref i);
        }
    }

    private static void Option(Statement s, ref int i)
    {
        var word = s.Words[i];
        switch (word)
        {
            case "inst" when s.Need(out var instance, ++i): s.Document.Global.SyncDaemonInstance = instance; break;
            case "id" when s.Need(out var id, ++i):
                if (!s.Unsigned(id, 0, 255, out _))
                {
                    s.Report(s_syncId, id);
                }

                break;
            case "maxlen" or "port" or "ttl" when s.Need(out var number, ++i):
                if (!s.Unsigned(number, 1, word switch { "maxlen" => 65507u, "port" => 65535u, _ => 255u }, out _))
                {
                    s.Report(s_syncNumber, word, number);
                }

                break;
            case "group" when s.Need(out var group, ++i):
                if (Addresses.ParseStart(group) is not { } address)
                {
                    s.Report(s_syncAddress, group);
                }
                else if (!Addresses.IsMulticast(address))
                {
                    s.Report(s_syncGroup, group);
                }

                break;
            case "inst" or "id" or "maxlen" or "port" or "ttl" or "group": break;
            default:
                // The name of the instance may stand without "inst".
                if (i == 2)
                {
                    s.Document.Global.SyncDaemonInstance = word;
                }
                else
                {
                    s.Report(s_syncOption, word);
                }

                break;
        }
    }
}
