using System.Globalization;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>One virtual router, whole: what contradicts itself, the version or the strict mode is said and mended.</summary>
internal static class InstanceChecks
{
    private static readonly DiagnosticDescriptor s_noVip = FindingKind.Warning("check-no-vip", "({0}) No VIP specified; at least one is sensible");
    private static readonly DiagnosticDescriptor s_needVip = FindingKind.Warning("check-need-vip", "({0}) No VIP specified; at least one is required");
    private static readonly DiagnosticDescriptor s_linkLocal = FindingKind.Warning("check-link-local", "({0}) the first IPv6 VIP address must be link local");
    private static readonly DiagnosticDescriptor s_owner = FindingKind.Warning("check-owner", "({0}) State MASTER must match being address owner");
    private static readonly DiagnosticDescriptor s_header = FindingKind.Warning("check-ah", "({0}) Initial state master is incompatible with AH authentication - clearing");
    private static readonly DiagnosticDescriptor s_noPassword = FindingKind.Warning("check-password", "({0}) Authentication specified but no password given. Ignoring");
    private static readonly DiagnosticDescriptor s_authentication3 = FindingKind.Warning("check-auth-version", "({0}) VRRP version 3 does not support authentication. Ignoring.");
    private static readonly DiagnosticDescriptor s_authenticationStrict = FindingKind.Warning("check-auth-strict", "({0}) Strict mode does not support authentication. Ignoring.");
    private static readonly DiagnosticDescriptor s_noPeers = FindingKind.Warning("check-no-peers",
        "({0}) A unicast keyword has been specified without any unicast peers. Defaulting to multicast. This usage is deprecated - please update your configuration.");

    private static readonly DiagnosticDescriptor s_groupUnicast = FindingKind.Warning("check-group-unicast", "({0}) multicast destination specified with unicast - ignoring");
    private static readonly DiagnosticDescriptor s_noPreemptOwner = FindingKind.Warning("check-nopreempt-owner", "({0}) nopreempt is incompatible with priority 255. resetting nopreempt");
    private static readonly DiagnosticDescriptor s_noPreemptMaster = FindingKind.Warning("check-nopreempt", "({0}) Warning - nopreempt will not work with initial state MASTER - clearing");
    private static readonly DiagnosticDescriptor s_delayStrict = FindingKind.Warning("check-delay-strict", "({0}) preempt_delay is incompatible with strict mode - resetting");
    private static readonly DiagnosticDescriptor s_delayMaster = FindingKind.Warning("check-delay", "({0}) Warning - preempt delay will not work with initial state MASTER - clearing");
    private static readonly DiagnosticDescriptor s_delayNoPreempt = FindingKind.Warning("check-delay-nopreempt", "({0}) preempt_delay is incompatible with nopreempt mode - resetting");
    private static readonly DiagnosticDescriptor s_downTimer = FindingKind.Warning("check-down-timer", "({0}) down_timer_adverts is incompatible with strict mode - resetting");
    private static readonly DiagnosticDescriptor s_accept = FindingKind.Warning("check-accept",
        "({0}) warning - accept mode for VRRP version 2 does not comply with RFC3768 - resetting");

    private static readonly DiagnosticDescriptor s_garp = FindingKind.Warning("check-garp", "({0}) Strict mode requires no repeat garps. resetting");
    private static readonly DiagnosticDescriptor s_garpDelay = FindingKind.Warning("check-garp-delay", "({0}) Strict mode requires no repeat garp delay. resetting");
    private static readonly DiagnosticDescriptor s_lower = FindingKind.Warning("check-lower", "({0}) Strict mode requires no lower priority advert. resetting");
    private static readonly DiagnosticDescriptor s_higher = FindingKind.Warning("check-higher", "({0}) strict mode requires higher_prio_send_advert to be clear. resetting");
    private static readonly DiagnosticDescriptor s_integer = FindingKind.Warning("check-interval-2", "({0}) VRRPv2 advertisement interval {1}s must be an integer. rounding");
    private static readonly DiagnosticDescriptor s_centi = FindingKind.Warning("check-interval-3", "({0}) VRRPv3 advertisement interval {1}s must be in units of 10ms - rounding");
    private static readonly DiagnosticDescriptor s_range = FindingKind.Warning("check-interval-range",
        "({0}) VRRPv3 advertisement interval {1}s is out of range. Must be less than 40.96s. Setting to 40.95s");

