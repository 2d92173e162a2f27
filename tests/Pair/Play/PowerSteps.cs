namespace Dropin.Pair.Play;

/// <summary>Nodes that go and come: power-off, power-on, the plug, reboots.</summary>
internal static class PowerSteps
{
    public static readonly IReadOnlyList<Step> All =
    [
        new("poweroff", "power-off of the master", pair => pair.Settle(), PowerOff),
        new("poweron", "the master is back", OffBefore, PowerOn),
        new("plug", "the master's plug is pulled", pair => pair.Settle(), PullPlug),
        new("reboot-backup", "reboot of the backup", pair => pair.Settle(), pair => Reboot(pair, pair.Second)),
        new("reboot-master", "reboot of the master", pair => pair.Settle(), pair => Reboot(pair, pair.First)),
    ];

    private static void PowerOff(PairPlay pair)
    {
        pair.Event("systemctl poweroff", pair.First.Machine.PowerOff);
        pair.MustCome(10, "the address is at lb2", () => pair.AddressAt == "lb2");
        Thread.Sleep(2000);
    }

    private static void OffBefore(PairPlay pair)
    {
        if (pair.First.Machine.IsOn || pair.AddressAt != "lb2") pair.Settle();
        pair.First.Machine.PowerOff();
        PairPlay.Wait(10, () => pair.AddressAt == "lb2");
    }

    private static void PowerOn(PairPlay pair)
    {
        pair.Event("power", pair.First.Machine.PowerOn);
        BackByItself(pair, pair.First);
    }

    private static void PullPlug(PairPlay pair)
    {
        pair.Must(pair.Network.AwaitAdvert(pair.First.Machine.Address), "the master sends adverts");
        pair.Event("plug", pair.First.Machine.PullPlug);
        pair.MustCome(10, "the address is at lb2", () => pair.AddressAt == "lb2");
        Thread.Sleep(2000);
    }

    private static void Reboot(PairPlay pair, Side side)
    {
        pair.Event("systemctl reboot", side.Machine.Reboot);
        BackByItself(pair, side);
    }

    // Nothing needs a hand: units, directories below /run, sockets, the address.
    private static void BackByItself(PairPlay pair, Side side)
    {
        var state = side.Machine.AwaitBooted();
        pair.Event("booted");
        pair.Must(state == "running", $"no unit of {side.Machine.Name} has failed; systemd says '{state}': {string.Join(' ', side.Machine.Run("systemctl --failed --plain --no-legend").Output.Split('\n').Select(line => line.Split(' ')[0]))}");
        foreach (var unit in (string[])["haproxy", "keepalived"]) pair.Must(side.Machine.IsActive(unit), $"{unit} is active on {side.Machine.Name} after the boot");
        pair.Must(side.Machine.Run("systemctl show haproxy -P NRestarts").Output.Trim() == "0", "haproxy has started at the first try");
        pair.Must(side.Machine.Run("test -S /run/haproxy/admin.sock && test -S /run/haproxy-master.sock && test -s /run/haproxy.pid").Code == 0, "haproxy's sockets and pid file are below /run");
        pair.MustCome(15, "the address is at lb1", () => pair.AddressAt == "lb1");
        Thread.Sleep(1500);
    }
}
