using System.Globalization;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>Interfaces of an instance's own: VMACs and ipvlans.</summary>
internal static partial class InstanceKeywords
{
    private static readonly DiagnosticDescriptor s_macName = FindingKind.Warning("vmac-name", "VMAC interface name '{0}' too long or invalid characters - ignoring");
    private static readonly DiagnosticDescriptor s_macNameTwice = FindingKind.Warning("vmac-name-twice", "VMAC interface name already specified");
    private static readonly DiagnosticDescriptor s_macAddress = FindingKind.Warning("vmac-address", "VMAC invalid MAC address {0}");
    private static readonly DiagnosticDescriptor s_macMulticast = FindingKind.Warning("vmac-multicast", "VMAC MAC address is multicast {0} - ignoring");
    private static readonly DiagnosticDescriptor s_macExists = FindingKind.Warning("vmac-exists",
        "({0}) interface {1} already exists and is not a private macvlan; ignoring vmac if_name");

    private static readonly DiagnosticDescriptor s_macUsed = FindingKind.Warning("vmac-used", "({0}) VRRP instance {1} is already using {2} - ignoring name");
    private static readonly DiagnosticDescriptor s_ipvlanTwice = FindingKind.Warning("ipvlan-twice", "({0}) use_ipvlan already specified");
    private static readonly DiagnosticDescriptor s_ipvlanName = FindingKind.Warning("ipvlan-name", "({0}) IPVLAN interface already specified - ignoring '{1}'");
    private static readonly DiagnosticDescriptor s_ipvlanAddress = FindingKind.Warning("ipvlan-address", "({0}) ipvlan address already specified - ignoring '{1}'");
    private static readonly DiagnosticDescriptor s_ipvlanFamily = FindingKind.Warning("ipvlan-family", "({0}) ipvlan address[{1}] MUST match vrrp instance family !!! Skipping...");
    private static readonly DiagnosticDescriptor s_ipvlanType = FindingKind.Warning("ipvlan-type", "({0}) ipvlan type already specified - ignoring '{1}'");

    private static void AddVirtualMac(KeywordTable table) => table
        .Executed("use_vmac", VirtualMac)
        .Executed("use_vmac_addr", s => Of(s).MacForAddresses = true)
        .Executed("vmac_xmit_base", s => Of(s).TransmitByBase = true)
        .Executed("use_ipvlan", Ipvlan);

    private static void VirtualMac(Statement s)
    {
        var instance = Of(s);
        if (instance.VirtualMac is { IsIpvlan: true })
        {
            // An ipvlan it is, and stays.
            return;
        }

        var mac = instance.VirtualMac ?? new VirtualMacConfig();
        for (var i = 1; i < s.Count; i++)
        {
            var word = s.Words[i];
            if (word.Contains(':', StringComparison.Ordinal))
            {
                mac = Mac(s, mac, word);
                continue;
            }

            if (mac.Name is not null)
            {
                s.Report(s_macNameTwice);
                break;
            }

            if (word.Length > 15 || word.AsSpan().IndexOfAny('/', ' ') >= 0)
            {
                s.Report(s_macName, word);
            }
            else if (s.Document.Vrrp.VirtualMacs.TryGetValue(word, out var owner) && owner != instance.Name)
            {
                s.Report(s_macUsed, instance.Name, owner, word);
            }
            else if (s.Document.Facts.FindInterface(word) is { } there && there.Kind != "macvlan")
            {
                s.Report(s_macExists, instance.Name, word);
            }
            else
            {
                mac = mac with { Name = word };
                s.Document.Vrrp.VirtualMacs[word] = instance.Name;
            }
        }

        instance.VirtualMac = mac;
    }

    private static VirtualMacConfig Mac(Statement s, VirtualMacConfig mac, string word)
    {
        var parts = word.Split(':');
        var bytes = new byte[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length is < 5 or > 6 || parts[i].Length > 2 || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                s.Report(s_macAddress, word);
                return mac;
            }
        }

        if ((bytes[0] & 1) != 0)
        {
            s.Report(s_macMulticast, word);
            return mac;
        }

        return mac with { Mac = ValueList.Create<byte>(bytes) };
    }

    private static void Ipvlan(Statement s)
    {
        var instance = Of(s);
        if (instance.VirtualMac is { IsIpvlan: true })
        {
            s.Report(s_ipvlanTwice, instance.Name);
            return;
        }

        var mac = new VirtualMacConfig { IsIpvlan = true, Name = instance.VirtualMac?.Name };
        var typed = false;
        for (var i = 1; i < s.Count; i++)
        {
            var word = s.Words[i];
            if (word is "bridge" or "private" or "vepa")
            {
                if (typed)
                {
                    s.Report(s_ipvlanType, instance.Name, word);
                    continue;
                }

                typed = true;
                mac = mac with { IpvlanMode = word switch { "private" => IpvlanMode.Private, "vepa" => IpvlanMode.Vepa, _ => IpvlanMode.Bridge } };
            }
            else if (Prefixes.IsAddress(word))
            {
                mac = IpvlanAddress(s, instance, mac, word);
            }
            else if (mac.Name is not null)
            {
                s.Report(s_ipvlanName, instance.Name, word);
            }
            else
            {
                mac = mac with { Name = word };
                s.Document.Vrrp.VirtualMacs[word] = instance.Name;
            }
        }

        instance.VirtualMac = mac;
    }

    private static VirtualMacConfig IpvlanAddress(Statement s, InstanceSyntax instance, VirtualMacConfig mac, string word)
    {
        if (mac.IpvlanAddress is not null)
        {
            s.Report(s_ipvlanAddress, instance.Name, word);
            return mac;
        }

        if (Prefixes.Read(s, word) is not var (address, length, _))
        {
            return mac;
        }

        if ((instance.Family ?? AddressFamily.InterNetwork) != address.AddressFamily && instance.Family is not null)
        {
            s.Report(s_ipvlanFamily, instance.Name, word);
            return mac;
        }

        instance.Family = address.AddressFamily;
        return mac with { IpvlanAddress = new AddressConfig { Address = address, PrefixLength = length, At = s.At } };
    }
}
