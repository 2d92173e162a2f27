using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What is looked at when the block ends.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_noInterfaceMac = FindingKind.Warning("instance-vmac-interface",
        "({0}): Cannot use VMAC/ipvlan with unicast and no interface - clearing use_vmac");

    private static readonly DiagnosticDescriptor s_ttlPeers = FindingKind.Warning("instance-ttl-peers", "({0}): Cannot use unicast_ttl without unicast peers - resetting");
    private static readonly DiagnosticDescriptor s_unicastMac = FindingKind.Warning("instance-vmac-unicast", "({0}) unicast with use_vmac requires vmac_xmit_base - setting");

    /// <summary>Ends an instance.</summary>
    public static void Close(Document document)
    {
        var instance = document.Vrrp.Instance!;
        var at = document.Lines!.At;
        if ((instance.IsUnicast || instance.FaultWithoutPeers) && instance.VirtualMac is not null)
        {
            if (!instance.HasInterface)
            {
                document.Sink.Add(s_noInterfaceMac, at, false, instance.Name);
                instance.VirtualMac = null;
            }
            else if (!instance.TransmitByBase)
            {
                document.Sink.Add(s_unicastMac, at, false, instance.Name);
                instance.TransmitByBase = true;
            }
        }

        if (instance.UnicastTtl >= 0 && instance.Peers.Count == 0)
        {
            document.Sink.Add(s_ttlPeers, at, false, instance.Name);
            instance.UnicastTtl = -1;
        }
    }
}
