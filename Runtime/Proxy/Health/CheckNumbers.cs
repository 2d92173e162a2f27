namespace Dropin.Runtime.Proxy.Health;

/// <summary>The numbers of statuses in server state files (management manual 9.3, <c>show servers state</c>: srv_check_status).</summary>
public static class CheckNumbers
{
    // 0 unknown, 1 initialising, 2 started, 3 checked, 4 analysed, 5 socket error, then layers 4, 6, 7 and programs in order.
    private static readonly int[] Numbers = [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20];

    /// <summary>The number of a status.</summary>
    public static int ToFile(CheckStatus status) => Numbers[(int)status];

    /// <summary>The status of a number.</summary>
    public static CheckStatus FromFile(int number) =>
        Array.IndexOf(Numbers, number) is >= 0 and var found ? (CheckStatus)found : CheckStatus.Unknown;

    /// <summary>What it means, as a number (srv_check_result): 0 unknown, 1 neutral, 2 failed, 3 passed, 4 conditionally passed.</summary>
    public static int ResultOf(CheckStatus status) => status.Verdict() switch
    {
        CheckVerdict.Failed => 2,
        CheckVerdict.Passed => 3,
        CheckVerdict.Conditional => 4,
        _ => status == CheckStatus.NoChange ? 1 : 0,
    };
}
