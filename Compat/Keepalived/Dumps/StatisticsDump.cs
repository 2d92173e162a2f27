using Dropin.Runtime.Vrrp.Core;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>The counters as <c>/tmp/keepalived.stats</c> shows them.</summary>
internal static class StatisticsDump
{
    /// <summary>The whole file.</summary>
    internal static string Of(VrrpCore core)
    {
        var to = new DumpWriter();
        foreach (var instance in core.Instances)
            Write(to, instance.Name, instance.Counters);
        return to.ToString();
    }

    private static void Write(DumpWriter to, string name, InstanceCounters counted)
    {
        to.Line($"VRRP Instance: {name}");
        to.Line($"  Advertisements:");
        to.Line($"    Received: {counted.AdvertsReceived}");
        to.Line($"    Sent: {counted.AdvertsSent}");
        to.Line($"  Became master: {counted.BecameMaster}");
        to.Line($"  Released master: {counted.ReleasedMaster}");
        to.Line($"  Packet Errors:");
        to.Line($"    Length: {counted.LengthErrors}");
        to.Line($"    TTL: {counted.TtlErrors}");
        to.Line($"    Invalid Type: {counted.InvalidTypes}");
        to.Line($"    Advertisement Interval: {counted.IntervalErrors}");
        to.Line($"    Address List: {counted.AddressListErrors}");
        to.Line($"  Authentication Errors:");
        to.Line($"    Invalid Type: {counted.InvalidAuthenticationTypes}");
        to.Line($"    Type Mismatch: {counted.AuthenticationMismatches}");
        to.Line($"    Failure: {counted.AuthenticationFailures}");
        to.Line($"  Priority Zero:");
        to.Line($"    Received: {counted.PriorityZeroReceived}");
        to.Line($"    Sent: {counted.PriorityZeroSent}");
    }
}
