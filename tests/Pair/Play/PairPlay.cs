using System.Diagnostics;
using Dropin.Pair.Client;
using Dropin.Pair.Nodes;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>A pair on which steps are played: its network, both nodes, and during a step the client.</summary>
internal sealed class PairPlay : IDisposable
{
    private static readonly string Haproxy = Document("haproxy/document/haproxy.cfg");
    private static readonly string Master = Document("keepalived/document/keepalived-master.conf"), Backup = Document("keepalived/document/keepalived-slave.conf");

    private readonly Dictionary<string, string> _facts = [];
    private readonly List<string> _problems = [];
    private readonly List<(long At, string What)> _events = [];
    private Load? _load;
    private bool _preempts = true;

    public PairPlay(Combination combination, Surroundings surroundings)
    {
        Combination = combination;
        Surroundings = surroundings;
        Network = new PairNetwork();
        var folder = Path.Combine(surroundings.Folder, combination.Name.Replace('/', '-'));
        First = new Side(new Machine(Network, "lb1", PairNetwork.FirstAddress, surroundings.Tree, Path.Combine(folder, "lb1")), surroundings, isMaster: true);
        Second = new Side(new Machine(Network, "lb2", PairNetwork.SecondAddress, surroundings.Tree, Path.Combine(folder, "lb2")), surroundings, isMaster: false);
    }

    public Combination Combination { get; }

    public Surroundings Surroundings { get; }

    public PairNetwork Network { get; }

    /// <summary>The node with the master's file.</summary>
    public Side First { get; }

    /// <summary>The node with the slave's file.</summary>
    public Side Second { get; }

    public IEnumerable<Side> Sides => [First, Second];

    /// <summary>Plays a step.</summary>
    public Outcome Do(Step step)
    {
        _facts.Clear();
        _problems.Clear();
        _events.Clear();
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Answer> pages = [], downloads = [];
        try
        {
            step.Prepare(this);
            _load = new Load(Network);
            Must(Wait(10, () => _load.IsServed), "the client is served before the step");
            step.Run(this);
            Must(Wait(10, () => _load.IsServed), "the client is served after the step");
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or IOException)
        {
            _problems.Add((e.InnerException ?? e).Message); // told and judged like anything else that should not be
        }
        if (_load is { } load) (pages, downloads) = load.End();
        _load = null;
        var tally = new Tally(pages, downloads);
        return new Outcome(tally, tally.Timeline(_events), new Dictionary<string, string>(_facts), [.. _problems], clock.Elapsed.TotalSeconds);
    }

    /// <summary>Something that the operator does, for the timeline.</summary>
    public void Event(string what, Action? work = null)
    {
        _events.Add((_load!.Now, what));
        work?.Invoke();
    }

    /// <summary>What the operator sees, to be compared with the originals.</summary>
    public void Fact(string name, object value) => _facts[name] = value.ToString()!;

    /// <summary>What was noted under a name.</summary>
    public string Facts(string name) => _facts.GetValueOrDefault(name, "");

    /// <summary>What has to be, whoever runs.</summary>
    public bool Must(bool isSo, string what)
    {
        if (!isSo) _problems.Add("not so: " + what);
        return isSo;
    }

    /// <summary>Waits for something that has to come.</summary>
    public bool MustCome(int seconds, string what, Func<bool> isSo) => Must(Wait(seconds, isSo), $"{what} (within {seconds} s)");

    public static bool Wait(int seconds, Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); Thread.Sleep(50))
            if (clock.Elapsed.TotalSeconds > seconds) return false;
        return true;
    }

    /// <summary>Where the address is: "lb1", "lb2", "nowhere" or "lb1 and lb2".</summary>
    public string AddressAt => string.Join(" and ", Sides.Where(side => side.Machine.HoldsVirtual).Select(side => side.Machine.Name)) is { Length: > 0 } names ? names : "nowhere";

    /// <summary>Brings both nodes to where steps begin: on, installed, the document's files, both services active, the address at the master.</summary>
    public void Settle(bool preempts = true, Maker? first = null, Maker? second = null)
    {
        foreach (var side in Sides) side.Machine.PowerOn();
        foreach (var side in Sides) side.Machine.AwaitBooted();
        var anew = _preempts != preempts;
        _preempts = preempts;
        Parallel.ForEach(Sides, side =>
        {
            side.Install((side == First ? first : second) ?? side.Maker ?? (side == First ? Combination.First : Combination.Second));
            foreach (var command in Surroundings.Commands[OperatorsCommands.Setting]) side.Machine.Do(command);
            var changed = side.Configure(Haproxy, Keepalived(side == First ? Master : Backup));
            foreach (var unit in (string[])["haproxy", "keepalived"])
            {
                if (!changed && side.Machine.IsActive(unit)) continue;
                side.Machine.Run($"systemctl reset-failed {unit}");
                side.Machine.Do($"systemctl restart {unit}");
            }
        });
        if (anew || !Wait(1, () => AddressAt == "lb1"))
        {
            if (!preempts || !Wait(8, () => AddressAt == "lb1")) Second.Machine.Do("systemctl restart keepalived");
        }
        if (!Wait(20, () => AddressAt == "lb1")) throw new InvalidOperationException($"the pair does not settle: the address is at {AddressAt}");
    }

    public void Dispose()
    {
        _load?.Dispose();
        Network.StopWebs();
        foreach (var side in Sides) side.Machine.Dispose();
        Network.Dispose();
    }

    // The document's file, or both nodes as backups that do not preempt.
    private string Keepalived(string text) => _preempts ? text
        : text.Replace("state MASTER", "state BACKUP", StringComparison.Ordinal).Replace("state BACKUP", "state BACKUP\n  nopreempt", StringComparison.Ordinal);

    private static string Document(string name) => File.ReadAllText(Repository.PathOf("fixtures/" + name));
}
