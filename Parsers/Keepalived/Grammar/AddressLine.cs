using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>One line of <c>virtual_ipaddress</c>, <c>virtual_ipaddress_excluded</c> or <c>static_ipaddress</c>; the words are those of ip-address(8).</summary>
internal sealed class AddressLine
{
    private static readonly DiagnosticDescriptor s_noValue = FindingKind.Warning("address-value", "No {0} parameter specified for {1}");
    private static readonly DiagnosticDescriptor s_unknown = FindingKind.Warning("address-word", "Unknown configuration entry '{0}' for ip address - ignoring");
    private static readonly DiagnosticDescriptor s_noDevice = FindingKind.Warning("address-interface", "WARNING - interface {0} for ip address {1} doesn't exist");
    private static readonly DiagnosticDescriptor s_deviceTwice = FindingKind.Warning("address-interface-twice", "Cannot specify ipaddress device more than once for {0}");
    private static readonly DiagnosticDescriptor s_scope = FindingKind.Warning("address-scope", "Invalid scope '{0}' specified for {1} - ignoring");
    private static readonly DiagnosticDescriptor s_broadcast = FindingKind.Warning("address-broadcast", "VRRP is trying to assign invalid broadcast {0}. skipping VIP...");
    private static readonly DiagnosticDescriptor s_broadcast6 = FindingKind.Warning("address-broadcast-ipv6",
        "VRRP is trying to assign a broadcast {0} to the IPv6 address {1} !!?? WTF... skipping VIP...");

    private static readonly DiagnosticDescriptor s_broadcastLength = FindingKind.Warning("address-broadcast-length", "Address prefix length {0} too long for broadcast");
    private static readonly DiagnosticDescriptor s_label = FindingKind.Warning("address-label", "Address label {0} is longer than maximum length 15 - removing address");
    private static readonly DiagnosticDescriptor s_label6 = FindingKind.Warning("address-label-ipv6", "Cannot specify label for IPv6 addresses ({0}) - ignoring label");
    private static readonly DiagnosticDescriptor s_peerPrefix = FindingKind.Warning("address-peer-prefix", "Cannot specify address prefix when specifying peer address - ignoring");
    private static readonly DiagnosticDescriptor s_peer = FindingKind.Warning("address-peer", "Invalid peer address {0}");
    private static readonly DiagnosticDescriptor s_peerFamily = FindingKind.Warning("address-peer-family", "Peer address {0} does not match address family");
    private static readonly DiagnosticDescriptor s_lifetime = FindingKind.Warning("address-lifetime", "preferred_lft {0} is invalid");
    private static readonly DiagnosticDescriptor s_group = FindingKind.Warning("address-track-group", "track_group {0} not found");

    /// <summary>IFA_F_* of linux/if_addr.h.</summary>
    private const uint NoDad = 0x02, Home = 0x10, ManageTemporary = 0x100, NoPrefixRoute = 0x200, Autojoin = 0x400;

    private readonly Statement _s;
    private readonly bool _isStatic;
    private string? _interface;
    private IPAddress? _broadcast;
    private IPAddress? _peer;
    private string? _label;
    private string? _trackGroup;
    private byte _scope;
    private uint _flags;
    private uint? _lifetime;
    private bool _noTrack;
    private bool _virtualMac;

    private AddressLine(Statement s, bool isStatic)
    {
        _s = s;
        _isStatic = isStatic;
    }

    /// <summary>Reads a line; null where there is no address in it, and why was said.</summary>
    public static AddressConfig? Read(Statement s, bool isStatic) => new AddressLine(s, isStatic).Read();

    private AddressConfig? Read()
    {
        var text = _s.Words[0];
        if (Prefixes.Read(_s, text) is not var (address, length, written))
        {
            return null;
        }

        for (var i = 1; i < _s.Count; i++)
        {
            if (!Option(ref i, text, address, length, written))
            {
                return null;
            }
        }

        return new AddressConfig
        {
            Address = address,
            PrefixLength = length,
            Interface = _interface,
            Broadcast = _broadcast,
            Peer = _peer,
            Label = _label,
            Scope = _scope,
            Flags = _flags,
            PreferredLifetime = _lifetime ?? (address.AddressFamily == AddressFamily.InterNetworkV6 && length == 128 && !_forever ? 0 : null),
            NoTrack = _noTrack,
            TrackGroup = _trackGroup,
            VirtualMac = _virtualMac ? new VirtualMacConfig() : null,
            At = _s.At,
        };
    }

