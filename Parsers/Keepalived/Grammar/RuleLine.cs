using System.Globalization;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Lexing;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>One line of <c>virtual_rules</c> or <c>static_rules</c>; the words are those of ip-rule(8).</summary>
internal sealed class RuleLine(Statement s, bool isStatic)
{
    private static readonly DiagnosticDescriptor s_unknown = FindingKind.Warning("rule-word", "Unknown rule option {0}");
    private static readonly DiagnosticDescriptor s_address = FindingKind.Warning("rule-address", "Invalid rule {0} address {1}");
    private static readonly DiagnosticDescriptor s_mixed = FindingKind.Warning("rule-family", "rule specification has mixed IPv4 and IPv6");
    private static readonly DiagnosticDescriptor s_noPreference = FindingKind.Warning("rule-preference",
        "Rule has no preference specified - setting to {0}. This is probably not what you want.");

    private static readonly DiagnosticDescriptor s_noAction = FindingKind.Warning("rule-action", "No action specified for rule - ignoring");
    private static readonly DiagnosticDescriptor s_table = FindingKind.Warning("rule-table", "Routing table {0} not found for rule");
    private static readonly DiagnosticDescriptor s_table0 = FindingKind.Warning("rule-table-zero", "Table 0 is not valid");
    private static readonly DiagnosticDescriptor s_tos = FindingKind.Warning("rule-tos", "TOS value {0} is invalid");
    private static readonly DiagnosticDescriptor s_specified = FindingKind.Warning("rule-value", "Invalid {0} {1} specified");
    private static readonly DiagnosticDescriptor s_realms = FindingKind.Warning("rule-realms", "invalid realms {0} for rule");
    private static readonly DiagnosticDescriptor s_noDevice = FindingKind.Warning("rule-interface", "WARNING - interface {0} for rule doesn't exist");
    private static readonly DiagnosticDescriptor s_group = FindingKind.Warning("rule-suppress-group", "suppress_group {0} is invalid");
    private static readonly DiagnosticDescriptor s_plain = FindingKind.Warning("rule-invalid", "Invalid {0} {1}");
    private static readonly DiagnosticDescriptor s_ports = FindingKind.Warning("rule-ports", "invalid {0} range {1}");
    private static readonly DiagnosticDescriptor s_many = FindingKind.Warning("rule-actions",
        "Cannot specify more than one of table/nop/goto/blackhole/prohibit/unreachable for rule");

    private static readonly DiagnosticDescriptor s_action = FindingKind.Warning("rule-action-unknown", "Invalid rule action {0}");
    private static readonly DiagnosticDescriptor s_goto = FindingKind.Warning("rule-goto", "Invalid rule - preference {0} >= goto target {1}");
    private static readonly DiagnosticDescriptor s_protocol = FindingKind.Warning("rule-track-protocol",
        "Rule cannot be tracked if protocol is not RTPROT_KEEPALIVED(18), resetting protocol");

    private static readonly DiagnosticDescriptor s_groupDevice = FindingKind.Warning("rule-group-interface", "Static rule cannot have track_group if dev/iif not specified");
    private static readonly DiagnosticDescriptor s_trackGroup = FindingKind.Warning("rule-track-group", "track_group {0} not found");

    private RoutingRuleConfig _rule = new() { Line = s.Text, At = s.At };
    private AddressFamily? _family;
    private byte? _actionNumber;
    private bool _failed;
    private int _at;

    /// <summary>Reads the line; null where it makes no rule, and why was said.</summary>
    public RoutingRuleConfig? Read()
    {
        while (_at < s.Count && !_failed && !s.Document.Sink.Stopped)
        {
            Option(s.Words[_at++]);
        }

        if (_failed || s.Document.Sink.Stopped)
        {
            return null;
        }

        if (_actionNumber is not { } action)
        {
            s.Report(s_noAction);
            return null;
        }

        if (_rule.TrackGroup is not null && _rule.InputInterface is null)
        {
            s.Report(s_groupDevice);
            _rule = _rule with { TrackGroup = null };
        }

        _rule = _rule with { Action = action, Family = _family ?? AddressFamily.InterNetwork };
        if (_rule.Preference is null)
        {
            var next = s.Document.Vrrp.NextRulePreference--;
            s.Report(s_noPreference, next.ToString(CultureInfo.InvariantCulture));
            _rule = _rule with { Preference = next };
        }

        if (_rule.Goto is { } target && _rule.Preference >= target)
        {
            s.Report(s_goto, Text(_rule.Preference.Value), Text(target));
            return null;
        }

        if (!_rule.NoTrack && _rule.Protocol != 18)
        {
            s.Report(s_protocol);
            _rule = _rule with { Protocol = 18 };
        }

        return _rule;
    }

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private bool Value(out string value) => s.Need(out value, _at++);

