using Dropin.Runtime.Ir.Ipvs;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary><c>lvs_method NAT|DR|TUN [type {ipip|gue port NUM|gre} [nocsum|csum|remcsum]]</c> and its older and longer names.</summary>
internal static class Forwarding
{
    private static readonly DiagnosticDescriptor s_method = FindingKind.Warning("forwarding-method", "PARSER : unknown [{0}] routing method for {1} server.");
    private static readonly DiagnosticDescriptor s_option = FindingKind.Warning("forwarding-option", "Invalid tunnel option {0} for {1} server.");
    private static readonly DiagnosticDescriptor s_type = FindingKind.Warning("forwarding-type", "Unknown tunnel type {0} for {1} server.");
    private static readonly DiagnosticDescriptor s_noType = FindingKind.Warning("forwarding-type-missing", "Missing tunnel type for {0} server.");
    private static readonly DiagnosticDescriptor s_port = FindingKind.Warning("forwarding-port", "Invalid gue tunnel port {0} for {1} server.");
    private static readonly DiagnosticDescriptor s_noPort = FindingKind.Warning("forwarding-port-missing", "Missing port for {0} server gue tunnel.");
    private static readonly DiagnosticDescriptor s_needsPort = FindingKind.Warning("forwarding-gue", "gue tunnels require port, otherwise cannot have port.");
    private static readonly DiagnosticDescriptor s_remote = FindingKind.Warning("forwarding-gre", "gre tunnels do not support remote checksum option.");
    private static readonly DiagnosticDescriptor s_checksum = FindingKind.Warning("forwarding-ipip", "ipip tunnels do not support checksum option.");

    /// <summary>Reads a line; null where the method itself is wrong, which was said. Options are read, and judged, whatever the method.</summary>
    /// <param name="s">The line.</param>
    /// <param name="what">virtual, real or sorry.</param>
    public static ForwardingConfig? Read(Statement s, string what)
    {
        if (!s.Need(out var word))
        {
            return null;
        }

        ForwardingMethod? method = word switch
        {
            "NAT" => ForwardingMethod.Masquerade,
            "DR" => ForwardingMethod.DirectRouting,
            "TUN" => ForwardingMethod.Tunnel,
            _ => null,
        };
        if (method is not { } known)
        {
            s.Report(s_method, word, what);
            return null;
        }

        var forwarding = new ForwardingConfig(known);
        var good = true;
        for (var i = 2; good && i < s.Count; i++)
        {
            good = Option(s, what, ref i, ref forwarding);
        }

        return good && Agrees(s, forwarding) ? forwarding : new ForwardingConfig(known);
    }

    private static bool Option(Statement s, string what, ref int i, ref ForwardingConfig forwarding)
    {
        var word = s.Words[i];
        if (word is not ("type" or "port" or "nocsum" or "csum" or "remcsum"))
        {
            s.Report(s_option, word, what);
            return false;
        }

        if (word == "type")
        {
            if (s.Word(++i) is not { } type)
            {
                s.Report(s_noType, what);
                return false;
            }

            TunnelKind? kind = type switch { "ipip" => TunnelKind.IpIp, "gue" => TunnelKind.Gue, "gre" => TunnelKind.Gre, _ => null };
            if (kind is null)
            {
                s.Report(s_type, type, what);
                return false;
            }

            forwarding = forwarding with { Tunnel = kind };
            return true;
        }

        if (word == "port")
        {
            if (s.Word(++i) is not { } text)
            {
                s.Report(s_noPort, what);
                return false;
            }

            if (!s.Unsigned(text, 1, 65535, out var port))
            {
                s.Report(s_port, text, what);
                return false;
            }

            forwarding = forwarding with { TunnelPort = (int)port };
            return true;
        }

        forwarding = forwarding with { Checksum = word switch { "csum" => TunnelChecksum.Full, "remcsum" => TunnelChecksum.Remote, _ => TunnelChecksum.None } };
        return true;
    }

    private static bool Agrees(Statement s, ForwardingConfig forwarding)
    {
        var wrong = (forwarding.Tunnel == TunnelKind.Gue) != (forwarding.TunnelPort > 0) ? s_needsPort
            : forwarding is { Tunnel: TunnelKind.Gre, Checksum: TunnelChecksum.Remote } ? s_remote
            : forwarding is { Tunnel: null or TunnelKind.IpIp } && forwarding.Checksum != TunnelChecksum.None ? s_checksum
            : null;
        if (wrong is not null)
        {
            s.Report(wrong);
        }

        return wrong is null;
    }
}
