namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>What is shown and told by SNMP; nothing where no word asks for it.</summary>
public sealed record SnmpConfig
{
    /// <summary>The part <c>vrrp</c> of KEEPALIVED-MIB (<c>enable_snmp_vrrp</c>, <c>enable_snmp_keepalived</c>).</summary>
    public bool Keepalived { get; init; }

    /// <summary>The part <c>check</c> of KEEPALIVED-MIB (<c>enable_snmp_checker</c>); for the dump: there are no virtual servers yet.</summary>
    public bool Checker { get; init; }

    /// <summary>VRRP-MIB (RFC 2787; <c>enable_snmp_rfcv2</c>, <c>enable_snmp_rfc</c>).</summary>
    public bool Version2 { get; init; }

    /// <summary>VRRPv3-MIB (RFC 6527; <c>enable_snmp_rfcv3</c>, <c>enable_snmp_rfc</c>).</summary>
    public bool Version3 { get; init; }

    /// <summary>Changes are told (<c>enable_traps</c>).</summary>
    public bool Traps { get; init; }

    /// <summary>Where the master agent listens, as written (<c>snmp_socket</c>); null for the usual place.</summary>
    public string? Socket { get; init; }

    /// <summary>Whether a sub-agent is wanted at all.</summary>
    public bool IsWanted => Keepalived || Version2 || Version3;

    /// <summary>With everything on, as the command line asks for it (<c>-x</c>); traps only where the configuration asks for them.</summary>
    public SnmpConfig WithAll() => this with { Keepalived = true, Checker = true, Version2 = true, Version3 = true };
}
