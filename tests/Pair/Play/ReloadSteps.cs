namespace Dropin.Pair.Play;

/// <summary>Reloads under load, of good files and of broken ones.</summary>
internal static class ReloadSteps
{
    private const int Times = 3;

    public static readonly IReadOnlyList<Step> All =
    [
        new("reload-haproxy", "reload of haproxy, three times on each node", pair => pair.Settle(), pair => Reload(pair, "haproxy")),
        new("reload-keepalived", "reload of keepalived, three times on each node", pair => pair.Settle(), pair => Reload(pair, "keepalived")),
        new("broken-haproxy", "reload of haproxy with a broken file", pair => pair.Settle(), pair => Each(pair, BrokenHaproxy)),
        new("broken-keepalived", "reload of keepalived with a broken file", pair => pair.Settle(), pair => Each(pair, BrokenKeepalived)),
    ];

    private static void Each(PairPlay pair, Action<PairPlay, Side> work)
    {
        foreach (var side in pair.Sides) work(pair, side);
    }

    private static void Reload(PairPlay pair, string unit)
    {
        for (var time = 1; time <= Times; time++)
            foreach (var machine in pair.Sides.Select(side => side.Machine))
            {
                pair.Event($"reload on {machine.Name}", () => pair.Fact($"exit code {time} on {machine.Name}", machine.Run($"systemctl reload {unit}").Code));
                Thread.Sleep(700);
                pair.Must(machine.IsActive(unit), $"{unit} is active on {machine.Name} after reload {time}");
            }
        pair.Fact("address", pair.AddressAt);
    }

    private static void BrokenHaproxy(PairPlay pair, Side side)
    {
        var good = side.HaproxyFile;
        Broken(pair, side, "haproxy", () => side.WriteHaproxy(good + "    nonsense of nobody\n"), () => side.WriteHaproxy(good));
        pair.Must(pair.Facts($"exit code, broken, on {side.Machine.Name}") != "0", "the broken file is refused");
    }

    private static void BrokenKeepalived(PairPlay pair, Side side)
    {
        var good = side.KeepalivedFile;
        var broken = good.Replace("  interface eth0\n", "  interface eth0\n  nonsense of nobody\n", StringComparison.Ordinal);
        pair.Must(broken != good, "the file could be broken");
        Broken(pair, side, "keepalived", () => side.WriteKeepalived(broken), () => side.WriteKeepalived(good));
    }

    private static void Broken(PairPlay pair, Side side, string unit, Action damage, Action repair)
    {
        var machine = side.Machine;
        try
        {
            damage();
            pair.Event($"reload of the broken file on {machine.Name}", () => pair.Fact($"exit code, broken, on {machine.Name}", machine.Run($"systemctl reload {unit}").Code));
            Thread.Sleep(2000);
            pair.Fact($"state after the broken file on {machine.Name}", machine.Run($"systemctl is-active {unit}").Output.Trim());
            pair.Must(machine.IsActive(unit), $"{unit} goes on on {machine.Name}");
            pair.Fact($"address after the broken file on {machine.Name}", pair.AddressAt);
        }
        finally
        {
            repair();
        }
        pair.Event("reload of the good file", () => pair.Fact($"exit code, good, on {machine.Name}", machine.Run($"systemctl reload {unit}").Code));
        Thread.Sleep(1000);
        pair.Fact("address", pair.AddressAt);
    }
}
