using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Snmp;

/// <summary>Values that several tables show.</summary>
internal static class MibValues
{
    /// <summary>InetAddressType (RFC 4001).</summary>
    internal static SnmpValue FamilyOf(AddressFamily family) => SnmpValue.Integer(family == AddressFamily.InterNetworkV6 ? 2 : 1);

    /// <summary>InetAddress; no value for none.</summary>
    internal static SnmpValue? Address(IPAddress? address) => address == null ? null : SnmpValue.Octets(address.GetAddressBytes());

    /// <summary>InetAddress of the length of a family; zeros for none.</summary>
    internal static SnmpValue Address(RouterAddress address, AddressFamily family) => SnmpValue.Octets(Bytes(address, family == AddressFamily.InterNetworkV6 ? 16 : 4));

    /// <summary>IpAddress; zeros for none.</summary>
    internal static SnmpValue IpAddress(RouterAddress address) => SnmpValue.IpAddress(Bytes(address, 4));

    /// <summary>VrrpState of KEEPALIVED-MIB.</summary>
    internal static SnmpValue State(VrrpState state) => SnmpValue.Integer(state switch
    {
        VrrpState.Initialize => 0,
        VrrpState.Backup => 1,
        VrrpState.Master => 2,
        VrrpState.Fault => 3,
        VrrpState.Stopped => 5,
        VrrpState.Deleted => 6,
        _ => 4,
    });

    /// <summary>The state of RFC 2787 and RFC 6527: initialize, backup, master.</summary>
    internal static SnmpValue StandardState(VrrpState state) => SnmpValue.Integer(state switch { VrrpState.Backup => 2, VrrpState.Master => 3, _ => 1 });

    /// <summary>InetScopeType of rtnetlink's scope.</summary>
    internal static SnmpValue Scope(byte scope) => SnmpValue.Integer(scope switch { 0 => 14, 200 => 5, 253 => 2, 254 => 1, _ => 0 });

    /// <summary>A text; no value for none.</summary>
    internal static SnmpValue? Text(string? text) => text == null ? null : SnmpValue.Text(text);

    /// <summary>A script's words; no value for none.</summary>
    internal static SnmpValue? Script(ScriptCommand? script) => Text(script?.Quoted);

    /// <summary>A number; no value for none.</summary>
    internal static SnmpValue? Gauge(uint? number) => number is { } some ? SnmpValue.Gauge(some) : null;

    /// <summary>Whole seconds.</summary>
    internal static SnmpValue Seconds(TimeSpan span) => SnmpValue.Gauge((uint)span.TotalSeconds);

    /// <summary>1 for a script of any kind, 2 for none.</summary>
    internal static SnmpValue RunsScripts(NotifyConfig notify) =>
        SnmpValue.Truth((notify.Any ?? notify.Master ?? notify.Backup ?? notify.Fault ?? notify.Stop ?? notify.Deleted ?? notify.MasterHearsLower) != null);

    private static byte[] Bytes(RouterAddress address, int length)
    {
        var bytes = new byte[length];
        if (address.Length == length)
        {
            address.Write(bytes);
        }

        return bytes;
    }
}
