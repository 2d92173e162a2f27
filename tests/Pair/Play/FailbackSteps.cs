using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>The pair whose nodes do not preempt: the address comes back by hand.</summary>
internal static class FailbackSteps
{
    public static readonly IReadOnlyList<Step> All =
    [
        new("nopreempt", "nopreempt: the master goes and returns, the address stays", pair => pair.Settle(preempts: false), Stays),
        new("by-hand", "nopreempt: failback by hand", AtSecond, ByHand),
    ];

    private static void Stays(PairPlay pair)
    {
        pair.Event("systemctl poweroff", pair.First.Machine.PowerOff);
        pair.MustCome(10, "the address is at lb2", () => pair.AddressAt == "lb2");
        pair.Event("power", pair.First.Machine.PowerOn);
        pair.First.Machine.AwaitBooted();
        pair.Event("booted");
        Thread.Sleep(5000);
        pair.Must(pair.AddressAt == "lb2", "the address stays at lb2");
        foreach (var unit in (string[])["haproxy", "keepalived"]) pair.Must(pair.First.Machine.IsActive(unit), $"{unit} is active on lb1");
    }

    private static void AtSecond(PairPlay pair)
    {
        if (pair.First.Machine.IsOn && pair.AddressAt == "lb2" && pair.First.KeepalivedFile.Contains("nopreempt", StringComparison.Ordinal)) return;
        pair.Settle(preempts: false);
        pair.First.Machine.Do("systemctl restart keepalived");
        if (!PairPlay.Wait(10, () => pair.AddressAt == "lb2")) throw new InvalidOperationException($"the address does not go to lb2, it is at {pair.AddressAt}");
    }

    private static void ByHand(PairPlay pair)
    {
        foreach (var command in pair.Surroundings.Commands[OperatorsCommands.Failback])
            pair.Event(command, () => pair.Second.Machine.Do(command));
        pair.MustCome(10, "the address is at lb1", () => pair.AddressAt == "lb1");
        Thread.Sleep(5000);
        pair.Must(pair.AddressAt == "lb1", "the address stays at lb1");
    }
}
