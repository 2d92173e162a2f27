using System.Globalization;
using System.Text;
using Dropin.Tests.Support;

namespace Dropin.Scene.Pair;

/// <summary>
/// A pair of which one host runs ours, and its executable is replaced and reloaded again and again, as a package's upgrade does it: what the peer, the
/// client and the kernel saw of it.
/// </summary>
internal sealed class UpgradeStory : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // What either daemon says at a reload that executes nothing; of the second round of announcements, which comes five seconds behind the first.
    private readonly HashSet<string> _usual = [];

    private readonly PairNetwork _network = new();
    private readonly TempDirectory _folder = new();
    private readonly Router _first, _second;
    private readonly Caller _caller;
    private readonly bool _isAsked; // the client asks by IPv4

    private UpgradeStory(PairRow row, bool oursIsFirst)
    {
        var ours = Copy(KeepalivedSubject.Path!);
        _first = new Router(_network.First, oursIsFirst ? ours : KeepalivedOracle.Path, row.First);
        _second = new Router(_network.Second, oursIsFirst ? KeepalivedOracle.Path : ours, row.Second);
        _caller = new Caller(_network);
        _isAsked = row.First.Contains(PairNetwork.Virtual, StringComparison.Ordinal) && !row.First.Contains("no_accept", StringComparison.Ordinal);
        Ours = (oursIsFirst ? _first : _second, ours);
    }

    private (Router Router, string Path) Ours { get; }

    /// <summary>All that anybody noticed; empty when nobody did.</summary>
    public static string Noticed(PairRow row, bool oursIsFirst, int times)
    {
        using var story = new UpgradeStory(row, oursIsFirst);
        return story.Run(times);
    }

    /// <summary>Signals come all the time while the executable is replaced; whether each execution happened, and the end is obeyed at the last one.</summary>
    public static string NoticedInAStorm(int times)
    {
        using var story = new UpgradeStory(PairRow.Upgrades[0], oursIsFirst: true);
        var router = story.Ours.Router;
        router.Start();
        if (!router.Wait("Entering MASTER STATE", 0, Patience)) return "it does not become master";
        for (var time = 1; time <= times; time++)
        {
            var behind = router.Lines.Count;
            Replace(story.Ours.Path);
            for (var signals = 0; signals < 20 && !router.Wait("Executed", behind, TimeSpan.FromMilliseconds(5)); signals++)
            {
                router.Signal("HUP");
                router.Signal("USR2");
            }
            if (!router.Wait("Executed", behind, Patience)) return $"execution {time} did not happen";
        }
        Replace(story.Ours.Path);
        router.Signal("HUP");
        router.Signal("TERM");
        return router.WaitEnd(Patience) ? story._first.HoldsVirtual ? "the address is left" : "" : "the end is not obeyed";
    }

    public void Dispose()
    {
        _caller.Dispose();
        _first.Dispose();
        _second.Dispose();
        _network.Dispose();
        _folder.Dispose();
    }

    private string Run(int times)
    {
        var noticed = new StringBuilder();
        _first.Start();
        if (!_first.Wait("Entering MASTER STATE", 0, Patience)) return "the first does not become master";
        _second.Start();
        if (!_second.Wait("Entering BACKUP STATE", 0, Patience)) return "the second does not become backup";
        Ours.Router.Signal("HUP");
        if (!Ours.Router.Wait("Reload complete", 0, Patience)) return "there is no reload";
        Thread.Sleep(5500);
        _usual.UnionWith(_first.Lines.SkipWhile(line => line != "Reloading ..."));
        _usual.UnionWith(_second.Lines.SkipWhile(line => line != "Reloading ..."));
        var (toldFirst, toldSecond, mark, addresses) = (_first.Lines.Count, _second.Lines.Count, _caller.Mark, Addresses());
        for (var time = 1; time <= times; time++)
        {
            var behind = Ours.Router.Lines.Count;
            Replace(Ours.Path);
            Ours.Router.Signal("HUP");
            if (!Ours.Router.Wait("Executed", behind, Patience)) return noticed.Append(CultureInfo.InvariantCulture, $"execution {time} did not happen\n{string.Join('\n', Ours.Router.Lines.Skip(behind))}").ToString();
            if (!Ours.Router.Wait("Reload complete", behind, Patience)) return noticed.Append(CultureInfo.InvariantCulture, $"reload {time} did not end\n").ToString();
            Thread.Sleep(30 * time); // at any moment of the interval
        }
        Thread.Sleep(1500);
        Tell(noticed, "lb1", _first.Lines.Skip(toldFirst));
        Tell(noticed, "lb2", _second.Lines.Skip(toldSecond));
        if (_isAsked && _caller.LostSince(mark) is > 0 and var lost) noticed.Append(CultureInfo.InvariantCulture, $"the client lost {lost}\n");
        if (Addresses() != addresses) noticed.Append(CultureInfo.InvariantCulture, $"before: {addresses}\nbehind: {Addresses()}\n");
        return noticed.ToString();
    }

    private string Addresses() => _first.Addresses() + " | " + _second.Addresses();

    private void Tell(StringBuilder noticed, string name, IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(line => !_usual.Contains(line) && !line.StartsWith("Executed", StringComparison.Ordinal)))
            noticed.Append(CultureInfo.InvariantCulture, $"{name}: {line}\n");
    }

    // As dpkg does it: the new file is written beside the old one, then takes its name.
    private static void Replace(string path)
    {
        File.Copy(path, path + ".new", overwrite: true);
        File.Move(path + ".new", path, overwrite: true);
    }

    // A build that is not published lies in several files.
    private string Copy(string path)
    {
        var isWhole = !File.Exists(path + ".dll");
        foreach (var file in isWhole ? [path] : Directory.GetFiles(Path.GetDirectoryName(path)!))
            File.Copy(file, _folder.FileNamed(Path.GetFileName(file)));
        return _folder.FileNamed(Path.GetFileName(path));
    }
}
