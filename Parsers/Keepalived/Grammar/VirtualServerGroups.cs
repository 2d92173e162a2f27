using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>The list <c>virtual_server_group</c> and the block <c>SSL</c>.</summary>
internal static class VirtualServerGroups
{
    private static readonly DiagnosticDescriptor s_empty = FindingKind.Warning("vsg-empty", "virtual server group {0} has no entries - removing");
    private static readonly DiagnosticDescriptor s_mark = FindingKind.Warning("vsg-mark", "({0}): fwmark '{1}' must be in [0, 4294967295] - ignoring");
    private static readonly DiagnosticDescriptor s_family = FindingKind.Warning("vsg-family", "({0}): fwmark '{1}' family {2} unknown - ignoring");
    private static readonly DiagnosticDescriptor s_address = FindingKind.Warning("vsg-address", "Invalid virtual server group IP address {0}{1} - skipping");
    private static readonly DiagnosticDescriptor s_mask = FindingKind.Warning("vsg-mask", "Invalid netmask - {0} - skipping");
    private static readonly DiagnosticDescriptor s_order = FindingKind.Warning("vsg-order", "Address range end is not greater than address range start - {0} - skipping");
    private static readonly DiagnosticDescriptor s_large = FindingKind.Warning("vsg-large", "Virtual server group range '{0}' end '{1}' too large");
    private static readonly DiagnosticDescriptor s_extra = FindingKind.Warning("vsg-extra", "Virtual server group range '{0}' has extra characters at end '{1}'");
    private static readonly DiagnosticDescriptor s_names = FindingKind.Stop("vsg-names", "*** Configuration line starting `***MISSING ***` is missing a parameter at word position 1");
    private static readonly DiagnosticDescriptor s_tlsMissing = FindingKind.Warning("tls-missing", "SSL {0} missing");
    private static readonly DiagnosticDescriptor s_tlsTwice = FindingKind.Warning("tls-twice", "SSL {0} already specified - replacing");
    private static readonly DiagnosticDescriptor s_context = FindingKind.Warning("tls-context", "SSL context already specified - replacing");

    /// <summary>The keywords of <c>SSL</c>.</summary>
    public static KeywordTable Tls { get; } = new KeywordTable("SSL")
        .Accepted("password", GlobalKeywords.NoIpvs, s => TlsWord(s, "password", t => t.Password, (t, v) => t with { Password = v }))
        .Accepted("ca", GlobalKeywords.NoIpvs, s => TlsWord(s, "cafile", t => t.CaFile, (t, v) => t with { CaFile = v }))
        .Accepted("certificate", GlobalKeywords.NoIpvs, s => TlsWord(s, "certfile", t => t.CertificateFile, (t, v) => t with { CertificateFile = v }))
        .Accepted("key", GlobalKeywords.NoIpvs, s => TlsWord(s, "keyfile", t => t.KeyFile, (t, v) => t with { KeyFile = v }));

    /// <summary>Begins the block <c>SSL</c>.</summary>
    public static void OpenTls(Statement s)
    {
        if (s.Document.Checkers.Tls is not null)
        {
            s.Report(s_context);
        }

        s.Document.Checkers.Tls = new CheckTlsConfig(null, null, null, null);
    }

    /// <summary>Reads a group.</summary>
    public static void Read(Statement s)
    {
        if (!s.Need(out var name))
        {
            return;
        }

        if (s.Count > 2 || !s.ListBegins())
        {
            s.AtEnd().Report(s_names);
            return;
        }

        var entries = new List<VirtualServerGroupEntry>();
        s.ReadList(entry => Line(entry, name, entries), mayHaveWords: true);
        if (s.Document.Sink.Stopped)
        {
            return;
        }

        if (entries.Count == 0)
        {
            s.AtEnd().Report(s_empty, name);
            return;
        }

        s.Document.Checkers.Groups.Add(new VirtualServerGroupConfig(name, ValueList.Create<VirtualServerGroupEntry>([.. entries])));
    }

    private static void TlsWord(Statement s, string what, Func<CheckTlsConfig, string?> get, Func<CheckTlsConfig, string, CheckTlsConfig> set)
    {
        var tls = s.Document.Checkers.Tls!;
        if (s.Word(1) is not { } word)
        {
            s.Report(s_tlsMissing, what);
            return;
        }

        if (get(tls) is not null)
        {
            s.Report(s_tlsTwice, what);
        }

        s.Document.Checkers.Tls = set(tls, word);
    }

    private static void Line(Statement s, string group, List<VirtualServerGroupEntry> entries)
    {
        var entry = s.Words[0] == "fwmark" ? Mark(s, group) : Range(s);
        if (entry is not null)
        {
            entries.Add(entry);
        }
    }

    private static VirtualServerGroupEntry? Mark(Statement s, string group)
    {
        if (!s.Need(out var word))
        {
            return null;
        }

        if (!s.Unsigned(word, 0, uint.MaxValue, out var mark))
        {
            s.Report(s_mark, group, word);
            return null;
        }

        AddressFamily? family = s.Word(2) switch { "inet" => AddressFamily.InterNetwork, "inet6" => AddressFamily.InterNetworkV6, _ => null };
        if (s.Word(2) is { } unknown && family is null)
        {
            s.Report(s_family, group, word, unknown);
            return null;
        }

        return new VirtualServerGroupEntry(null, 0, 0, mark, family);
    }

    private static VirtualServerGroupEntry? Range(Statement s)
    {
        var text = s.Words[0];
        var portWord = s.Word(1);
        var at = Addresses.StartEnd(text);
        uint port = 0;
        var good = portWord is null or "0" || s.Unsigned(portWord, 1, 65535, out port);
        if (Addresses.ParseStart(text) is not { } first || !good)
        {
            s.Report(s_address, text, portWord is null ? " " : $" /port/{portWord}");
            return null;
        }

        var count = at < 0 ? 1 : text[at] == '/' ? Net(s, text, text[(at + 1)..], first) : Span(s, text, text[(at + 1)..], first);
        return count is { } known ? new VirtualServerGroupEntry(first, known, (int)port, null, first.AddressFamily) : null;
    }

    // From this address to the end of its network.
    private static uint? Net(Statement s, string text, string word, IPAddress first)
    {
        var six = first.AddressFamily == AddressFamily.InterNetworkV6;
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > (six ? 128 : 32))
        {
            s.Report(s_mask, text);
            return null;
        }

        var bits = Math.Min((six ? 128 : 32) - length, 31);
        return 1u << bits;
    }

    private static uint? Span(Statement s, string text, string word, IPAddress first)
    {
        var six = first.AddressFamily == AddressFamily.InterNetworkV6;
        var bytes = first.GetAddressBytes();
        if (Addresses.Parse(word) is { } last && last.AddressFamily == first.AddressFamily)
        {
            var (from, to) = (Low(bytes), Low(last.GetAddressBytes()));
            return to >= from ? to - from + 1 : Order(s, text);
        }

        if (!uint.TryParse(word, six ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var end))
        {
            s.Report(s_extra, text, word);
            return null;
        }

        if (end > (six ? 0xffffu : 255u))
        {
            s.Report(s_large, text, word);
            return null;
        }

        var start = six ? (uint)((bytes[14] << 8) | bytes[15]) : bytes[3];
        return end >= start ? end - start + 1 : Order(s, text);
    }

    private static uint? Order(Statement s, string text)
    {
        s.Report(s_order, text);
        return null;
    }

    private static uint Low(byte[] bytes) => ((uint)bytes[^4] << 24) | ((uint)bytes[^3] << 16) | ((uint)bytes[^2] << 8) | bytes[^1];
}
