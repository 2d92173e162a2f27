using System.Globalization;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>What is looked at when all virtual routers are known, in the order in which the original does.</summary>
internal static class VrrpChecks
{
    private static readonly DiagnosticDescriptor s_interface = FindingKind.MissingInterface("interface-missing", "Non-existent interface specified in configuration");
    private static readonly DiagnosticDescriptor s_routerId = FindingKind.Warning("check-vrid", "({0}) the virtual router id must be set");
    private static readonly DiagnosticDescriptor s_noInterface = FindingKind.Warning("check-interface", "({0}) Unknown interface!");
    private static readonly DiagnosticDescriptor s_unknownMember = FindingKind.Warning("check-member", "Virtual router {0} specified in sync group {1} doesn't exist - ignoring");
    private static readonly DiagnosticDescriptor s_twice = FindingKind.Warning("check-member-twice", "Virtual router {0} cannot exist in more than one sync group; ignoring {1}");
    private static readonly DiagnosticDescriptor s_noMembers = FindingKind.Warning("check-group-empty", "Sync group {0} has no virtual router(s). removing");
    private static readonly DiagnosticDescriptor s_noMatch = FindingKind.Warning("check-group-match", "Sync group {0}, no matching virtual router found in group declaration - removing");
    private static readonly DiagnosticDescriptor s_one = FindingKind.Warning("check-group-one", "Sync group {0} has only {1} virtual router(s) - this probably isn't what you want");
    private static readonly DiagnosticDescriptor s_bothTrack = FindingKind.Warning("check-group-track",
        "({0}) track_interface {1} is configured on VRRP instance and sync group. Remove vrrp instance or sync group config");

    private static readonly DiagnosticDescriptor s_sameId = FindingKind.Warning("check-same-vrid", "{0} and {1} both use VRID {2} with IPv{3} on interface {4}");
    private static readonly DiagnosticDescriptor s_samePeers = FindingKind.Warning("check-same-peers", "({0}) duplicate VRID conflict with {1} VRID {2}");

    /// <summary>Checks everything; false where nothing of it may be run.</summary>
    public static bool Run(Document document)
    {
        var vrrp = document.Vrrp;
        if (vrrp.MissesInterface)
        {
            document.Sink.Add(s_interface);
            return false;
        }

        if (vrrp.Instances.Count == 0)
        {
            Groups(document);
            return true;
        }

        ScriptChecks.Vrrp(document);
        foreach (var instance in vrrp.Instances.All)
        {
            if (instance.RouterId == 0)
            {
                document.Sink.Add(s_routerId, instance.Name);
                return false;
            }

            if (instance.Interface is null && instance.Vrf is null)
            {
                document.Sink.Add(s_noInterface, instance.Name);
                return false;
            }
        }

        Groups(document);
        foreach (var instance in vrrp.Instances.All)
        {
            if (!InstanceChecks.Run(document, instance))
            {
                return false;
            }
        }

        Tracked(document);
        Duplicates(document);
        return true;
    }

    private static void Groups(Document document)
    {
        var vrrp = document.Vrrp;
        foreach (var group in vrrp.Groups.ToArray())
        {
            if (group.Names is null)
            {
                document.Sink.Add(s_noMembers, group.Name);
                vrrp.Groups.Remove(group);
                continue;
            }

            foreach (var name in group.Names)
            {
                Member(document, group, name);
            }

            if (group.Members.Count == 0)
            {
                document.Sink.Add(s_noMatch, group.Name);
                vrrp.Groups.Remove(group);
            }
            else if (group.Members.Count == 1)
            {
                document.Sink.Add(s_one, group.Name, "1");
            }
        }
    }

    private static void Member(Document document, SyncGroupSyntax group, string name)
    {
        if (document.Vrrp.Instances.Find(name) is not { } instance)
        {
            document.Sink.Add(s_unknownMember, name, group.Name);
        }
        else if (instance.SyncGroup is not null)
        {
            document.Sink.Add(s_twice, name, group.Name);
        }
        else
        {
            instance.SyncGroup = group;
            group.Members.Add(instance);
        }
    }

    private static void Tracked(Document document)
    {
        foreach (var group in document.Vrrp.Groups)
        {
            foreach (var tracked in group.Tracking.Interfaces)
            {
                foreach (var member in group.Members)
                {
                    if ((member.Interface == tracked.Interface && !member.IgnorePrimaryFault) || member.Tracking.Interfaces.Exists(t => t.Interface == tracked.Interface))
                    {
                        document.Sink.Add(s_bothTrack, member.Name, tracked.Interface);
                    }
                }
            }
        }
    }

    private static void Duplicates(Document document)
    {
        var same = new Dictionary<(string?, int, AddressFamily?, string?), List<InstanceSyntax>>();
        foreach (var instance in document.Vrrp.Instances.All)
        {
            // Interfaces that may still come are not compared: what they will be is not known.
            if (instance.Interface is not { } name || document.Facts.FindInterface(name) is null)
            {
                continue;
            }

            var key = (name, instance.RouterId, instance.Family, instance.IsUnicast && instance.Peers.Count > 0 ? "" : GroupOf(document, instance));
            if (!same.TryGetValue(key, out var list))
            {
                same.Add(key, list = []);
            }

            list.Add(instance);
        }

        foreach (var list in same.Values)
        {
            for (var i = 0; i < list.Count; i++)
            {
                for (var j = i + 1; j < list.Count; j++)
                {
                    Compare(document, list[i], list[j]);
                }
            }
        }
    }

    private static string GroupOf(Document document, InstanceSyntax instance) =>
        (instance.Group ?? (instance.Family == AddressFamily.InterNetworkV6 ? document.Global.Config.Group6 : document.Global.Config.Group4)).ToString();

    private static void Compare(Document document, InstanceSyntax one, InstanceSyntax other)
    {
        var id = one.RouterId.ToString(CultureInfo.InvariantCulture);
        if (one.Peers.Count > 0)
        {
            if (one.Peers.Exists(p => other.Peers.Exists(q => q.Address.Equals(p.Address))))
            {
                document.Sink.Add(s_samePeers, one.Name, other.Name, id);
            }

            return;
        }

        document.Sink.Add(s_sameId, one.Name, other.Name, id, one.Family == AddressFamily.InterNetworkV6 ? "6" : "4", one.Interface!);
    }
}
