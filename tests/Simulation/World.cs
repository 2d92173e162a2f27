using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Effects;

namespace Dropin.Simulation;

/// <summary>Hosts, the network between them, and true time. One step is one datagram, one timer or one act of trouble.</summary>
internal sealed class World
{
    private const int MostSteps = 200_000;

    private readonly PriorityQueue<Action, (long At, long Order)> _queue = new();
    private long _order;

    public World(Scenario scenario)
    {
        Scenario = scenario;
        for (var i = 0; i < scenario.Routers; i++) Hosts.Add(new Host(this, i));
    }

    public Scenario Scenario { get; }

    public List<Host> Hosts { get; } = [];

    /// <summary>Microseconds since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>How often a host became master of the first instance.</summary>
    public int Takeovers { get; private set; }

    /// <summary>When that happened last.</summary>
    public long LastTakeover { get; private set; }

    public int Steps { get; private set; }

    /// <summary>Decides after each step which hosts execute their successors; null for nobody ever.</summary>
    public Random? Handovers { get; init; }

    /// <summary>All that all hosts did, in order; null where nobody wants to know.</summary>
    public List<string>? Told { get; init; }

    public void Tell(Host host, VrrpEffect effect) =>
        Told?.Add($"{Now} {host.Number} {(effect is SendAdvert advert ? Convert.ToHexString(advert.Datagram.Span) : effect)}");

    public void At(long time, Action action) => _queue.Enqueue(action, (time, _order++));

    public void RunUntil(long end)
    {
        while (true)
        {
            var (timer, host) = NextTimer();
            var queued = _queue.TryPeek(out _, out var key) ? key.At : long.MaxValue;
            if (Math.Min(timer, queued) > end) break;
            if (++Steps > MostSteps) throw new BrokenInvariantException($"no rest: {MostSteps} steps until {Now}");
            if (queued <= timer)
            {
                Now = Math.Max(Now, queued);
                _queue.Dequeue()();
            }
            else
            {
                Now = Math.Max(Now, timer);
                host!.Tick();
                if (host.Deadline <= timer - 1000) throw new BrokenInvariantException($"host {host.Number}: a timer stands still at {timer}");
            }
            Check();
            if (Handovers is not null) HandOver(Handovers);
        }
        Now = end;
    }

    /// <summary>To all that hear it, or to one of them.</summary>
    public void Send(Host from, byte[] datagram, RouterAddress destination)
    {
        foreach (var to in Hosts)
        {
            if (!destination.IsNone && to.Address != destination) continue;
            if (to == from || to.Partition != from.Partition || Scenario.Random.NextDouble() < Scenario.Loss) continue;
            Send(to, datagram);
            if (Scenario.Random.NextDouble() < Scenario.Duplication) Send(to, datagram);
        }
    }

    public void NoteMaster(Host host, InstanceState instance)
    {
        if (instance.Config.RouterId != 51) return;
        Takeovers++;
        LastTakeover = Now;
        LastMaster = host;
    }

    public Host? LastMaster { get; private set; }

    public IEnumerable<Host> Masters(int partition) =>
        Hosts.Where(h => h.Partition == partition && h.CanBeMaster && h.Core!.Instances[0].State == VrrpState.Master);

    private (long Time, Host? Host) NextTimer()
    {
        var (time, first) = (long.MaxValue, (Host?)null);
        foreach (var host in Hosts)
        {
            var deadline = host.Deadline;
            if (deadline < time) (time, first) = (deadline, host);
        }
        return (time, first);
    }

    private void Send(Host to, byte[] datagram)
    {
        if (Scenario.Random.NextDouble() < Scenario.Corruption)
        {
            // Only the VRRP message: the kernel has checked the IP header.
            datagram = [.. datagram];
            var start = Scenario.IsV6 ? 32 : 20;        // an authentication header may be hit, too
            datagram[Scenario.Random.Next(start, datagram.Length)] ^= (byte)(1 << Scenario.Random.Next(8));
        }
        At(Now + Scenario.Random.NextInt64(10, Scenario.MostDelay), () => to.Deliver(datagram));
    }

    private void HandOver(Random random)
    {
        const int oneOf = 4;
        foreach (var host in Hosts)
            if (random.Next(oneOf) == 0) host.HandOver();
    }

    private void Check()
    {
        foreach (var host in Hosts)
            if (host.IsTouched && host.Fault() is { } fault) throw new BrokenInvariantException($"host {host.Number} at {Now}: {fault}");
    }
}
