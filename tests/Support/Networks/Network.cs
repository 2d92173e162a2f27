namespace Dropin.Tests.Support.Networks;

/// <summary>Hosts on one switch, each in a network namespace of our own. Their addresses exist nowhere else, and vanish with them.</summary>
public abstract class Network : IDisposable
{
    private readonly List<string> _made = [];
    private readonly string _id = $"dropin-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";

    private static int s_count;

    protected Network()
    {
        Hub = Make("hub");
        try
        {
            Shell.Ip($"-n {Hub} link add name switch type bridge");
            Shell.Ip($"-n {Hub} link set switch up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The namespace of the switch; a host's port has its name.</summary>
    public string Hub { get; }

    public void Dispose()
    {
        foreach (var ns in _made) Shell.Try("ip", ["netns", "del", ns]);
        _made.Clear();
    }

    protected Node Host(string name, string address)
    {
        var ns = Make(name);
        Shell.Ip($"link add name eth0 netns {ns} type veth peer name {name} netns {Hub}");
        Shell.Ip($"-n {Hub} link set {name} master switch up");
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
