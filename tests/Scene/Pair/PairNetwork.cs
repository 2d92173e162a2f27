using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Pair;

/// <summary>The document's pair: two load balancers and a client.</summary>
internal sealed class PairNetwork : Network
{
    public const string Virtual = "192.168.219.253";

    public PairNetwork()
    {
        try
        {
            First = Host("lb1", "192.168.219.125");
            Second = Host("lb2", "192.168.219.126");
            Client = Host("client", "192.168.219.10");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Node First { get; }

    public Node Second { get; }

    public Node Client { get; }

    /// <summary>Pulls the plug of the first load balancer, or puts it back.</summary>
    public void PlugFirst(bool isIn) => Shell.Ip($"-n {Hub} link set lb1 {(isIn ? "up" : "down")}");
}
