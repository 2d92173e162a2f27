using System.Net;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;
using Dropin.Runtime.Vrrp.Events;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>A core with one interface and a clock of its own: tests say what happens and read what it wants done.</summary>
internal sealed class Router
{
    public const long Second = 1_000_000;

    public Router(params InstanceConfig[] instances)
        : this(new KeepalivedConfig { Global = new GlobalConfig(), Instances = [.. instances] })
    {
    }

    public Router(KeepalivedConfig config, string address = "10.9.0.1")
    {
        Core = new VrrpCore(config);
        SetInterface("eth0", true, address, "fe80::1");
    }

    public VrrpCore Core { get; }

    public long Now { get; private set; } = 1000 * Second;

    /// <summary>All effects since the last <see cref="Take"/>.</summary>
    public List<VrrpEffect> Effects { get; } = [];

    public InstanceState this[string name] => Core.Instances.Single(i => i.Name == name);

    public InstanceState Only => Core.Instances[0];

    public static InstanceConfig Instance(string name = "V", int id = 51, int priority = 150, params string[] addresses) => new()
    {
        Name = name,
        Interface = "eth0",
        RouterId = id,
        Priority = priority,
        Addresses = [.. (addresses.Length == 0 ? ["10.9.0.100", "10.9.0.101"] : addresses).Select(Address)],
    };

    public static AddressConfig Address(string text) => new() { Address = IPAddress.Parse(text), PrefixLength = 24 };

    public static RouterAddress A(string text) => RouterAddress.From(IPAddress.Parse(text));

    public void SetInterface(string name, bool up, params string[] addresses)
    {
        Core.InterfaceChanged(Now, new InterfaceFacts(name, 3, up, up, [.. addresses.Select(A)]));
        Collect();
    }

    public Router Start()
    {
        Core.Start(Now);
        Collect();
        return this;
    }

    /// <summary>Lets time pass, serving each timer at its moment.</summary>
    public Router Wait(double seconds)
    {
        var until = Now + (long)(seconds * Second);
        while (Core.NextDeadline <= until)
        {
            Now = Math.Max(Now, Core.NextDeadline);
            Core.Tick(Now);
            Collect();
        }
        Now = until;
        return this;
    }

    /// <summary>Lets time pass without serving anything, as if the process had been stopped.</summary>
    public void Sleep(double seconds) => Now += (long)(seconds * Second);

    public Router UntilMaster()
    {
        Wait(5);
        if (Core.Instances.Any(i => i.State != VrrpState.Master)) throw new InvalidOperationException("not master");
        Take();
        return this;
    }

    public void Do(Action<VrrpCore, long> input)
    {
        input(Core, Now);
        Collect();
    }

    /// <summary>Another router's datagram (IPv4 from the IP header on) comes by the socket of an instance.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, InstanceState? instance = null, AdvertEnvelope envelope = default)
    {
        Core.Receive(Now, (instance ?? Only).Channel, envelope, datagram);
        Collect();
    }

    public void Hear(int priority, string source = "10.9.0.2", InstanceState? instance = null, Advert? change = null)
    {
        var config = (instance ?? Only).Config;
        Receive((change ?? new Advert()).For(config, priority, A(source)), instance);
    }

    public List<VrrpEffect> Take()
    {
        var taken = Effects.ToList();
        Effects.Clear();
        return taken;
    }

    public IEnumerable<T> Taken<T>() where T : VrrpEffect => Take().OfType<T>();

    /// <summary>One word or two for each effect, in order.</summary>
    /// <remarks>What each reload tells of every interface is left out.</remarks>
    public string Story() => string.Join(' ', Take().Where(effect => effect is not InterfaceAddressKept).Select(Word));

    private static string Word(VrrpEffect effect) => effect switch
    {
        SendAdvert advert => $"advert:{advert.Datagram.Span[(advert.Datagram.Span[0] >> 4) == 4 ? ((advert.Datagram.Span[9] == 51 ? 44 : 20) + 2) : 2]}",
        AddVirtual add => $"add:{add.Items.Addresses.Count}",
        RemoveVirtual remove => $"remove:{remove.Items.Addresses.Count}",
        Announce announce => $"announce:{announce.Addresses.Count}x{announce.Repeat}",
        InstanceChanged changed => $"{changed.Instance.Name}={changed.To}",
        GroupChanged changed => $"{changed.Group.Name}={changed.To}",
        EnteringState entering => $"'{entering.Name} {entering.State}{(entering.IsInitial ? " (init)" : "")}'",
        PriorityChanged changed => $"priority:{changed.To}",
        PacketDiscarded discarded => $"discarded:{discarded.Problem}",
        _ => effect.GetType().Name,
    };

    private void Collect()
    {
        foreach (var effect in Core.Effects) Effects.Add(effect);
        Core.Effects.Clear();
    }
}
