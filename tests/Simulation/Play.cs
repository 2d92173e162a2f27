using Dropin.Runtime.Vrrp;

namespace Dropin.Simulation;

/// <summary>One scenario from beginning to end: trouble, calm, a crash, calm again; what must hold is checked on the way.</summary>
internal sealed class Play
{
    private readonly Scenario _scenario;
    private readonly World _world;

    private Play(int seed, Random? handovers = null, List<string>? told = null)
    {
        _scenario = new Scenario(seed);
        _world = new World(_scenario) { Handovers = handovers, Told = told };
    }

    private Random Random => _scenario.Random;

    // Long enough for every wait that may follow another: old adverts, a preemption delay, members of a group that wait for one another.
    private long Calm => (4 * _scenario.LongestDown) + _scenario.PreemptDelay + (2 * _scenario.MostDelay) + Scenario.Second;

    /// <summary>Plays it; null when all was well, else what was not.</summary>
    public static string? Run(int seed) => Run(new Play(seed));

    /// <summary>Plays it twice, once with programs that execute their successors again and again; null when nobody outside sees a difference.</summary>
    public static string? RunWithHandovers(int seed)
    {
        List<string> plain = [], handed = [];
        if ((Run(new Play(seed, null, plain)) ?? Run(new Play(seed, new Random(-seed), handed))) is { } broken) return broken;
        var at = plain.Zip(handed).TakeWhile(pair => pair.First == pair.Second).Count();
        return at == plain.Count && at == handed.Count ? null
            : $"seed {seed}: with handovers differs what is done\n    {plain.ElementAtOrDefault(at)}\n    {handed.ElementAtOrDefault(at)}";
    }

    private static string? Run(Play play)
    {
        try
        {
            play.Run();
            return null;
        }
        catch (BrokenInvariantException e)
        {
            return $"{play._scenario}\n    {e.Message}";
        }
    }

    private void Run()
    {
        foreach (var host in _world.Hosts) _world.At(Random.NextInt64(0, 3 * _scenario.Interval), host.Boot);
        Trouble();
        MakeCalm();
        _world.RunUntil(_world.Now + Calm);
        ExpectOneMaster("after the trouble");
        ExpectNoChange();
        CrashTheMaster();
        ComeBack();
    }

    private void Trouble()
    {
        var until = (8 + Random.Next(20)) * _scenario.Interval;
        for (var acts = Random.Next(6); acts > 0; acts--)
        {
            var host = _world.Hosts[Random.Next(_world.Hosts.Count)];
            var (from, to) = (Random.NextInt64(0, until), Random.NextInt64(0, until));
            if (from > to) (from, to) = (to, from);
            switch (Random.Next(9))
            {
                case 0: Between(from, to, host.Crash, () => Boot(host)); break;
                case 1: Between(from, to, host.Stop, () => Boot(host)); break;
                case 2: Between(from, to, host.Freeze, host.Thaw); break;
                case 3: Between(from, to, () => host.SetLink(false), () => host.SetLink(true)); break;
                case 4: Between(from, to, Split, Heal); break;
                case 5: var weight = Random.Next(-250, 250); Between(from, to, () => Run(host, () => host.SetWeight(weight)), () => Run(host, () => host.SetWeight(0))); break;
                case 6: _world.At(from, () => Run(host, host.Reload)); break;
                case 7: Between(from, to, () => host.DeafFor = 51 + Random.Next(2), () => host.DeafFor = 0); break;
                default: _world.At(from, host.LoseAddress); break;
            }
        }
        _world.RunUntil(until);
    }

    private void MakeCalm()
    {
        (_scenario.Loss, _scenario.Duplication, _scenario.Corruption, _scenario.MostDelay) = (0, 0, 0, Math.Min(_scenario.MostDelay, 20_000));
        Heal();
        foreach (var host in _world.Hosts)
        {
            host.DeafFor = 0;
            if (host.IsFrozen) host.Thaw();
            host.SetLink(true);
            Boot(host);
            host.SetWeight(0);
        }
    }

