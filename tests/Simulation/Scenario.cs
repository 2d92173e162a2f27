using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Simulation;

/// <summary>What a seed decides: routers, protocol, network, and how they are troubled.</summary>
internal sealed class Scenario
{
    private readonly double _delay;

    public const long Second = 1_000_000;

    public const string Interface = "eth0";

    public const string File = "weight";

    public Scenario(int seed)
    {
        Seed = seed;
        Random = new Random(seed);
        Routers = 2 + Random.Next(4);
        Version = 2 + Random.Next(2);
        IsV6 = Version == 3 && Random.Next(3) == 0;
        Instances = Random.Next(3) == 0 ? 2 : 1;
        IsGroup = Instances == 2;
        Interval = Version == 2 ? (1 + Random.Next(2)) * Second : (10 + Random.Next(190)) * (Second / 100);
        DownTimerAdverts = Random.Next(5) == 0 ? 2 + Random.Next(4) : 3;
        NoPreempt = Random.Next(3) == 0;
        PreemptDelay = !NoPreempt && Random.Next(4) == 0 ? (long)(Random.NextDouble() * 3 * Second) : 0;
        EqualPriorities = Random.Next(5) == 0;
        Authentication = Version == 2 ? (AuthenticationKind)Random.Next(3) : default;
        IsUnicast = !IsV6 && Random.Next(4) == 0;
        HasOwner = !NoPreempt && PreemptDelay == 0 && !EqualPriorities && Random.Next(4) == 0;
        Loss = Random.Next(2) == 0 ? 0 : Random.NextDouble() * 0.4;
        Duplication = Random.Next(2) == 0 ? 0 : Random.NextDouble() * 0.3;
        Corruption = Random.Next(3) == 0 ? Random.NextDouble() * 0.2 : 0;
        // Late and out of order, but within one interval: otherwise old adverts would be news.
        _delay = Random.NextDouble() * 0.4;
        ClockSkew = Random.Next(2) == 0 ? 0 : Random.Next(2000);
        for (var i = 0; i < Routers; i++)
        {
            Priorities.Add(HasOwner && i == Routers - 1 ? 255 : EqualPriorities ? 100 : PriorityOf(i));
            // Version 3 lets each router have an interval of its own; backups learn the master's.
            Intervals.Add(Version == 3 && i > 0 && Random.Next(4) == 0 ? (10 + Random.Next(190)) * (Second / 100) : Interval);
        }
        MostDelay = 1000 + (long)(_delay * Intervals.Min());
    }

    public int Seed { get; }

    public Random Random { get; }

    public int Routers { get; }

    public int Version { get; }

    public bool IsV6 { get; }

    public int Instances { get; }

    public bool IsGroup { get; }

    /// <summary>Microseconds.</summary>
    public long Interval { get; }

    public int DownTimerAdverts { get; }

    public bool NoPreempt { get; }

    public long PreemptDelay { get; }

    public bool EqualPriorities { get; }

    /// <summary>0 for none.</summary>
    public AuthenticationKind Authentication { get; }

    public bool IsUnicast { get; }

    /// <summary>The last router owns the addresses and is configured as master.</summary>
    public bool HasOwner { get; }

    public double Loss { get; set; }

    public double Duplication { get; set; }

    public double Corruption { get; set; }

    public long MostDelay { get; set; }

    /// <summary>How much faster or slower clocks run at most, parts in a million.</summary>
    public int ClockSkew { get; }

    public List<int> Priorities { get; } = [];

    public List<long> Intervals { get; } = [];

    /// <summary>The longest time a backup may be silent: three intervals and the greatest skew.</summary>
    public long LongestDown => (DownTimerAdverts * Intervals.Max()) + (Version == 2 ? Second : Intervals.Max());

    public KeepalivedConfig ConfigOf(int router)
    {
        var file = new TrackFileConfig { Name = File, Path = "/weight" };
        var instances = new List<InstanceConfig>();
        for (var i = 0; i < Instances; i++)
            instances.Add(new InstanceConfig
            {
                Name = "V" + i,
                Interface = Interface,
                RouterId = 51 + i,
                Priority = Priorities[router],
                Version = Version,
                Family = IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
                AdvertInterval = TimeSpan.FromMicroseconds(Intervals[router]),
                DownTimerAdverts = DownTimerAdverts,
                NoPreempt = NoPreempt,
                PreemptDelay = TimeSpan.FromMicroseconds(PreemptDelay),
                Addresses = [AddressOf(100 + (2 * i)), AddressOf(101 + (2 * i))],
                Authentication = Authentication == default ? null : new AuthenticationConfig(Authentication, [.. "secret"u8]),
                WantsMaster = Priorities[router] == 255,
                Path = IsUnicast ? new AdvertPathConfig { IsUnicast = true, Peers = [.. Others(router)] } : new AdvertPathConfig(),
                Tracking = new TrackingConfig { Files = [new Tracked<TrackFileConfig>(file, 1, false)] },
            });
        return new KeepalivedConfig
        {
            Global = new GlobalConfig(),
            Instances = [.. instances],
            Files = [file],
            SyncGroups = IsGroup ? [new SyncGroupConfig { Name = "G", Members = [.. instances] }] : [],
        };
    }

    public override string ToString() =>
        $"seed {Seed}: {Routers} routers, version {Version}{(IsV6 ? " IPv6" : "")}{(IsUnicast ? " unicast" : "")}, {Authentication}, {Instances} instances, intervals {string.Join(' ', Intervals)} us, x{DownTimerAdverts}, "
        + $"nopreempt {NoPreempt}, delay {PreemptDelay} us, priorities {string.Join(' ', Priorities)}, loss {Loss:F2}, clock skew {ClockSkew}";

    private IEnumerable<UnicastPeerConfig> Others(int router) =>
        Enumerable.Range(0, Routers).Where(i => i != router).Select(i => new UnicastPeerConfig(IPAddress.Parse($"10.9.0.{i + 1}")));

    private AddressConfig AddressOf(int last) =>
        new() { Address = IPAddress.Parse(IsV6 ? $"fe80::{last}" : $"10.9.0.{last}"), PrefixLength = IsV6 ? 64 : 24 };

    // All different, as the manual asks for.
    private int PriorityOf(int router) => 20 + (40 * router) + Random.Next(30);
}
