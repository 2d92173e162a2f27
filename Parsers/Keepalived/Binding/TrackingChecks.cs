using System.Globalization;
using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>Weights of what is tracked: an owner of addresses has none, nor has a member of a group unless the group allows it.</summary>
internal static class TrackingChecks
{
    private static readonly DiagnosticDescriptor s_interfaceOwner = FindingKind.Warning("track-interface-owner", "({0}) ignoring {1} tracked interface due to address owner");
    private static readonly DiagnosticDescriptor s_interfaceGroup = FindingKind.Warning("track-interface-group", "({0}) ignoring {1} tracked interface weight due to SYNC group");
    private static readonly DiagnosticDescriptor s_script = FindingKind.Warning("track-script-ignored", "({0}) ignoring tracked script {1} with weights due to {2}");
    private static readonly DiagnosticDescriptor s_file = FindingKind.Warning("track-file-ignored", "({0}) ignoring tracked file {1} with weight {2} due to {3}");
    private static readonly DiagnosticDescriptor s_fileWeight = FindingKind.Warning("track-file-weight-ignored",
        "({0}) ignoring weight from tracked file {1} due to {2}. specify weight 0");

    private static readonly DiagnosticDescriptor s_bfd = FindingKind.Warning("track-bfd-ignored", "({0}) ignoring tracked bfd {1} with weight {2} due to {3}");

    /// <summary>Checks what one instance tracks.</summary>
    public static void Run(Document document, InstanceSyntax instance)
    {
        InstanceChecks.OwnInterface(document.Sink, instance);
        var owner = instance.Priority == 255;
        var grouped = instance.SyncGroup is { TrackingWeight: false };
        if (!owner && !grouped)
        {
            return;
        }

        var why = owner ? "address_owner" : "SYNC group";
        Interfaces(document.Sink, instance, owner);
        foreach (var tracked in instance.Tracking.Scripts.ToArray())
        {
            if (tracked.Weight != 0)
            {
                document.Sink.Add(s_script, instance.Name, tracked.Target.Name, why);
                instance.Tracking.Scripts.Remove(tracked);
            }
        }

        Files(document.Sink, instance, why);
        foreach (var (name, weight) in instance.Tracking.BfdInstances.ToArray())
        {
            if (weight != 0)
            {
                document.Sink.Add(s_bfd, instance.Name, name, weight.ToString(CultureInfo.InvariantCulture), why);
                instance.Tracking.BfdInstances.Remove((name, weight));
            }
        }
    }

    private static void Interfaces(FindingSink sink, InstanceSyntax instance, bool owner)
    {
        var tracked = instance.Tracking.Interfaces;
        for (var i = tracked.Count - 1; i >= 0; i--)
        {
            if (tracked[i].Weight == 0)
            {
                continue;
            }

            sink.Add(owner ? s_interfaceOwner : s_interfaceGroup, instance.Name, tracked[i].Interface);
            if (owner)
            {
                tracked.RemoveAt(i);
            }
            else
            {
                tracked[i] = tracked[i] with { Weight = 0 };
            }
        }
    }

    private static void Files(FindingSink sink, InstanceSyntax instance, string why)
    {
        var tracked = instance.Tracking.Files;
        for (var i = tracked.Count - 1; i >= 0; i--)
        {
            var (file, weight, reverse) = tracked[i];
            if (weight == 0)
            {
                continue;
            }

            if (weight == 1)
            {
                // The weight that a file has where none was written.
                sink.Add(s_fileWeight, instance.Name, file.Name, why);
                tracked[i] = (file, 0, reverse);
            }
            else
            {
                sink.Add(s_file, instance.Name, file.Name, weight.ToString(CultureInfo.InvariantCulture), why);
                tracked.RemoveAt(i);
            }
        }
    }
}
