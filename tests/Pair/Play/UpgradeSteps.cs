using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>A newer package under load: ours with a higher version, the original's installed again.</summary>
internal static class UpgradeSteps
{
    public static readonly IReadOnlyList<Step> All =
    [
        new("upgrade-backup", "upgrade of the packages on the backup", pair => pair.Settle(), pair => Upgrade(pair, pair.Second)),
        new("upgrade-master", "upgrade of the packages on the master", pair => pair.Settle(), pair => Upgrade(pair, pair.First)),
    ];

    private static void Upgrade(PairPlay pair, Side side)
    {
        IEnumerable<string> commands = ["apt-get install --reinstall haproxy keepalived"];
        if (side.Maker == Maker.Ours)
        {
            side.Lay(pair.Surroundings.Packages.Higher());
            commands = pair.Surroundings.Commands[OperatorsCommands.Upgrade];
        }
        foreach (var command in commands) pair.Event(command, () => side.Machine.Do(command));
        pair.Event("installed");
        foreach (var unit in (string[])["haproxy", "keepalived"])
        {
            pair.MustCome(10, $"{unit} is active", () => side.Machine.IsActive(unit));
            pair.MustCome(10, $"{unit} runs the file that was installed", () => side.RunsWhatIsInstalled(unit));
        }
        pair.MustCome(15, "the address is at lb1", () => pair.AddressAt == "lb1");
        Thread.Sleep(2000);
        pair.Fact("address", pair.AddressAt);
    }
}
