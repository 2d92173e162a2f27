using System.Net;
using System.Net.Sockets;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Simulation;

/// <summary>What a seed decides: routers, protocol, network, and how they are troubled.</summary>
internal sealed class Scenario
{
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
        Secret = Version == 2 && Random.Next(3) == 0;
        Loss = Random.Next(2) == 0 ? 0 : Random.NextDouble() * 0.4;
        Duplication = Random.Next(2) == 0 ? 0 : Random.NextDouble() * 0.3;
        Corruption = Random.Next(3) == 0 ? Random.NextDouble() * 0.2 : 0;
        // Late and out of order, but within one interval: otherwise old adverts would be news.
        MostDelay = 1000 + (long)(Random.NextDouble() * Interval * 0.4);
        ClockSkew = Random.Next(2) == 0 ? 0 : Random.Next(2000);
        for (var i = 0; i < Routers; i++) Priorities.Add(EqualPriorities ? 100 : PriorityOf(i));
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

    public bool Secret { get; }

    public double Loss { get; set; }

    public double Duplication { get; set; }

    public double Corruption { get; set; }

    public long MostDelay { get; set; }

    /// <summary>How much faster or slower clocks run at most, parts in a million.</summary>
    public int ClockSkew { get; }

    public List<int> Priorities { get; } = [];

    /// <summary>The longest time a backup may be silent: three intervals and the greatest skew.</summary>
    public long LongestDown => (DownTimerAdverts * Interval) + (Version == 2 ? Second : Interval);

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
                AdvertInterval = TimeSpan.FromMicroseconds(Interval),
                DownTimerAdverts = DownTimerAdverts,
                NoPreempt = NoPreempt,
                PreemptDelay = TimeSpan.FromMicroseconds(PreemptDelay),
                Addresses = [AddressOf(100 + (2 * i)), AddressOf(101 + (2 * i))],
                Authentication = Secret ? new AuthenticationConfig(AuthenticationKind.Password, [.. "secret"u8]) : null,
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
        $"seed {Seed}: {Routers} routers, version {Version}{(IsV6 ? " IPv6" : "")}, {Instances} instances, interval {Interval} us, x{DownTimerAdverts}, "
        + $"nopreempt {NoPreempt}, delay {PreemptDelay} us, priorities {string.Join(' ', Priorities)}, loss {Loss:F2}, clock skew {ClockSkew}";

    private AddressConfig AddressOf(int last) =>
        new() { Address = IPAddress.Parse(IsV6 ? $"fe80::{last}" : $"10.9.0.{last}"), PrefixLength = IsV6 ? 64 : 24 };

    // All different, as the manual asks for.
    private int PriorityOf(int router) => 20 + (40 * router) + Random.Next(30);
}