    private static readonly DiagnosticDescriptor s_transmitStrict = FindingKind.Warning("check-xmit-strict", "({0}) xmit_base is incompatible with strict mode - resetting");
    private static readonly DiagnosticDescriptor s_transmitMac = FindingKind.Warning("check-xmit", "({0}) vmac_xmit_base is only valid with a vmac");
    private static readonly DiagnosticDescriptor s_promote = FindingKind.Warning("check-promote", "({0}) promote_secondaries is automatically set for vmacs - ignoring");
    private static readonly DiagnosticDescriptor s_ipvlan = FindingKind.Warning("check-ipvlan",
        "({0}) IPv4 ipvlan requires a source ip address to be configured. setting instance to fault state");

    private static readonly DiagnosticDescriptor s_ownInterface = FindingKind.Warning("check-own-interface", "({0}) Ignoring track_interface {1} since own interface");

    /// <summary>Checks and mends one; false where nothing may be run with it.</summary>
    public static bool Run(Document document, InstanceSyntax instance)
    {
        var sink = document.Sink;
        var name = instance.Name;
        instance.Family ??= AddressFamily.InterNetwork;
        instance.Strict ??= document.Global.Config.Strict;
        var six = instance.Family == AddressFamily.InterNetworkV6;
        instance.Version = six ? 3 : instance.Version == 0 ? document.Global.Config.Version : instance.Version;
        var strict = instance.Strict.Value;
        if (!Addresses(sink, instance, six, strict))
        {
            return false;
        }

        // An instance that wants to be master and names no priority owns its addresses.
        instance.Priority ??= instance.Master == true ? 255 : 100;
        if (strict && (instance.Master == true) != (instance.Priority == 255) && (instance.Master == true || instance.State is not null || instance.Priority == 255 && instance.Master is not null))
        {
            sink.Add(s_owner, name);
            instance.Master = instance.Priority == 255;
        }

        Authentication(sink, instance, strict);
        Unicast(sink, instance);
        Preemption(sink, instance, strict);
        if (strict)
        {
            Strict(sink, instance);
        }

        Interval(sink, instance);
        if (strict && instance.TransmitByBase && instance.VirtualMac is not null)
        {
            sink.Add(s_transmitStrict, name);
            instance.TransmitByBase = false;
        }

        if (instance.PromoteSecondaries && instance.VirtualMac is not null)
        {
            sink.Add(s_promote, name);
        }

        if (instance.VirtualMac is { IsIpvlan: true, IpvlanAddress: null } && !six)
        {
            sink.Add(s_ipvlan, name);
        }

        TrackingChecks.Run(document, instance);
        if (instance.TransmitByBase && instance.VirtualMac is null or { IsIpvlan: true } && instance.TransmitByBase)
        {
            sink.Add(s_transmitMac, name);
            instance.TransmitByBase = false;
        }

        if (instance.Addresses.Count == 0)
        {
            // The original says it when it begins and again when it ends.
            sink.Add(s_noVip, name);
        }

        return true;
    }

    /// <summary>An instance that tracks its own interface.</summary>
    public static void OwnInterface(FindingSink sink, InstanceSyntax instance)
    {
        foreach (var tracked in instance.Tracking.Interfaces.ToArray())
        {
            if (tracked.Interface == instance.Interface)
            {
                sink.Add(s_ownInterface, instance.Name, tracked.Interface);
                instance.Tracking.Interfaces.Remove(tracked);
            }
        }
    }

    private static bool Addresses(FindingSink sink, InstanceSyntax instance, bool six, bool strict)
    {
        if (instance.Addresses.Count == 0)
        {
            if (instance.Version == 3 || strict)
            {
                sink.Add(s_needVip, instance.Name);
                return false;
            }

            sink.Add(s_noVip, instance.Name);
        }
        else if (six && strict && !instance.Addresses[0].Address.IsIPv6LinkLocal)
        {
            sink.Add(s_linkLocal, instance.Name);
            return false;
        }

        return true;
    }

