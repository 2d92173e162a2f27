using System.Net;
using System.Net.Sockets;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>A route as the kernel describes it (RTM_NEWROUTE, RTM_DELROUTE).</summary>
public sealed record RouteNotice
{
    private const int FixedSize = 12;

    /// <summary>The family.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Where to; null for the default route.</summary>
    public IPAddress? Destination { get; init; }

    /// <summary>Bits of the destination.</summary>
    public int PrefixLength { get; init; }

    /// <summary>The table.</summary>
    public uint Table { get; init; }

    /// <summary>Who made it; 18 is keepalived.</summary>
    public byte Protocol { get; init; }

    /// <summary>The type (RTN_*).</summary>
    public byte Type { get; init; }

    /// <summary>Type of service.</summary>
    public byte Tos { get; init; }

    /// <summary>The metric.</summary>
    public uint Metric { get; init; }

    /// <summary>The outgoing link; 0 where there is none or where there are several hops.</summary>
    public int Interface { get; init; }

    /// <summary>The next router; null where there is none or where there are several hops.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Reads the body of a message; null where it is cut off or of another family.</summary>
    public static RouteNotice? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedSize || body[0] is not (2 or 10))
        {
            return null;
        }

        IPAddress? destination = null, gateway = null;
        uint table = body[4], metric = 0;
        var output = 0;
        var attributes = new AttributeReader(body[FixedSize..]);
        while (attributes.Next())
        {
            switch (attributes.Type)
            {
                case RouteAttribute.Destination: destination = attributes.Address; break;
                case RouteAttribute.Gateway: gateway = attributes.Address; break;
                case RouteAttribute.Table: table = attributes.Number; break;
                case RouteAttribute.Priority: metric = attributes.Number; break;
                case RouteAttribute.OutputInterface: output = (int)attributes.Number; break;
            }
        }

        return new RouteNotice
        {
            Family = body[0] == 2 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, Destination = destination,
            PrefixLength = body[1], Tos = body[3], Table = table, Protocol = body[5], Type = body[7], Metric = metric,
            Interface = output, Gateway = gateway,
        };
    }
}
