using System.Globalization;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Compat.Keepalived.Texts;

/// <summary>What the log says about a packet that is discarded.</summary>
internal static class DiscardSentence
{

    /// <summary>The sentence.</summary>
    internal static string Of(PacketDiscarded packet)
    {
        FormattableString text = packet.Problem switch
        {
            AdvertProblem.TooShortV4 => $"IPv4 VRRP packet too short - {packet.Received} bytes",
            AdvertProblem.TooShortHeader => $"IPv4 VRRP packet with AH too short - {packet.Received} bytes",
            AdvertProblem.TooShortV6 => $"IPv6 VRRP packet too short - {packet.Received} bytes",
            AdvertProblem.TotalLength => $"({packet.Name}) ip_tot_len mismatch against received length. {packet.Expected} and received {packet.Received}",
            AdvertProblem.UnexpectedHeader => $"({packet.Name}) received a 2 auth, expecting {packet.Expected}!",
            AdvertProblem.MissingHeader => $"({packet.Name}) received a {packet.Received} auth, expecting 2!",
            AdvertProblem.SecurityIndex => $"IPSEC AH : invalid IPSEC SPI value. {packet.Expected} and expect {packet.Received}",
            AdvertProblem.Replayed => $"({packet.Name}) IPSEC-AH : sequence number {packet.Received} already processed. Packet dropped. Local({packet.Expected})",
            AdvertProblem.Proof => $"({packet.Name}) IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !",
            AdvertProblem.TooShort => $"({packet.Name}) vrrp packet too short, length {packet.Received} and expect {packet.Expected}",
            AdvertProblem.TooLong => $"({packet.Name}) vrrp packet too long, length {packet.Received} and expect {packet.Expected}",
            AdvertProblem.Ttl => $"({packet.Name}) invalid TTL/HL. Received {packet.Received} and expect {packet.Expected}",
            AdvertProblem.TtlRange => $"({packet.Name}) TTL/HL {packet.Received} not in range {packet.Expected / 256} - {packet.Expected % 256}",
            AdvertProblem.Version => $"({packet.Name}) wrong version. Received {packet.Received} and expect {packet.Expected}",
            AdvertProblem.Type => $"({packet.Name}) Invalid packet type. {packet.Received} and expect {packet.Expected}",
            AdvertProblem.AuthenticationMismatch => $"({packet.Name}) received a {packet.Received} auth, expecting {packet.Expected}!",
            AdvertProblem.AuthenticationType => $"({packet.Name}) Invalid auth type: {packet.Received}",
            AdvertProblem.Password => $"({packet.Name}) received an invalid passwd!",
            AdvertProblem.AddressCount => $"({packet.Name}) received an unexpected ip number count {packet.Received}, expected {packet.Expected}!",
            AdvertProblem.AddressMissing => $"({packet.Name}) ip address associated with VRID {packet.Received} not present in MASTER advert: {packet.Address}",
            AdvertProblem.Interval => $"({packet.Name}) advertisement interval mismatch mine={packet.Expected} sec rcv'd={packet.Received} sec",
            AdvertProblem.ChecksumV2 => $"({packet.Name}) Invalid VRRPv2 checksum",
            AdvertProblem.ChecksumV3 => $"({packet.Name}) Invalid VRRPv3 checksum",
            AdvertProblem.CastMode => $"({packet.Name}) Expected {(packet.Received == 1 ? "un" : "mult")}icast packet but received {(packet.Received == 1 ? "mult" : "un")}icast packet",
            AdvertProblem.NotAPeer => $"({packet.Name}) unicast source address {packet.Sender} not a unicast peer",
            AdvertProblem.RouterId => $"({packet.Name}) Unknown VRID({packet.Received})",
            _ => $"({packet.Name}) packet discarded: {packet.Problem}",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
