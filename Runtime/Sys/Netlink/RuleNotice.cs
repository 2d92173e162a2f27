using System.Net;
using System.Net.Sockets;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>A routing rule as the kernel describes it (RTM_NEWRULE, RTM_DELRULE).</summary>
public sealed record RuleNotice
{
    private const int FixedSize = 12;

    /// <summary>The family.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>The preference.</summary>
    public uint Preference { get; init; }

    /// <summary>The table; 0 where the action is another one.</summary>
    public uint Table { get; init; }

    /// <summary>What it does (FR_ACT_*).</summary>
    public byte Action { get; init; }

    /// <summary>From where; null for anywhere.</summary>
    public IPAddress? From { get; init; }

    /// <summary>Bits of the source.</summary>
    public int FromPrefixLength { get; init; }

    /// <summary>Where to; null for anywhere.</summary>
    public IPAddress? To { get; init; }

    /// <summary>Bits of the destination.</summary>
    public int ToPrefixLength { get; init; }

    /// <summary>Reads the body of a message; null where it is cut off or of another family.</summary>
    public static RuleNotice? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedSize || body[0] is not (2 or 10))
        {
            return null;
        }

        IPAddress? from = null, to = null;
        uint table = body[4], preference = 0;
        var attributes = new AttributeReader(body[FixedSize..]);
        while (attributes.Next())
        {
            switch (attributes.Type)
            {
                case RuleAttribute.Source: from = attributes.Address; break;
                case RuleAttribute.Destination: to = attributes.Address; break;
                case RuleAttribute.Table: table = attributes.Number; break;
                case RuleAttribute.Priority: preference = attributes.Number; break;
            }
        }

        return new RuleNotice
        {
            Family = body[0] == 2 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, ToPrefixLength = body[1], FromPrefixLength = body[2],
            Action = body[7], Table = table, Preference = preference, From = from, To = to,
        };
    }
}