    private void ExpectOneMaster(string when)
    {
        var masters = _world.Masters(0).ToList();
        if (masters.Count != 1) throw new BrokenInvariantException($"{when}, at {_world.Now}: {masters.Count} masters");
        if (_scenario.NoPreempt) return;
        var best = _world.Hosts.Where(h => h.CanBeMaster).Max(h => _scenario.Priorities[h.Number]);
        if (_scenario.Priorities[masters[0].Number] != best) throw new BrokenInvariantException($"{when}, at {_world.Now}: host {masters[0].Number} is master, another has priority {best}");
    }

    private void ExpectNoChange()
    {
        var before = _world.Takeovers;
        _world.RunUntil(_world.Now + (3 * _scenario.LongestDown));
        if (_world.Takeovers != before) throw new BrokenInvariantException($"host {_world.LastMaster?.Number} became master at {_world.LastTakeover} without need");
    }

    private void CrashTheMaster()
    {
        var master = _world.Masters(0).First();
        var before = _world.Takeovers;
        master.Crash();
        var crashed = _world.Now;
        // By RFC: so many intervals and the skew of the best of the others; the last advert took as long as an advert may take.
        var downs = _world.Hosts.Where(h => h.CanBeMaster).Select(h => (Host: h, Down: DownOf(h, master))).OrderBy(d => d.Down).ToList();
        var slack = (_scenario.LongestDown * _scenario.ClockSkew / 1_000_000) + _scenario.MostDelay + 10;
        _world.RunUntil(crashed + (_scenario.IsGroup ? 2 * _scenario.LongestDown : downs[0].Down) + slack);
        if (_world.Takeovers == before) throw new BrokenInvariantException($"nobody took over within {downs[0].Down} us after the crash at {crashed}");
        if (!_scenario.IsGroup && (downs.Count == 1 || downs[1].Down - downs[0].Down > 2 * slack) && _world.LastMaster != downs[0].Host)
            throw new BrokenInvariantException($"host {_world.LastMaster?.Number} took over after the crash at {crashed}, not host {downs[0].Host.Number}");
        _world.RunUntil(_world.Now + Calm);
        ExpectOneMaster("after the crash");
    }

    // Of a backup that has learnt the interval of this master.
    private long DownOf(Host host, Host master)
    {
        var interval = _scenario.Intervals[master.Number];
        return (_scenario.DownTimerAdverts * interval) + ((_scenario.Version == 2 ? Scenario.Second : interval) * (256 - _scenario.Priorities[host.Number]) / 256);
    }

    private void ComeBack()
    {
        var gone = _world.Hosts.First(h => h.Core is null);
        var before = _world.Takeovers;
        gone.Boot();
        _world.RunUntil(_world.Now + Calm);
        ExpectOneMaster("after the return");
        // One that has not heard the slow master yet counts in its own, short interval.
        var knows = _scenario.DownTimerAdverts * _scenario.Intervals[gone.Number] > _scenario.Intervals.Max() + _scenario.MostDelay;
        if (_scenario.NoPreempt && knows && _world.Takeovers != before) throw new BrokenInvariantException($"with nopreempt host {_world.LastMaster?.Number} became master at {_world.LastTakeover}");
        foreach (var host in _world.Hosts) host.Stop();
        if (_world.Hosts.Any(h => h.Core?.Instances[0].State == VrrpState.Master)) throw new BrokenInvariantException("a master is left");
    }

    private void Split()
    {
        foreach (var host in _world.Hosts) host.Partition = Random.Next(3);
    }

    private void Heal()
    {
        foreach (var host in _world.Hosts) host.Partition = 0;
    }

    private void Between(long from, long to, Action begin, Action end)
    {
        _world.At(from, begin);
        _world.At(to, end);
    }

    private static void Boot(Host host)
    {
        if (host.Core is null) host.Boot();
    }

    private static void Run(Host host, Action action)
    {
        if (!host.IsFrozen) action();
    }
}