    private void Fail(DiagnosticDescriptor descriptor, params string[] arguments)
    {
        s.Report(descriptor, arguments);
        _failed = true;
    }

    private void Option(string word)
    {
        switch (word)
        {
            case "not": _rule = _rule with { Invert = true }; break;
            case "no_track": _rule = _rule with { NoTrack = true }; break;
            case "l3mdev":
                _rule = _rule with { Layer3Master = true };
                Action(1);
                break;
            case "nop": Action(3); break;
            case "blackhole": Action(6); break;
            case "unreachable": Action(7); break;
            case "prohibit": Action(8); break;
            case "type": break;
            case "nat": Fail(s_action, word); break;
            case "inet" or "inet6":
                // Known to the original as an address family that has to stand elsewhere: whatever follows is taken as the action.
                Family(word);
                break;
            default: Valued(word); break;
        }
    }

    private void Family(string word)
    {
        _family ??= word == "inet6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        if (_at + 1 < s.Count && s.Words[_at] is "table" or "lookup")
        {
            Fail(s_action, s.Words[_at + 1]);
        }
        else if (_at + 1 < s.Count)
        {
            Fail(s_unknown, s.Words[_at + 1]);
        }
    }

    private void Valued(string word)
    {
        switch (word)
        {
            case "from" or "to": Address(word); break;
            case "table" or "lookup": Table(); break;
            case "preference" or "order" or "priority": Number(word, "rule preference", uint.MaxValue, v => _rule = _rule with { Preference = v }); break;
            case "tos" or "dsfield": Named("rt_dsfield", 255, s_tos, v => _rule = _rule with { Tos = (byte)v }); break;
            case "fwmark": Mark(); break;
            case "realms": Realms(); break;
            case "dev" or "iif": Device(n => _rule = _rule with { InputInterface = n }); break;
            case "oif": Device(n => _rule = _rule with { OutputInterface = n }); break;
            case "suppress_prefixlength" or "sup_pl": Number(word, "suppress_prefixlength", int.MaxValue, v => _rule = _rule with { SuppressPrefixLength = (int)v }); break;
            case "suppress_ifgroup" or "sup_group": Named("group", uint.MaxValue, s_group, v => _rule = _rule with { SuppressGroup = v }); break;
            case "tunnel-id": Number(word, "tunnel-id", uint.MaxValue, v => _rule = _rule with { TunnelId = v }); break;
            case "uidrange": Users(word); break;
            case "protocol": Protocol(); break;
            case "ipproto": IpProtocol(); break;
            case "sport" or "dport": Ports(word); break;
            case "goto": Number(word, "target", uint.MaxValue, v => _rule = _rule with { Goto = v }, () => Action(2)); break;
            case "track_group" when isStatic: TrackGroup(); break;
            default: Fail(s_unknown, word); break;
        }
    }

    private void Action(byte action)
    {
        if (_actionNumber is not null)
        {
            Fail(s_many);
            return;
        }

        _actionNumber = action;
    }

    private void Address(string word)
    {
        if (!Value(out var text) || text is "all" or "any" or "default")
        {
            return;
        }

        if (Prefixes.Read(s, text) is not var (address, length, _))
        {
            Fail(s_address, word, text);
            return;
        }

        _family ??= address.AddressFamily;
        if (_family != address.AddressFamily)
        {
            Fail(s_mixed);
            return;
        }

        _rule = word == "from" ? _rule with { From = address, FromPrefixLength = length } : _rule with { To = address, ToPrefixLength = length };
    }

