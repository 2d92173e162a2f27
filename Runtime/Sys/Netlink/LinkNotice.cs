using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>A link as the kernel describes it (RTM_NEWLINK, RTM_DELLINK).</summary>
public sealed record LinkNotice
{
    private const int FixedSize = 16;

    /// <summary>Its number.</summary>
    public required int Index { get; init; }

    /// <summary>Its name; empty where the message has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>The kind of hardware (ARPHRD_*): 1 Ethernet, 772 loopback, 32 InfiniBand ...</summary>
    public int HardwareType { get; init; }

    /// <summary>The hardware address.</summary>
    public PhysicalAddress Mac { get; init; } = PhysicalAddress.None;

    /// <summary>The hardware's broadcast address.</summary>
    public PhysicalAddress MacBroadcast { get; init; } = PhysicalAddress.None;

    /// <summary>The MTU in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>The number of the link below; 0 for none.</summary>
    public int Below { get; init; }

    /// <summary>The number of the bridge, bond or VRF above; 0 for none.</summary>
    public int Master { get; init; }

    /// <summary>The kind of a virtual link: macvlan, veth, bond ...; empty for none.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The mode of a macvlan (1 private, 2 vepa, 4 bridge ...); 0 for none.</summary>
    public int MacvlanMode { get; init; }

    /// <summary>Switched on and with a carrier.</summary>
    public bool IsRunning => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);

    /// <summary>Reads the body of a message; null where it is cut off.</summary>
    public static LinkNotice? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedSize)
        {
            return null;
        }

        string name = "", kind = "";
        PhysicalAddress mac = PhysicalAddress.None, broadcast = PhysicalAddress.None;
        int mtu = 0, below = 0, master = 0, mode = 0;
        var attributes = new AttributeReader(body[FixedSize..]);
        while (attributes.Next())
        {
            switch (attributes.Type)
            {
                case LinkAttribute.Name: name = attributes.Text; break;
                case LinkAttribute.Address: mac = new PhysicalAddress(attributes.Value.ToArray()); break;
                case LinkAttribute.Broadcast: broadcast = new PhysicalAddress(attributes.Value.ToArray()); break;
                case LinkAttribute.Mtu: mtu = (int)attributes.Number; break;
                case LinkAttribute.Link: below = (int)attributes.Number; break;
                case LinkAttribute.Master: master = (int)attributes.Number; break;
                case LinkAttribute.Info: (kind, mode) = ReadInfo(attributes.Value); break;
            }
        }

        return new LinkNotice
        {
            Index = MemoryMarshal.Read<int>(body[4..]), Flags = (LinkFlags)MemoryMarshal.Read<uint>(body[8..]),
            HardwareType = MemoryMarshal.Read<ushort>(body[2..]), Name = name, Mac = mac, MacBroadcast = broadcast, Mtu = mtu,
            Below = below, Master = master, Kind = kind, MacvlanMode = mode,
        };
    }

    private static (string Kind, int Mode) ReadInfo(ReadOnlySpan<byte> info)
    {
        var kind = "";
        var mode = 0;
        var attributes = new AttributeReader(info);
        while (attributes.Next())
        {
            if (attributes.Type == LinkAttribute.InfoKind)
            {
                kind = attributes.Text;
            }
            else if (attributes.Type == LinkAttribute.InfoData && kind == "macvlan")
            {
                var data = new AttributeReader(attributes.Value);
                while (data.Next())
                {
                    mode = data.Type == 1 ? (int)data.Number : mode;
                }
            }
        }

        return (kind, mode);
    }
}

/// <summary>Flags of a link (IFF_*, netdevice(7)).</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Switched on.</summary>
    Up = 1,

    /// <summary>It can broadcast.</summary>
    Broadcast = 2,

    /// <summary>The loopback link.</summary>
    Loopback = 8,

    /// <summary>It has two ends.</summary>
    PointToPoint = 0x10,

    /// <summary>It works.</summary>
    Running = 0x40,

    /// <summary>It has no ARP.</summary>
    NoArp = 0x80,

    /// <summary>It can multicast.</summary>
    Multicast = 0x1000,
}
