namespace Dropin.Scene;

/// <summary>
/// The network of the document in namespaces of our own: a switch, the load balancer (which also holds the virtual address), two
/// web servers and a client. Its addresses exist nowhere else, and vanish with it.
/// </summary>
internal sealed class Laboratory : IDisposable
{
    public const string Virtual = "192.168.219.253", Web01 = "192.168.219.128", Web02 = "192.168.219.129", ClientAddress = "192.168.219.10";

    private readonly List<string> _made = [];
    private readonly string _id = $"dropin-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";

    private static int s_count;

    public Laboratory()
    {
        try
        {
            var hub = Make("hub");
            Shell.Ip($"-n {hub} link add hub type bridge");
            Shell.Ip($"-n {hub} link set hub up");
            Balancer = Host(hub, "lb", "192.168.219.125");
            Shell.Ip($"-n {Balancer.Namespace} addr add {Virtual}/24 dev eth0");
            FirstWeb = Host(hub, "web01", Web01);
            SecondWeb = Host(hub, "web02", Web02);
            Client = Host(hub, "client", ClientAddress);
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

    public void Dispose()
    {
        foreach (var ns in _made) Shell.Try("ip", ["netns", "del", ns]);
        _made.Clear();
    }

    private Node Host(string hub, string name, string address)
    {
        var ns = Make(name);
        Shell.Ip($"link add name eth0 netns {ns} type veth peer name {name} netns {hub}");
        Shell.Ip($"-n {hub} link set {name} master hub up");
        Shell.Ip($"-n {ns} addr add {address}/24 dev eth0");
        Shell.Ip($"-n {ns} link set eth0 up");
        return new Node(ns);
    }

    private string Make(string name)
    {
        var ns = $"{_id}-{name}";
        Shell.Ip($"netns add {ns}");
        _made.Add(ns);
        Shell.Ip($"-n {ns} link set lo up");
        return ns;
    }
}
