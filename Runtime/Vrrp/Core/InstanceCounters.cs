using Dropin.Runtime.Protocols.Vrrp;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>What keepalived.stats and the JSON dump count for one instance.</summary>
public sealed partial class InstanceCounters
{
    /// <summary>Valid adverts received (<c>advert_rcvd</c>).</summary>
    public ulong AdvertsReceived { get; internal set; }

    /// <summary>Adverts sent (<c>advert_sent</c>).</summary>
    public uint AdvertsSent { get; internal set; }

    /// <summary>Times it became master.</summary>
    public uint BecameMaster { get; internal set; }

    /// <summary>Times it ceased to be master.</summary>
    public uint ReleasedMaster { get; internal set; }

    /// <summary>Packets of a wrong length.</summary>
    public ulong LengthErrors { get; internal set; }

    /// <summary>Packets of a wrong TTL.</summary>
    public ulong TtlErrors { get; internal set; }

    /// <summary>Packets of another type.</summary>
    public ulong InvalidTypes { get; internal set; }

    /// <summary>Packets of another interval; 0 for ever, as in the original, which counts them nowhere (here: <see cref="OtherErrors"/>).</summary>
    public ulong IntervalErrors { get; private set; }

    /// <summary>Packets of other addresses.</summary>
    public ulong AddressListErrors { get; internal set; }

    /// <summary>Packets of an authentication type that does not exist.</summary>
    public uint InvalidAuthenticationTypes { get; internal set; }

    /// <summary>Packets of another authentication type than ours.</summary>
    public uint AuthenticationMismatches { get; internal set; }

    /// <summary>Packets that did not prove themselves.</summary>
    public uint AuthenticationFailures { get; internal set; }

    /// <summary>Adverts of priority 0 received.</summary>
    public ulong PriorityZeroReceived { get; internal set; }

    /// <summary>Adverts of priority 0 sent.</summary>
    public ulong PriorityZeroSent { get; internal set; }

    /// <summary>Packets of a wrong checksum (SNMP's vrrpRouterChecksumErrors; the dumps do not show it).</summary>
    public ulong ChecksumErrors { get; internal set; }

    /// <summary>Packets of another version (the dumps do not show it).</summary>
    public ulong VersionErrors { get; internal set; }

    /// <summary>Other packets that were discarded (the dumps do not show it).</summary>
    public ulong OtherErrors { get; internal set; }

    /// <summary>The last of the problems that RFC 6527 has a number for; <see cref="AdvertProblem.None"/> for none yet.</summary>
    public AdvertProblem LastProtocolError { get; private set; }

    internal void Count(AdvertProblem problem)
    {
        if (problem is AdvertProblem.Ttl or AdvertProblem.TtlRange or AdvertProblem.Version or AdvertProblem.ChecksumV2 or AdvertProblem.ChecksumV3)
            LastProtocolError = problem;
        switch (problem)
        {
            case AdvertProblem.TooShort or AdvertProblem.TooLong or AdvertProblem.TotalLength: LengthErrors++; break;
            case AdvertProblem.Ttl or AdvertProblem.TtlRange: TtlErrors++; break;
            case AdvertProblem.Type: InvalidTypes++; break;
            case AdvertProblem.AddressCount or AdvertProblem.AddressMissing: AddressListErrors++; break;
            case AdvertProblem.AuthenticationType: InvalidAuthenticationTypes++; break;
            case AdvertProblem.AuthenticationMismatch: AuthenticationMismatches++; break;
            case AdvertProblem.Password or AdvertProblem.Proof or AdvertProblem.Replayed or AdvertProblem.SecurityIndex: AuthenticationFailures++; break;
            case AdvertProblem.ChecksumV2 or AdvertProblem.ChecksumV3: ChecksumErrors++; break;
            case AdvertProblem.Version: VersionErrors++; break;
            default: OtherErrors++; break;
        }
    }

    internal void Clear()
    {
        AdvertsReceived = LengthErrors = TtlErrors = InvalidTypes = IntervalErrors = AddressListErrors = 0;
        AdvertsSent = BecameMaster = ReleasedMaster = InvalidAuthenticationTypes = AuthenticationMismatches = AuthenticationFailures = 0;
        PriorityZeroReceived = PriorityZeroSent = ChecksumErrors = VersionErrors = OtherErrors = 0;
    }
}
