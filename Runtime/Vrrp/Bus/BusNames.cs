namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>The names on the bus that scripts and monitors know from keepalived 2.2.7.</summary>
internal static class BusNames
{
    /// <summary>The service, where the configuration names none.</summary>
    internal const string Service = "org.keepalived.Vrrp1";

    /// <summary>The interface of the daemon as a whole.</summary>
    internal const string Daemon = "org.keepalived.Vrrp1.Vrrp";

    /// <summary>The interface of an instance.</summary>
    internal const string Instance = "org.keepalived.Vrrp1.Instance";

    /// <summary>The daemon has come onto the bus.</summary>
    internal const string Started = "VrrpStarted";

    /// <summary>The daemon has read its configuration again.</summary>
    internal const string Reloaded = "VrrpReloaded";

    /// <summary>The daemon leaves the bus.</summary>
    internal const string Stopped = "VrrpStopped";

    /// <summary>An instance has another state.</summary>
    internal const string StateChanged = "VrrpStatusChange";
}
