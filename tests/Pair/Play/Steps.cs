namespace Dropin.Pair.Play;

/// <summary>The steps of the operator's story, in their order.</summary>
internal static class Steps
{
    public static readonly IReadOnlyList<Step> All =
    [
        .. BalancingSteps.All,
        .. PowerSteps.All,
        .. FailbackSteps.All,
        .. ReloadSteps.All,
        .. UpgradeSteps.All,
        .. MigrationSteps.All,
    ];
}