    private bool _forever;

    // False: the whole line is given up.
    private bool Option(ref int i, string text, IPAddress address, int length, bool written)
    {
        var word = _s.Words[i];
        switch (word)
        {
            case "home": _flags |= Home; return true;
            case "-nodad": _flags |= NoDad; return true;
            case "mngtmpaddr": _flags |= ManageTemporary; return true;
            case "noprefixroute": _flags |= NoPrefixRoute; return true;
            case "autojoin": _flags |= Autojoin; return true;
            case "no_track": _noTrack = !_isStatic; return true;
            case "use_vmac" when !_isStatic: _virtualMac = true; return true;
            case "dev" or "scope" or "brd" or "broadcast" or "label" or "peer" or "preferred_lft":
            case "track_group" when _isStatic:
                break;
            default:
                _s.Report(s_unknown, word);
                return true;
        }

        if (_s.Word(++i) is not { } value)
        {
            _s.Report(s_noValue, word, text);
            return false;
        }

        switch (word)
        {
            case "dev": return Device(value, text);
            case "scope": Scope(value, text); return true;
            case "label": return Label(value, address);
            case "peer": Peer(value, address, length, written); return true;
            case "preferred_lft": Lifetime(value); return true;
            case "track_group": TrackGroup(value); return true;
            default: return Broadcast(word, value, address, length);
        }
    }

    private bool Device(string name, string text)
    {
        if (_interface is not null)
        {
            _s.Report(s_deviceTwice, text);
            return false;
        }

        _interface = name;
        return _s.CheckInterface(name, s_noDevice, name, text);
    }

    private void Scope(string value, string text)
    {
        if (HostNumbers.Find(_s.Document.Facts, "rt_scopes", value, byte.MaxValue) is { } scope)
        {
            _scope = (byte)scope;
        }
        else
        {
            _s.Report(s_scope, value, text);
        }
    }

    private bool Label(string value, IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            _s.Report(s_label6, address.ToString());
            return true;
        }

        if (value.Length > 15)
        {
            _s.Report(s_label, value);
            return false;
        }

        _label = value;
        return true;
    }

    private void Peer(string value, IPAddress address, int length, bool written)
    {
        if (written)
        {
            _s.Report(s_peerPrefix);
            return;
        }

        if (Addresses.Parse(value) is not { } peer)
        {
            _s.Report(Prefixes.InvalidAddress, value);
            _s.Report(s_peer, value);
        }
        else if (peer.AddressFamily != address.AddressFamily)
        {
            _s.Report(s_peerFamily, value);
        }
        else
        {
            _ = length;
            _peer = peer;
        }
    }

    private void Lifetime(string value)
    {
        if (value == "forever")
        {
            _forever = true;
        }
        else if (_s.Unsigned(value, 0, uint.MaxValue, out var seconds))
        {
            _lifetime = seconds;
        }
        else
        {
            _s.Report(s_lifetime, value);
        }
    }

    private void TrackGroup(string value)
    {
        if (_s.Document.Vrrp.TrackGroups.ContainsKey(value))
        {
            _trackGroup = value;
        }
        else
        {
            _s.Report(s_group, value);
        }
    }

    private bool Broadcast(string word, string value, IPAddress address, int length)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            _s.Report(s_broadcast6, word, address.ToString());
            return false;
        }

        if (value is "+" or "-")
        {
            if (length > 30)
            {
                _s.Report(s_broadcastLength, length.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return true;
            }

            _broadcast = HostBits(address, length, value == "+");
            return true;
        }

        if (Addresses.Parse(value) is not { AddressFamily: AddressFamily.InterNetwork } broadcast)
        {
            _s.Report(s_broadcast, value);
            return false;
        }

        _broadcast = broadcast;
        return true;
    }

    private static IPAddress HostBits(IPAddress address, int length, bool set)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < 32; bit++)
        {
            var mask = (byte)(0x80 >> (bit % 8));
            bytes[bit / 8] = set ? (byte)(bytes[bit / 8] | mask) : (byte)(bytes[bit / 8] & ~mask);
        }

        return new IPAddress(bytes);
    }
}
