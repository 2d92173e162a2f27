namespace Dropin.Runtime.Proxy.Health;

/// <summary>What an expectation says of the bytes so far.</summary>
internal enum ExpectVerdict
{
    /// <summary>More bytes may decide.</summary>
    Wait,

    /// <summary>Met.</summary>
    Met,

    /// <summary>Not met.</summary>
    Failed,
}

/// <summary>An expectation's answer.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="Outcome">When not met: how the check ends. When met: what the check ends with if this was the last step.</param>
internal readonly record struct ExpectResult(ExpectVerdict Verdict, CheckOutcome Outcome = default)
{
    internal static readonly ExpectResult Wait = new(ExpectVerdict.Wait);

    internal static ExpectResult Met(CheckOutcome outcome) => new(ExpectVerdict.Met, outcome);

    internal static ExpectResult Failed(CheckStatus status, int number, string description) =>
        new(ExpectVerdict.Failed, new CheckOutcome(status, number, description));
}
