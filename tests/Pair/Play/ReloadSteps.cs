namespace Dropin.Pair.Play;

/// <summary>Reloads under load, of good files and of broken ones.</summary>
internal static class ReloadSteps
{
    private const int Times = 3;

    public static readonly IReadOnlyList<Step> All =
    [
        new("reload-haproxy", "reload of haproxy, three times", pair => pair.Settle(), pair => Reload(pair, "haproxy")),
        new("reload-keepalived", "reload of keepalived, three times", pair => pair.Settle(), pair => Reload(pair, "keepalived")),
        new("broken-haproxy", "reload of haproxy with a broken file", pair => pair.Settle(), BrokenHaproxy),
        new("broken-keepalived", "reload of keepalived with a broken file", pair => pair.Settle(), BrokenKeepalived),
    ];

    private static void Reload(PairPlay pair, string unit)
    {
        for (var time = 1; time <= Times; time++)
        {
            pair.Event("reload", () => pair.Fact($"exit code {time}", pair.First.Machine.Run($"systemctl reload {unit}").Code));
            Thread.Sleep(1000);
            pair.Must(pair.First.Machine.IsActive(unit), $"{unit} is active after reload {time}");
        }
        pair.Fact("address", pair.AddressAt);
    }

    private static void BrokenHaproxy(PairPlay pair)
    {
        var good = pair.First.HaproxyFile;
        try
        {
            pair.First.WriteHaproxy(good + "    nonsense of nobody\n");
            pair.Event("reload of the broken file", () => Refused(pair, "haproxy"));
        }
        finally
        {
            pair.First.WriteHaproxy(good);
        }
        pair.Must(pair.Facts("exit code, broken") != "0", "the broken file is refused");
        pair.Event("reload of the good file", () => pair.Fact("exit code, good", pair.First.Machine.Run("systemctl reload haproxy").Code));
        Thread.Sleep(1000);
        pair.Fact("address", pair.AddressAt);
    }

    private static void BrokenKeepalived(PairPlay pair)
    {
        var good = pair.First.KeepalivedFile;
        try
        {
            pair.First.WriteKeepalived(good.Replace("  interface eth0\n", "  interface eth0\n  nonsense of nobody\n", StringComparison.Ordinal));
            pair.Event("reload of the broken file", () => Refused(pair, "keepalived"));
        }
        finally
        {
            pair.First.WriteKeepalived(good);
        }
        pair.Event("reload of the good file", () => pair.Fact("exit code, good", pair.First.Machine.Run("systemctl reload keepalived").Code));
        Thread.Sleep(1000);
        pair.Fact("address", pair.AddressAt);
    }

    private static void Refused(PairPlay pair, string unit)
    {
        pair.Fact("exit code, broken", pair.First.Machine.Run($"systemctl reload {unit}").Code);
        Thread.Sleep(2000);
        pair.Fact("state after the broken file", pair.First.Machine.Run($"systemctl is-active {unit}").Output.Trim());
        pair.Must(pair.First.Machine.IsActive(unit), $"{unit} goes on");
        pair.Fact("address after the broken file", pair.AddressAt);
    }
}
