using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Runtime.Vrrp.Effects;

/// <summary>One advert goes out; with unicast one effect for each peer.</summary>
/// <param name="Channel">By which socket.</param>
/// <param name="Instance">Whose advert; its <see cref="InstanceState.SendFailed"/> takes the error of a failure.</param>
/// <param name="Source">From (IPv6: to be bound or given as IPV6_PKTINFO).</param>
/// <param name="Destination">To: the group or a peer.</param>
/// <param name="Ttl">TTL or hop limit, 255 unless <c>unicast_ttl</c> says otherwise.</param>
/// <param name="Datagram">
/// IPv4: the whole datagram with its IP header (socket option IP_HDRINCL; the kernel fills in the header's checksum), as the
/// authentication header proves header fields too. IPv6: the VRRP message, checksum done.
/// </param>
public sealed record SendAdvert(AdvertChannel Channel, InstanceState Instance, RouterAddress Source, RouterAddress Destination, int Ttl,
    ReadOnlyMemory<byte> Datagram) : VrrpEffect;
