using Dropin.Runtime.Ir;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary>The address word of <c>bind</c> and <c>stats socket</c>: a list of addresses, each perhaps with a range of ports.</summary>
internal static class BindAddresses
{
    private const AddressNeeds Needs = AddressNeeds.PortMandatory | AddressNeeds.PortRange | AddressNeeds.Unix | AddressNeeds.Descriptor
        | AddressNeeds.SocketPair | AddressNeeds.ResolveNow | AddressNeeds.NonZeroPort;

    /// <summary>All sockets that the word asks for; null with the sentence of what is wrong.</summary>
    public static List<Endpoint>? Read(string list, ConfigLine line, out FormattableString? error)
    {
        error = null;
        var endpoints = new List<Endpoint>(1);
        foreach (var part in list.Contains(',', StringComparison.Ordinal) ? list.Split(',') : [list])
        {
            // A list may end with a comma.
            if (part.Length == 0 && endpoints.Count > 0)
            {
                break;
            }

            var address = Addresses.Read(part, Needs, line.Document, out error);
            if (address is null)
            {
                return null;
            }

            if (address.Endpoint is IpEndpoint ip)
            {
                for (var port = ip.Port; port <= address.LastPort; port++)
                {
                    endpoints.Add(port == ip.Port ? ip : ip with { Port = port });
                }
            }
            else if (address.Endpoint is UnixEndpoint unix && line.Document.Global.UnixPrefix.Length > 0)
            {
                endpoints.Add(new UnixEndpoint(line.Document.Global.UnixPrefix + unix.Path));
            }
            else
            {
                endpoints.Add(address.Endpoint);
            }
        }

        return endpoints;
    }
}