    private void Table()
    {
        if (!Value(out var word))
        {
            return;
        }

        if (_actionNumber is not null)
        {
            Fail(s_many);
            return;
        }

        var table = HostNumbers.Find(s.Document.Facts, "rt_tables", word, uint.MaxValue) ?? (Numbers.TryStrtol(word, out _) ? HostNumbers.Cut(word) : null);
        if (table is null)
        {
            Fail(s_table, word);
        }
        else if (table == 0)
        {
            Fail(s_table0);
        }
        else
        {
            _rule = _rule with { Table = table.Value };
            _actionNumber = 1;
        }
    }

    // The original names the keyword where it means the value.
    private void Number(string word, string what, uint max, Action<uint> set, Action? then = null)
    {
        if (!Value(out var text))
        {
            return;
        }

        if (s.Unsigned(text, 0, max, out var value))
        {
            set(value);
            then?.Invoke();
        }
        else
        {
            Fail(s_specified, what, word);
        }
    }

    private void Named(string table, uint max, DiagnosticDescriptor complaint, Action<uint> set)
    {
        if (!Value(out var word))
        {
            return;
        }

        if (HostNumbers.Find(s.Document.Facts, table, word, max) is { } value)
        {
            set(value);
        }
        else
        {
            Fail(complaint, word);
        }
    }

    private void Mark()
    {
        if (!Value(out var word))
        {
            return;
        }

        var parts = word.Split('/');
        if (parts.Length > 2 || !Numbers.TryStrtol(parts[0], out var mark) || mark is < 0 or > uint.MaxValue)
        {
            Fail(s_specified, "rule fwmark", word);
            return;
        }

        long mask = 0;
        if (parts.Length == 2 && (!Numbers.TryStrtol(parts[1], out mask) || mask is < 0 or > uint.MaxValue))
        {
            Fail(s_specified, "rule fwmark", word);
            return;
        }

        _rule = _rule with { Mark = (uint)mark, MarkMask = parts.Length == 2 ? (uint)mask : null };
    }

    private void Realms()
    {
        if (!Value(out var word))
        {
            return;
        }

        var parts = word.Split('/');
        var from = parts.Length == 2 ? HostNumbers.Find(s.Document.Facts, "rt_realms", parts[0], ushort.MaxValue) : 0;
        var to = HostNumbers.Find(s.Document.Facts, "rt_realms", parts[^1], ushort.MaxValue);
        if (parts.Length > 2 || from is null || to is null)
        {
            Fail(s_realms, word);
            return;
        }

        _rule = _rule with { Realms = (from << 16) | to };
    }

    private void Device(Action<string> set)
    {
        if (!Value(out var name))
        {
            return;
        }

        if (s.CheckInterface(name, s_noDevice, name))
        {
            set(name);
        }
        else
        {
            _failed = true;
        }
    }

    private void Users(string word)
    {
        if (!Value(out var text))
        {
            return;
        }

        if (HostNumbers.Range(text, '-') is { } range)
        {
            _rule = _rule with { Uids = range };
        }
        else
        {
            Fail(s_specified, "uidrange", word);
        }
    }

    private void Protocol()
    {
        if (!Value(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, 255, out var protocol))
        {
            _rule = _rule with { Protocol = (byte)protocol };
        }
        else
        {
            Fail(s_plain, "protocol", word);
        }
    }

    private void IpProtocol()
    {
        if (!Value(out var word))
        {
            return;
        }

        var number = word.ToLowerInvariant() switch { "icmp" => 1, "tcp" => 6, "udp" => 17, "dccp" => 33, "ipv6-icmp" => 58, "sctp" => 132, _ => -1 };
        if (number < 0 && (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > 255))
        {
            Fail(s_plain, "ipproto", word);
            return;
        }

        _rule = _rule with { IpProtocol = (byte)number };
    }

    private void Ports(string word)
    {
        if (!Value(out var text))
        {
            return;
        }

        if (HostNumbers.Range(text, '-') is not var (first, last) || first > 65535 || last > 65535)
        {
            Fail(s_ports, word, text);
            return;
        }

        (ushort, ushort) range = ((ushort)first, (ushort)last);
        _rule = word == "sport" ? _rule with { SourcePorts = range } : _rule with { DestinationPorts = range };
    }

    private void TrackGroup()
    {
        if (!Value(out var group))
        {
            return;
        }

        if (s.Document.Vrrp.TrackGroups.ContainsKey(group))
        {
            _rule = _rule with { TrackGroup = group };
        }
        else
        {
            s.Report(s_trackGroup, group);
        }
    }
}
