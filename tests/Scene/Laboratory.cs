using Dropin.Tests.Support.Networks;

namespace Dropin.Scene;

/// <summary>
/// The network of the document in namespaces of our own: a switch, the load balancer (which also holds the virtual address), two
/// web servers and a client.
/// </summary>
internal sealed class Laboratory : Network
{
    public const string Virtual = "192.168.219.253", Web01 = "192.168.219.128", Web02 = "192.168.219.129", ClientAddress = "192.168.219.10";

    public Laboratory()
    {
        try
        {
            Balancer = Host("lb", "192.168.219.125");
            Shell.Ip($"-n {Balancer.Namespace} addr add {Virtual}/24 dev eth0");
            FirstWeb = Host("web01", Web01);
            SecondWeb = Host("web02", Web02);
            Client = Host("client", ClientAddress);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Node Balancer { get; }

    public Node FirstWeb { get; }

    public Node SecondWeb { get; }

    public Node Client { get; }

    /// <summary>Why no such network can be made here, or null.</summary>
    public static string? WhyNot()
    {
        if (Environment.UserName != "root") return "network namespaces need root";
        try
        {
            using var laboratory = new Laboratory();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "network namespaces cannot be made here: " + e.Message;
        }
    }
}
