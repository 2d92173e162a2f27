namespace Dropin.Runtime.Vrrp;

/// <summary>What a virtual router (or a sync group) is doing; the numbers are those of keepalived's JSON dump.</summary>
public enum VrrpState
{
    /// <summary>Not started.</summary>
    Initialize = 0,

    /// <summary>It listens to a master, or waits for one to fall silent.</summary>
    Backup = 1,

    /// <summary>It sends adverts and holds the addresses.</summary>
    Master = 2,

    /// <summary>Something it tracks is down: it neither sends nor takes over.</summary>
    Fault = 3,

    /// <summary>Stopped with the daemon. Scripts hear STOP.</summary>
    Stopped = 97,

    /// <summary>Taken away by a reload. Scripts hear DELETED or FAULT.</summary>
    Deleted = 98,
}
