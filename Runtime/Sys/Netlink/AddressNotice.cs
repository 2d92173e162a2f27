using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>An address of a link as the kernel describes it (RTM_NEWADDR, RTM_DELADDR).</summary>
public sealed record AddressNotice
{
    private const int FixedSize = 8;

    /// <summary>The number of its link.</summary>
    public required int Index { get; init; }

    /// <summary>Our own address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The other end; equal to the address where there is none.</summary>
    public required IPAddress Peer { get; init; }

    /// <summary>Bits of the network.</summary>
    public int PrefixLength { get; init; }

    /// <summary>rtnetlink's scope: 0 global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>Its flags.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>Its label; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>IPv4 or IPv6.</summary>
    public AddressFamily Family => Address.AddressFamily;

    /// <summary>Reads the body of a message; null where it is cut off or of another family.</summary>
    public static AddressNotice? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedSize)
        {
            return null;
        }

        IPAddress? address = null, local = null;
        uint flags = body[2];
        var label = "";
        var attributes = new AttributeReader(body[FixedSize..]);
        while (attributes.Next())
        {
            switch (attributes.Type)
            {
                case AddressAttribute.Address: address = attributes.Address; break;
                case AddressAttribute.Local: local = attributes.Address; break;
                case AddressAttribute.Label: label = attributes.Text; break;
                case AddressAttribute.Flags: flags = attributes.Number; break;
            }
        }

        // IPv6 gives IFA_LOCAL for addresses with another end only.
        local ??= address;
        return local is null
            ? null
            : new AddressNotice
            {
                Index = MemoryMarshal.Read<int>(body[4..]), Address = local, Peer = address ?? local, PrefixLength = body[1], Scope = body[3],
                Flags = (AddressFlags)flags, Label = label,
            };
    }
}

/// <summary>Flags of an address (IFA_F_*).</summary>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>IPv4: another one of the same network came before; IPv6: temporary.</summary>
    Secondary = 1,

    /// <summary>It is not asked whether another host has it.</summary>
    NoDuplicateDetection = 2,

    /// <summary>Another host has it.</summary>
    DuplicateFound = 8,

    /// <summary>Not for new connections any more.</summary>
    Deprecated = 0x20,

    /// <summary>It is being asked whether another host has it.</summary>
    Tentative = 0x40,

    /// <summary>It stays for ever.</summary>
    Permanent = 0x80,
}
