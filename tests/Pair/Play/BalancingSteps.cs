using System.Globalization;
using System.Text.RegularExpressions;
using Dropin.Tests.Support.Handbook;

namespace Dropin.Pair.Play;

/// <summary>Both web servers behind the address, and the backup's haproxy that cannot bind it.</summary>
internal static partial class BalancingSteps
{
    public static readonly IReadOnlyList<Step> All =
    [
        new("balance", "balancing through the address", pair => pair.Settle(), Balance),
        new("nonlocal", "the backup with ip_nonlocal_bind 0, then 1", pair => pair.Settle(), Nonlocal),
        new("nonlocal-boot", "the backup boots without the setting", pair => pair.Settle(), NonlocalBoot),
    ];

    private static void Balance(PairPlay pair)
    {
        Thread.Sleep(3000);
        pair.Fact("address", pair.AddressAt);
    }

    private static void Nonlocal(PairPlay pair)
    {
        var backup = pair.Second;
        pair.Event("0 on the backup, haproxy restarted", () =>
        {
            backup.Machine.Do("sysctl -q -w net.ipv4.ip_nonlocal_bind=0");
            var since = backup.Machine.Do("date +%s.%N").Trim();
            pair.Fact("exit code of the restart", backup.Machine.Run("systemctl restart haproxy").Code);
            HasFailed(pair, backup, since);
        });
        Repair(pair, backup);
    }

    private static void NonlocalBoot(PairPlay pair)
    {
        var machine = pair.Second.Machine;
        machine.Remove("/etc/sysctl.d", "60-nonlocal-bind.conf");
        var since = machine.Do("date +%s.%N").Trim();
        pair.Event("systemctl reboot", machine.Reboot);
        machine.AwaitBooted();
        pair.Event("booted");
        HasFailed(pair, pair.Second, since);
        pair.Fact("systemd", machine.AwaitBooted());
        Repair(pair, pair.Second);
    }

    private static void HasFailed(PairPlay pair, Side backup, string since)
    {
        pair.MustCome(15, "the unit gives up", () => Shown(backup, "ActiveState") == "failed");
        pair.Fact("state", $"{Shown(backup, "ActiveState")}, {Shown(backup, "Result")}, exit code {Shown(backup, "ExecMainStatus")}");
        var lines = backup.Machine.Do($"journalctl -q --no-pager -o cat -u haproxy --since @{since}").Split('\n');
        pair.Fact("alerts", string.Join('\n', lines.Where(line => line.StartsWith("[ALERT]", StringComparison.Ordinal)).Select(line => Number().Replace(line, "(PID)")).Distinct()));
        pair.Must(pair.Facts("alerts").Contains("cannot bind socket (Cannot assign requested address) for [192.168.219.253:80]", StringComparison.Ordinal), "haproxy says that it cannot bind the address");
        if (backup.Maker == Maker.Ours)
            pair.Must(lines.Any(line => line.Contains("net.ipv4.ip_nonlocal_bind = 1", StringComparison.Ordinal)), "our haproxy says which setting is missing");
    }

    private static void Repair(PairPlay pair, Side backup)
    {
        pair.Event("1, started", () =>
        {
            foreach (var command in pair.Surroundings.Commands[OperatorsCommands.Setting]) backup.Machine.Do(command);
            backup.Machine.Do("systemctl reset-failed haproxy");
            pair.Fact("exit code of the start", backup.Machine.Run("systemctl start haproxy").Code);
            pair.Must(backup.Machine.IsActive("haproxy"), "haproxy is active with ip_nonlocal_bind 1");
        });
        pair.Fact("address", pair.AddressAt);
    }

    private static string Shown(Side side, string property) => side.Machine.Run(string.Create(CultureInfo.InvariantCulture, $"systemctl show haproxy -P {property}")).Output.Trim();

    [GeneratedRegex(@"\(\d+\)")]
    private static partial Regex Number();
}
