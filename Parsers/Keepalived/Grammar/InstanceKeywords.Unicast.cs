using System.Globalization;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Where the adverts of an instance come from and go to.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_source = FindingKind.Warning("instance-source", "Configuration error: VRRP instance[{0}] malformed src address[{1}]. Skipping...");
    private static readonly DiagnosticDescriptor s_sourceFamily = FindingKind.Warning("instance-source-family",
        "Configuration error: VRRP instance[{0}] and src address[{1}] MUST be of the same family !!! Skipping...");

    private static readonly DiagnosticDescriptor s_group = FindingKind.Warning("instance-group", "({0}) malformed mcast dest address {1}. Skipping...");
    private static readonly DiagnosticDescriptor s_groupFamily = FindingKind.Warning("instance-group-family", "({0}) mcast dest address {1} MUST match VRRP instance family. Skipping...");
    private static readonly DiagnosticDescriptor s_noGroup = FindingKind.Warning("instance-group-multicast", "({0}) mcast_dst_ip {1} not multicast. Skipping...");
    private static readonly DiagnosticDescriptor s_peer = FindingKind.Warning("instance-peer", "Configuration error: VRRP instance[{0}] malformed unicast peer address[{1}]. Skipping...");
    private static readonly DiagnosticDescriptor s_peerFamily = FindingKind.Warning("instance-peer-family",
        "Configuration error: VRRP instance[{0}] and unicast peer address[{1}] MUST be of the same family !!! Skipping...");

    private static readonly DiagnosticDescriptor s_peerValue = FindingKind.Warning("instance-peer-value", "({0}) {1} is missing a value");
    private static readonly DiagnosticDescriptor s_peerOption = FindingKind.Warning("instance-peer-option", "({0}) unknown unicast_peer option {1}");
    private static readonly DiagnosticDescriptor s_peerTtl = FindingKind.Warning("instance-peer-ttl", "({0}) min_ttl {1} > max_ttl {2} - all packets will be discarded");
    private static readonly DiagnosticDescriptor s_ttl = FindingKind.Warning("instance-unicast-ttl", "({0}): TTL '{1}' not valid - must be between 0 & 255");
    private static readonly DiagnosticDescriptor s_checksum = FindingKind.Warning("instance-checksum", "({0}) Unknown old_unicast_chksum mode {1} - ignoring");

    private static void AddUnicast(KeywordTable table) => table
        .Executed("mcast_src_ip", Source)
        .Executed("unicast_src_ip", s =>
        {
            Source(s);
            Of(s).IsUnicast = true;
        })
        .Executed("mcast_dst_ip", Group)
        .Executed("track_src_ip", s => Of(s).TrackSource = true)
        .Executed("unicast_peer", s =>
        {
            Of(s).IsUnicast = true;
            s.ReadList(Peer);
        }, KeywordForm.List)
        .Executed("unicast_fault_no_peer", s => Of(s).FaultWithoutPeers = true)
        .Executed("unicast_ttl", Ttl)
        .Executed("check_unicast_src", s =>
        {
            Of(s).CheckSource = true;
            Of(s).IsUnicast = true;
        })
        .Executed("old_unicast_checksum", Checksum);

    private static void Source(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        var instance = Of(s);
        if (Addresses.ParseStart(word) is not { } address)
        {
            s.Report(s_source, instance.Name, word);
            return;
        }

        instance.Family ??= address.AddressFamily;
        if (instance.Family != address.AddressFamily)
        {
            s.Report(s_sourceFamily, instance.Name, word);
            return;
        }

        instance.Source = address;
    }

    private static void Group(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        var instance = Of(s);
        if (Addresses.ParseStart(word) is not { } address)
        {
            s.Report(s_group, instance.Name, word);
        }
        else if (!Addresses.IsMulticast(address))
        {
            s.Report(s_noGroup, instance.Name, word);
        }
        else if ((instance.Family ?? address.AddressFamily) != address.AddressFamily)
        {
            s.Report(s_groupFamily, instance.Name, word);
        }
        else
        {
            instance.Family = address.AddressFamily;
            instance.Group = address;
        }
    }

    private static void Peer(Statement s)
    {
        var instance = Of(s);
        var word = s.Words[0];
        if (Addresses.ParseStart(word) is not { } address)
        {
            s.Report(s_peer, instance.Name, word);
            return;
        }

        instance.Family ??= address.AddressFamily;
        if (instance.Family != address.AddressFamily)
        {
            s.Report(s_peerFamily, instance.Name, word);
            return;
        }

        instance.IsUnicast = true;
        var (min, max) = (-1, -1);
        for (var i = 1; i < s.Count; i += 2)
        {
            if (s.Word(i + 1) is not { } value)
            {
                s.Report(s_peerValue, instance.Name, s.Words[i]);
                break;
            }

            // The number is looked at first, of whatever it is.
            if (!s.Unsigned(value, 0, 255, out var ttl))
            {
                continue;
            }

            if (s.Words[i] is not ("min_ttl" or "max_ttl"))
            {
                s.Report(s_peerOption, instance.Name, s.Words[i]);
            }
            else
            {
                (min, max) = s.Words[i] == "min_ttl" ? ((int)ttl, max) : (min, (int)ttl);
                instance.CheckSource = true;
            }
        }

        if (min > max && max >= 0)
        {
            s.Report(s_peerTtl, instance.Name, min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture));
        }

        instance.Peers.Add(new UnicastPeerConfig(address, min, max));
    }

    private static void Ttl(Statement s)
    {
        if (!s.Need(out var word))
        {
            return;
        }

        if (s.Unsigned(word, 0, 255, out var ttl))
        {
            Of(s).UnicastTtl = (int)ttl;
        }
        else
        {
            s.Report(s_ttl, Of(s).Name, word);
        }
    }

    private static void Checksum(Statement s)
    {
        var instance = Of(s);
        instance.IsUnicast = true;
        if (s.Word(1) is not { } word)
        {
            instance.OldChecksum = OldChecksum.Always;
        }
        else if (word == "never")
        {
            instance.OldChecksum = OldChecksum.Never;
        }
        else
        {
            s.Report(s_checksum, instance.Name, word);
        }
    }
}
