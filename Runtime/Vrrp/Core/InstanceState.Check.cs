using System.Buffers.Binary;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Vrrp.Core;

/// <summary>Whether an advert is one of ours (RFC 3768 7.1, RFC 5798 7.1), in the order in which keepalived 2.2.7 looks at its fields.</summary>
public sealed partial class InstanceState
{
    private bool IsValid(in AdvertPacket packet) =>
        IsOurWay(packet) && HasRightLength(packet) && HasRightKind(packet) && IsProven(packet) && AgreesWithUs(packet)
        && HasRightChecksum(packet) && Count() && IsFromPeer(packet) && NamesOurAddresses(packet);

    private bool IsOurWay(in AdvertPacket packet)
    {
        if (packet.Destination.IsMulticast == Config.Path.IsUnicast)
            return Discard(packet, AdvertProblem.CastMode, packet.Destination.IsMulticast ? 1 : 0, Config.Path.IsUnicast ? 0 : 1);
        if (packet.HasHeader != UsesHeader) return Discard(packet, UsesHeader ? AdvertProblem.MissingHeader : AdvertProblem.UnexpectedHeader);
        return true;
    }

    private bool HasRightLength(in AdvertPacket packet)
    {
        var difference = packet.Message.Length - packet.ExpectedBytes;
        if (difference == 0) return true;
        // The original counts from the IP header on.
        var before = packet.Datagram.IsEmpty ? 0 : packet.Datagram.Length - packet.Message.Length;
        return Discard(packet, difference < 0 ? AdvertProblem.TooShort : AdvertProblem.TooLong, before + packet.Message.Length, before + packet.ExpectedBytes);
    }

    private bool HasRightKind(in AdvertPacket packet)
    {
        if (!Config.Path.IsUnicast && packet.Ttl != AdvertFormat.Ttl) return Discard(packet, AdvertProblem.Ttl, packet.Ttl, AdvertFormat.Ttl);
        return packet.Version == Config.Version || Discard(packet, AdvertProblem.Version, packet.Version, Config.Version);
    }

    private bool IsProven(in AdvertPacket packet)
    {
        if (Config.Version != 2) return true;
        var wanted = Config.Authentication is { } authentication ? (int)authentication.Kind : 0;
        if (packet.AuthenticationType > 2) return Discard(packet, AdvertProblem.AuthenticationType, packet.AuthenticationType);
        if (packet.AuthenticationType != wanted) return Discard(packet, AdvertProblem.AuthenticationMismatch, packet.AuthenticationType, wanted);
        return wanted switch
        {
            1 => HasOurPassword(packet),
            2 => HasOurProof(packet),
            _ => true,
        };
    }

    private bool HasOurPassword(in AdvertPacket packet)
    {
        Span<byte> ours = stackalloc byte[AdvertFormat.PasswordBytes];
        ours.Clear();
        Secret.CopyTo(ours);
        return ours.SequenceEqual(packet.Password) || Discard(packet, AdvertProblem.Password);
    }

    private bool HasOurProof(in AdvertPacket packet)
    {
        Span<byte> sender = stackalloc byte[4];
        packet.Source.Write(sender);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(sender);
        var index = BinaryPrimitives.ReverseEndianness(packet.SecurityIndex);
        if (index != expected) return Discard(packet, AdvertProblem.SecurityIndex, index, expected);
        if (!AuthenticationHeader.IsProven(packet, Secret, Config.Path.IsUnicast)) return Discard(packet, AdvertProblem.Proof);
        var isRival = packet.Sequence == Sequence && State == VrrpState.Master;
        if (packet.Sequence <= Sequence && !isRival) return Discard(packet, AdvertProblem.Replayed, packet.Sequence, Sequence);
        return !isRival || packet.Priority > EffectivePriority || (packet.Priority == EffectivePriority && packet.Source > SourceAddress) || StepAhead(packet);
    }

    // Two that became masters in one moment count the same numbers: each takes the other's adverts for old ones, for ever with the original.
    // The lesser one yields all the same; the greater one steps ahead, so that its next number is news to the lesser.
    private bool StepAhead(in AdvertPacket packet)
    {
        Discard(packet, AdvertProblem.Replayed, packet.Sequence, Sequence);
        Sequence++;
        return false;
    }

