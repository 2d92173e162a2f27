using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>From the originals to ours and back, node by node, with the README's commands. Where the originals are played, the same commands install them again.</summary>
internal static class MigrationSteps
{
    public static readonly IReadOnlyList<Step> All =
    [
        Of("to-ours-backup", "migration: the backup gets ours", Maker.Original, Maker.Original, pair => Replace(pair, pair.Second, Maker.Ours)),
        Of("to-ours-master", "migration: the master gets ours", Maker.Original, Maker.Ours, pair => Replace(pair, pair.First, Maker.Ours)),
        Of("back-backup", "the way back: the backup", Maker.Ours, Maker.Ours, pair => Replace(pair, pair.Second, Maker.Original)),
        Of("back-master", "the way back: the master", Maker.Ours, Maker.Original, pair => Replace(pair, pair.First, Maker.Original)),
    ];

    private static Step Of(string name, string title, Maker first, Maker second, Action<PairPlay> run) =>
        new(name, title, pair => Begin(pair, first, second), run) { IsMigration = true };

    private static void Begin(PairPlay pair, Maker first, Maker second)
    {
        if (pair.Combination == Combination.Originals) pair.Settle();
        else pair.Settle(first: first, second: second);
    }

    private static void Replace(PairPlay pair, Side side, Maker with)
    {
        var isComparison = pair.Combination == Combination.Originals;
        var before = (side.HaproxyFile, side.KeepalivedFile);
        if (with == Maker.Ours && !isComparison)
        {
            side.Lay(pair.Surroundings.Packages.Files);
            foreach (var line in pair.Surroundings.Commands[OperatorsCommands.Before]) Typed(pair, side, line);
        }
        foreach (var line in with == Maker.Ours ? side.Replacing : side.GoingBack)
            Typed(pair, side, isComparison ? AsReinstallation(line) : line);
        pair.Event("done");
        if (!isComparison) side.IsNow(with);
        pair.Must(before == (side.HaproxyFile, side.KeepalivedFile), "the files in /etc are what they were");
        pair.Must(side.Machine.Run("dpkg --audit").Output.Trim().Length == 0, "dpkg finds nothing half done");
        pair.MustCome(15, "the address is at lb1", () => pair.AddressAt == "lb1");
        foreach (var unit in (string[])["haproxy", "keepalived"])
        {
            pair.Must(side.Machine.IsActive(unit), $"{unit} is active on {side.Machine.Name}");
            pair.Must(side.RunsWhatIsInstalled(unit), $"{unit} runs the file that was installed");
            pair.Must(side.Machine.Run($"systemctl is-enabled {unit}").Output.Trim() == "enabled", $"{unit} is enabled on {side.Machine.Name}");
        }
        Thread.Sleep(2000);
    }

    private static void Typed(PairPlay pair, Side side, string command) => pair.Event(command, () =>
    {
        var (code, output) = side.Machine.Run(command);
        pair.Must(code == 0, $"'{command}' succeeds on {side.Machine.Name}: {string.Join(" / ", output.Trim().Split('\n').TakeLast(3))}");
    });

    private static string AsReinstallation(string command) => command
        .Replace("./dropin-haproxy_*.deb ./dropin-keepalived_*.deb", "haproxy keepalived", StringComparison.Ordinal)
        .Replace("install haproxy", "install --reinstall haproxy", StringComparison.Ordinal);
}