    private static void Authentication(FindingSink sink, InstanceSyntax instance, bool strict)
    {
        if (instance.Authentication is null)
        {
            return;
        }

        var why = strict ? s_authenticationStrict : instance.Version == 3 ? s_authentication3 : string.IsNullOrEmpty(instance.Password) ? s_noPassword : null;
        if (why is not null)
        {
            sink.Add(why, instance.Name);
            instance.Authentication = null;
        }
        else if (instance.Authentication == AuthenticationKind.Header && instance.Master == true && instance.Priority != 255)
        {
            sink.Add(s_header, instance.Name);
            instance.Master = false;
        }
    }

    private static void Unicast(FindingSink sink, InstanceSyntax instance)
    {
        if (instance.Peers.Count > 0)
        {
            if (instance.Group is not null)
            {
                sink.Add(s_groupUnicast, instance.Name);
                instance.Group = null;
            }
        }
        else if (instance.IsUnicast && !instance.FaultWithoutPeers)
        {
            sink.Add(s_noPeers, instance.Name);
            instance.IsUnicast = false;
        }
        else if (instance.FaultWithoutPeers)
        {
            instance.IsUnicast = true;
        }
    }

    private static void Preemption(FindingSink sink, InstanceSyntax instance, bool strict)
    {
        if (instance.NoPreempt && instance.Priority == 255)
        {
            sink.Add(s_noPreemptOwner, instance.Name);
            instance.NoPreempt = false;
        }
        else if (instance.NoPreempt && instance.Master == true)
        {
            sink.Add(s_noPreemptMaster, instance.Name);
            instance.NoPreempt = false;
        }

        if (instance.PreemptDelay == TimeSpan.Zero)
        {
            return;
        }

        if (strict)
        {
            sink.Add(s_delayStrict, instance.Name);
        }

        if (instance.Master == true)
        {
            sink.Add(s_delayMaster, instance.Name);
        }
        else if (instance.NoPreempt)
        {
            sink.Add(s_delayNoPreempt, instance.Name);
        }
        else if (!strict)
        {
            return;
        }

        instance.PreemptDelay = TimeSpan.Zero;
    }

    private static void Strict(FindingSink sink, InstanceSyntax instance)
    {
        if (instance.DownTimerAdverts is { } adverts && adverts != 3)
        {
            sink.Add(s_downTimer, instance.Name);
            instance.DownTimerAdverts = 3;
        }

        if (instance.Version == 2 && instance.Accept == true)
        {
            sink.Add(s_accept, instance.Name);
            instance.Accept = null;
        }

        // RFC 5798 6.1: only the owner answers for the addresses, unless it is told to.
        instance.Accept ??= instance.Priority == 255;
        if (instance.Garp.LowerPriorityRepeat is > 0)
        {
            sink.Add(s_garp, instance.Name);
        }

        if (instance.Garp.LowerPriorityDelay is { } delay && delay > TimeSpan.Zero)
        {
            sink.Add(s_garpDelay, instance.Name);
        }

        instance.Garp.LowerPriorityRepeat = 0;
        instance.Garp.LowerPriorityDelay = TimeSpan.Zero;
        if (instance.NoAdvertToLower == false)
        {
            sink.Add(s_lower, instance.Name);
        }

        instance.NoAdvertToLower = true;
        if (instance.AdvertToHigher == true)
        {
            sink.Add(s_higher, instance.Name);
        }

        instance.AdvertToHigher = false;
    }

    private static void Interval(FindingSink sink, InstanceSyntax instance)
    {
        var interval = instance.AdvertMicroseconds;
        if (instance.Version == 2)
        {
            if (interval % 1_000_000 != 0)
            {
                sink.Add(s_integer, instance.Name, Text(interval, "F6"));
                interval = Math.Max(1, (interval + 500_000) / 1_000_000) * 1_000_000;
            }
        }
        else if (interval >= 40_960_000)
        {
            sink.Add(s_range, instance.Name, Text(interval, "F2"));
            interval = 40_950_000;
        }
        else if (interval % 10_000 != 0)
        {
            sink.Add(s_centi, instance.Name, Text(interval, "F6"));
            interval = Math.Max(1, (interval + 5_000) / 10_000) * 10_000;
        }

        instance.AdvertMicroseconds = interval;
    }

    private static string Text(ulong microseconds, string format) => (microseconds / 1_000_000m).ToString(format, CultureInfo.InvariantCulture);
}