    private ReadOnlySpan<byte> Secret
    {
        get
        {
            var secret = Config.Authentication is { } authentication ? authentication.Secret.AsSpan() : [];
            return secret[..Math.Min(secret.Length, AdvertFormat.PasswordBytes)];
        }
    }

    private bool AgreesWithUs(in AdvertPacket packet)
    {
        var seconds = AdvertInterval / Microseconds.Second;
        if (Config.Version == 2 && packet.IntervalSeconds != seconds) return Discard(packet, AdvertProblem.Interval, packet.IntervalSeconds, seconds);
        if (packet.Type != AdvertFormat.Advertisement) return Discard(packet, AdvertProblem.Type, packet.Type, AdvertFormat.Advertisement);
        // The original takes an interval of 0 and becomes master in the same moment; no router sends it.
        if (Config.Version == 3 && packet.IntervalCentiseconds == 0) return Discard(packet, AdvertProblem.Interval);
        if (ComparesAddresses(packet) && packet.AddressCount != _announced.Length)
            return Discard(packet, AdvertProblem.AddressCount, packet.AddressCount, _announced.Length);
        return true;
    }

    private bool ComparesAddresses(in AdvertPacket packet) => !Config.SkipAddressCheck || packet.Source != MasterAddress;

    private bool HasRightChecksum(in AdvertPacket packet)
    {
        if (Config.Version == 2) return packet.HasPlainChecksum || Discard(packet, AdvertProblem.ChecksumV2);
        if (!IsV6 && Config.ChecksumWithoutPseudoHeader) return packet.HasPlainChecksum || Discard(packet, AdvertProblem.ChecksumV3);
        if (IsV6 || !Config.Path.IsUnicast) return packet.HasChecksumTowards(packet.Destination) || Discard(packet, AdvertProblem.ChecksumV3);
        if (packet.HasChecksumTowards(UsesOldChecksum ? OldDestination : packet.Destination)) return true;
        if (UsesOldChecksum || Config.OldUnicastChecksum != OldChecksum.Automatic || !packet.HasChecksumTowards(OldDestination))
            return Discard(packet, AdvertProblem.ChecksumV3);
        UsesOldChecksum = true;
        _core.Effects.Add(new OldChecksumRecognised(Name));
        return true;
    }

    // Releases up to 1.3.6 put the group into the pseudo header of unicast, too.
    private RouterAddress OldDestination => RouterAddress.From(_core.Config.Global.Group4);

    // From here on it counts as received, and its sequence number as seen.
    private bool Count()
    {
        Counters.AdvertsReceived++;
        return true;
    }

    private bool IsFromPeer(in AdvertPacket packet)
    {
        if (!Config.Path.IsUnicast) return true;
        var peer = Array.IndexOf(_peers, packet.Source);
        if (peer < 0) return !Config.Path.CheckSource || Discard(packet, AdvertProblem.NotAPeer);
        var (lowest, highest) = (Math.Max(0, Config.Path.Peers[peer].MinTtl), Config.Path.Peers[peer].MaxTtl is >= 0 and var most ? most : 255);
        return packet.Ttl < 0 || (packet.Ttl >= lowest && packet.Ttl <= highest) || Discard(packet, AdvertProblem.TtlRange, packet.Ttl, (lowest * 256) + highest);
    }

    private bool NamesOurAddresses(in AdvertPacket packet)
    {
        if (ComparesAddresses(packet))
            foreach (var address in _announced)
                if (!packet.Announces(address)) return Discard(packet, AdvertProblem.AddressMissing, Config.RouterId, 0, address);
        if (UsesHeader && State == VrrpState.Backup) Sequence = packet.Sequence;
        return true;
    }

    private bool Discard(in AdvertPacket packet, AdvertProblem problem, long received = 0, long expected = 0, RouterAddress address = default)
    {
        Counters.Count(problem);
        _core.Effects.Add(_discarded.Fill(problem, received, expected, packet.Source, address));
        return false;
    }
}
