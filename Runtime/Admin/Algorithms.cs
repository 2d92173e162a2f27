using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Runtime.Admin;

/// <summary>Names of balancing algorithms in the field <c>algo</c>.</summary>
internal static class Algorithms
{
    internal static string NameOf(BalanceAlgorithm algorithm) => algorithm switch
    {
        BalanceAlgorithm.RoundRobin => "roundrobin",
        BalanceAlgorithm.StaticRoundRobin => "static-rr",
        BalanceAlgorithm.LeastConnections => "leastconn",
        BalanceAlgorithm.First => "first",
        BalanceAlgorithm.Source => "source",
        BalanceAlgorithm.Uri => "uri",
        BalanceAlgorithm.UrlParameter => "url_param",
        BalanceAlgorithm.Header => "hdr",
        BalanceAlgorithm.RdpCookie => "rdp-cookie",
        BalanceAlgorithm.Random => "random",
        BalanceAlgorithm.Hash => "hash",
        _ => "unknown",
    };
}
