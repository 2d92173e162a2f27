using System.Globalization;
using System.Text;
using Dropin.Tests.Support;

namespace Dropin.Scene.Pair;

/// <summary>What one event cost the client.</summary>
/// <param name="Event">Which event.</param>
/// <param name="Lost">Unanswered questions, one each 20 ms.</param>
internal sealed record Loss(string Event, int Lost);

/// <summary>
/// The operator's story of his pair, told by two programs: the master ends, returns, crashes, returns, loses its link, gets it back, gives its
/// priority up by a reload and takes it back; a reload of nonsense changes nothing.
/// </summary>
internal sealed class PairStory : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly string Master = File.ReadAllText(Repository.PathOf("fixtures/keepalived/document/keepalived-master.conf"));
    private static readonly string Slave = File.ReadAllText(Repository.PathOf("fixtures/keepalived/document/keepalived-slave.conf"));

    // Where in its second an event falls decides how often a refused advert is told; which of two masters of one moment hears the other first, and
    // whether an interface that has just come up has its link-local address yet, is chance as well, with the originals too.
    private static readonly List<string> ByChance = ["- discarding", "unexpected ip number count", "forcing new election", "send advert error 22"];

    private readonly PairNetwork _network = new();
    private readonly Router _first, _second;
    private readonly Caller _caller;
    private readonly List<Loss> _losses = [];
    private readonly StringBuilder _text = new();
    private int _toldFirst, _toldSecond;

    private PairStory(string firstBinary, string secondBinary, string? first = null, string? second = null)
    {
        _first = new Router(_network.First, firstBinary, first ?? Master);
        _second = new Router(_network.Second, secondBinary, second ?? Slave);
        _caller = new Caller(_network);
    }

    /// <summary>What came of a story: both logs chapter by chapter, and what each event cost.</summary>
    /// <param name="Text">The logs.</param>
    /// <param name="Losses">The costs.</param>
    internal sealed record Outcome(string Text, IReadOnlyList<Loss> Losses);

    public static Outcome Tell(string firstBinary, string secondBinary)
    {
        using var story = new PairStory(firstBinary, secondBinary);
        story.Run();
        return new Outcome(story._text.ToString(), story._losses);
    }

    /// <summary>
    /// A short story with other files: the master ends, returns, crashes, returns. It is told which of the addresses stand where, and by whom they are held.
    /// </summary>
    public static string TellShort(string firstBinary, string secondBinary, PairRow row)
    {
        using var story = new PairStory(firstBinary, secondBinary, row.First, row.Second);
        story.RunShort(row);
        return story._text.ToString();
    }

    private void RunShort(PairRow row)
    {
        _first.Start();
        Chapter("the first starts", () => Until(_first, "Entering MASTER STATE", 0));
        _second.Start();
        Chapter("the second starts", () => Until(_second, "Entering BACKUP STATE", 0));
        Addresses();
        _first.Signal("TERM");
        Chapter("the first ends", () => Until(_second, "Entering MASTER STATE", _toldSecond));
        _first.WaitEnd(Patience);
        Addresses();
        _first.Start();
        Chapter("it returns", () => Until(row.ReturnsAsMaster ? _second : _first, "Entering BACKUP STATE", row.ReturnsAsMaster ? _toldSecond : _toldFirst));
        Addresses();
        if (row.Change is { } change)
        {
            _first.Configure(change);
            _first.Signal("HUP");
            Chapter("a reload changes it", () => Thread.Sleep(row.ChangeTakes));
            Addresses();
        }
        _first.Crash();
        _first.WaitEnd(Patience);
        _second.Signal("TERM");
        _second.WaitEnd(Patience);
        Chapter("the second ends", () => { });
        _text.Append(CultureInfo.InvariantCulture, $"lb2 has {_second.Addresses()}\n");
    }

    private void Addresses() => _text.Append(CultureInfo.InvariantCulture, $"lb1 has {_first.Addresses()}\nlb2 has {_second.Addresses()}\n");

    /// <summary>What it costs when the process that speaks VRRP on the master is killed, and nothing else is.</summary>
    public static int LossOfVoice(string binary)
    {
        using var story = new PairStory(binary, binary);
        story.Begin();
        story.Event("the voice is killed", story._first.KillVoice, () => Thread.Sleep(5000));
        return story._losses[0].Lost;
    }

    public void Dispose()
    {
        _caller.Dispose();
        _first.Dispose();
        _second.Dispose();
        _network.Dispose();
    }

    private void Run()
    {
        Begin();
        Event("the master ends", () => _first.Signal("TERM"), () => Until(_second, "Entering MASTER STATE", _toldSecond));
        _first.WaitEnd(Patience);
        Event("it returns", _first.Start, () => Until(_second, "Entering BACKUP STATE", _toldSecond));
        Event("the master crashes", _first.Crash, () => Until(_second, "Entering MASTER STATE", _toldSecond));
        _first.WaitEnd(Patience);
        Event("it returns after the crash", _first.Start, () => Until(_second, "Entering BACKUP STATE", _toldSecond));
        Event("its plug is pulled", () => _network.PlugFirst(false), () => Until(_second, "Entering MASTER STATE", _toldSecond));
        Event("and put back", () => _network.PlugFirst(true), () => Until(_second, "Entering BACKUP STATE", _toldSecond));
        Event("a reload gives its priority up", () => Reload(Master.Replace("priority 200", "priority 50", StringComparison.Ordinal)),
            () => Until(_second, "Entering MASTER STATE", _toldSecond));
        Event("a reload takes it back", () => Reload(Master), () => Until(_second, "Entering BACKUP STATE", _toldSecond));
        Event("a reload with a word that nobody knows", () => Reload(Master.Replace("priority 200", "priority 200\n wibble 3", StringComparison.Ordinal)),
            () => Until(_first, "Unknown keyword 'wibble'", _toldFirst));
        Chapter("who holds the address", () => _text.Append(CultureInfo.InvariantCulture, $"lb1 {_first.HoldsVirtual}, lb2 {_second.HoldsVirtual}\n"));
        _first.Signal("TERM");
        _second.Signal("TERM");
        Chapter("the end", () =>
        {
            _text.Append(CultureInfo.InvariantCulture, $"lb1 {_first.WaitEnd(Patience)}, lb2 {_second.WaitEnd(Patience)}\n");
            _text.Append(CultureInfo.InvariantCulture, $"lb1 holds {_first.HoldsVirtual}, lb2 holds {_second.HoldsVirtual}\n");
        });
    }

    private void Begin()
    {
        _first.Start();
        Chapter("the master starts", () => Until(_first, "Entering MASTER STATE", 0));
        _second.Start();
        Chapter("the slave starts", () => Until(_second, "Entering BACKUP STATE", 0));
    }

    private void Event(string name, Action cause, Action wait)
    {
        Thread.Sleep(1500); // a second of quiet, so that what the event before left does not count for this one
        var mark = _caller.Mark;
        cause();
        Chapter(name, wait);
        _losses.Add(new Loss(name, _caller.LostSince(mark)));
    }

    private void Chapter(string name, Action wait)
    {
        wait();
        Thread.Sleep(700); // what belongs to it has been said and sent by then
        _text.Append(CultureInfo.InvariantCulture, $"== {name}\n");
        Told(_first, "lb1", ref _toldFirst);
        Told(_second, "lb2", ref _toldSecond);
    }

    private void Told(Router router, string name, ref int told)
    {
        var lines = router.Lines;
        foreach (var line in lines.Skip(told).Where(line => !ByChance.Exists(words => line.Contains(words, StringComparison.Ordinal))))
            _text.Append(CultureInfo.InvariantCulture, $"{name} {line}\n");
        told = lines.Count;
    }

    private void Until(Router router, string line, int behind)
    {
        if (!router.Wait(line, behind, Patience)) _text.Append(CultureInfo.InvariantCulture, $"(no line '{line}')\n");
    }

    private void Reload(string configuration)
    {
        _first.Configure(configuration);
        _first.Signal("HUP");
    }
}
