using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Bus;

/// <summary>One host with two interfaces, one of them with letters that a path on the bus cannot have.</summary>
internal sealed class BusNetwork : Network
{
    public const string Odd = "odd.1-a@";

    public BusNetwork()
    {
        try
        {
            Router = Host("router", "10.78.0.1");
            Shell.Ip($"-n {Router.Namespace} link add {Odd} type veth peer name other");
            Shell.Ip($"-n {Router.Namespace} link set {Odd} up");
            Shell.Ip($"-n {Router.Namespace} link set other up");
            Shell.Ip($"-n {Router.Namespace} addr add 10.78.1.1/24 dev {Odd}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Node Router { get; }

    /// <summary>Takes the carrier of the first interface away, or gives it back.</summary>
    public void Carrier(bool isThere) => Shell.Ip($"-n {Hub} link set router {(isThere ? "up" : "down")}");
}
