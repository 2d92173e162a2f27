namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>What is run and told when an instance or group changes its state.</summary>
public sealed record NotifyConfig
{
    /// <summary>On each change, with <c>INSTANCE|GROUP name STATE priority</c> behind its arguments.</summary>
    public ScriptCommand? Any { get; init; }

    /// <summary>On becoming master.</summary>
    public ScriptCommand? Master { get; init; }

    /// <summary>On becoming backup.</summary>
    public ScriptCommand? Backup { get; init; }

    /// <summary>On a fault.</summary>
    public ScriptCommand? Fault { get; init; }

    /// <summary>When the daemon stops.</summary>
    public ScriptCommand? Stop { get; init; }

    /// <summary>When a reload took the instance away: DELETED in place of FAULT (<c>notify_deleted</c>); also a script of its own.</summary>
    public bool DeletedState { get; init; }

    /// <summary>The script of <c>notify_deleted</c>; null where only the word stands.</summary>
    public ScriptCommand? Deleted { get; init; }

    /// <summary>When the master hears a lower priority (<c>notify_master_rx_lower_pri</c>).</summary>
    public ScriptCommand? MasterHearsLower { get; init; }

    /// <summary>Changes of the priority are told too (<c>notify_priority_changes</c>).</summary>
    public bool PriorityChanges { get; init; }

    /// <summary>Mail on changes (<c>smtp_alert</c>), the global default filled in.</summary>
    public bool SmtpAlert { get; init; }
}

/// <summary>A named pipe that is told of changes, and the program that reads it.</summary>
/// <param name="Path">The pipe; made where it is missing.</param>
/// <param name="Reader">What is started to read it, with the path as its argument; null for none.</param>
/// <param name="UserId">The pipe's owner.</param>
/// <param name="GroupId">The pipe's group.</param>
public sealed record NotifyFifoConfig(string Path, ScriptCommand? Reader, uint UserId, uint GroupId);
