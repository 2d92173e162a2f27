using System.Buffers.Binary;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>
/// The oracle of the fuzzer. An input is a byte of flags (kind of router, whether it is master already, whether lengths and checksums are
/// repaired so that mutations come deeper) and datagrams, each behind a byte with its length.
/// </summary>
internal static class VrrpFuzzTarget
{
    private const int Repaired = 0x40;
    private const int Backup = 0x80;

    private static readonly List<WireFixture> Kinds = [.. WireFixture.All.Where(f => !f.IsSent).DistinctBy(f => f.Instance with { At = default })];

    public static IEnumerable<byte[]> Seeds => WireFixture.All.Where(f => !f.IsSent && f.Bytes.Length < 256).SelectMany(f =>
    {
        var kind = Kinds.FindIndex(k => k.Instance == f.Instance);
        byte[] one = [(byte)f.Bytes.Length, .. f.Bytes];
        return new byte[][] { [(byte)kind, .. one, .. one], [(byte)(kind | Backup), .. one], [(byte)(kind | Repaired), .. one, .. one] };
    });

    public static void Check(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) return;
        var flags = input[0];
        var kind = Kinds[(flags & 0x3f) % Kinds.Count];
        var router = (flags & Backup) != 0
            ? new Router(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [kind.Instance] }).Start()
            : kind.Router();
        for (var rest = input[1..]; !rest.IsEmpty;)
        {
            var length = Math.Min(rest[0], rest.Length - 1);
            var datagram = rest.Slice(1, length).ToArray();
            rest = rest[(1 + length)..];
            if ((flags & Repaired) != 0) Repair(datagram, kind);
            Deliver(router, kind, datagram);
            router.Wait(0.3);
            Expect(Holds(router.Only), "addresses and timers fit to the state");
        }
    }

    private static void Deliver(Router router, WireFixture kind, byte[] datagram)
    {
        var instance = router.Only;
        router.Take();
        var (before, sequence, received) = (Snapshot(instance), instance.Sequence, instance.Counters.AdvertsReceived);
        router.Receive(datagram, envelope: kind.Envelope);
        var effects = router.Take();
        Expect(effects.TrueForAll(e => e is not Announce || instance.State == VrrpState.Master), "only a master announces");
        var refused = effects.Exists(e => e is PacketDiscarded);
        // A rival that counts the same numbers is refused, and our next number is one higher than it would have been.
        var isRival = effects is [PacketDiscarded { Problem: AdvertProblem.Replayed }] && instance.State == VrrpState.Master;
        if (refused) Expect(instance.Sequence == sequence || (isRival && instance.Sequence == sequence + 1), "what is refused does not move the sequence number");
        if (refused || instance.Counters.AdvertsReceived == received) Expect(Snapshot(instance) == before && effects.TrueForAll(e => e is PacketDiscarded or OldChecksumRecognised), "what is refused changes nothing");
        else Expect(IsRight(datagram, kind.Instance, kind.IsV6), "what is taken is right");
    }

    // A second reading, as short as possible: what no advert that counts may lack.
    private static bool IsRight(byte[] datagram, InstanceConfig config, bool isV6)
    {
        var start = isV6 ? 0 : ((datagram[0] & 15) * 4) + (config.Authentication?.Kind == AuthenticationKind.Header ? 24 : 0);
        var message = datagram.AsSpan(start);
        var size = isV6 ? 16 : 4;
        var length = 8 + (message[3] * size) + (config.Version == 2 ? 8 : 0);
        if (message.Length != length || message[0] != ((config.Version << 4) | 1) || message[1] != config.RouterId || message[3] != config.Addresses.Count) return false;
        if (!isV6 && BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(2)) != datagram.Length) return false;
        if (!config.Path.IsUnicast && !isV6 && datagram[8] != 255) return false;
        if (config.Version == 2 && (message[5] != config.AdvertInterval.TotalSeconds || message[4] != (int)(config.Authentication?.Kind ?? 0))) return false;
        if (config.Version == 2 && Sum(message) != 0xffff) return false;
        foreach (var address in config.Addresses)
            if (!Contains(message[8..], address.Address.GetAddressBytes(), message[3])) return false;
        return config.Authentication?.Kind != AuthenticationKind.Password || message[^8..].StartsWith(config.Authentication.Secret.AsSpan());
    }

    private static bool Contains(ReadOnlySpan<byte> list, byte[] address, int count)
    {
        for (var i = 0; i < count; i++)
            if (list.Slice(i * address.Length, address.Length).SequenceEqual(address)) return true;
        return false;
    }

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++) sum += (i & 1) == 0 ? bytes[i] << 8 : bytes[i];
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }

    private static void Repair(byte[] datagram, WireFixture kind)
    {
        var start = kind.IsV6 ? 0 : 20 + (kind.Instance.Authentication?.Kind == AuthenticationKind.Header ? 24 : 0);
        if (datagram.Length < start + 8) return;
        if (!kind.IsV6) BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        var message = datagram.AsSpan(start);
        if (kind.Instance.Version == 2 || kind.Instance.ChecksumWithoutPseudoHeader)
        {
            AdvertWriter.WritePlainChecksum(message);
            return;
        }
        var (source, destination) = kind.IsV6 ? (kind.Envelope.Source, kind.Envelope.Destination)
            : (RouterAddress.Read(datagram.AsSpan(12, 4)), RouterAddress.Read(datagram.AsSpan(16, 4)));
        AdvertWriter.WriteChecksum(message, source, destination);
    }

    private static bool Holds(InstanceState i) =>
        i.HoldsAddresses == (i.State == VrrpState.Master) && i.TimerAt != long.MaxValue && i.EffectivePriority is > 0 and <= 255 && i.MasterDownInterval > 0;

    private static string Snapshot(InstanceState i) =>
        $"{i.State} {i.WantedState} {i.TimerAt} {i.EffectivePriority} {i.MasterAddress} {i.MasterPriority} {i.MasterAdvertInterval} {i.PreemptAt}";

    private static void Expect(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"broken: {what}");
    }
}
