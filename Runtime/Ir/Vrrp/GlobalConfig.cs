using System.Net;

namespace Dropin.Runtime.Ir.Vrrp;

/// <summary>The block <c>global_defs</c>: what holds for the daemon as a whole.</summary>
/// <remarks>Defaults that instances inherit are already filled into the instances; they stand here for the data dump.</remarks>
public sealed record GlobalConfig
{
    /// <summary>The name in mails and SNMP; null for the host's name.</summary>
    public string? RouterName { get; init; }

    /// <summary>The instance of several daemons on one host (<c>instance</c>); null for none. It changes pid files and log names.</summary>
    public string? InstanceName { get; init; }

    /// <summary>The network namespace to run in; null for that of the start.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Pid files stand in /run/keepalived (<c>use_pid_dir</c>).</summary>
    public bool UsePidDirectory { get; init; }

    /// <summary>Scripts that run as root must not be writable by others (<c>enable_script_security</c>).</summary>
    public bool ScriptSecurity { get; init; }

    /// <summary>Named pipe for all changes (<c>notify_fifo</c>).</summary>
    public NotifyFifoConfig? Fifo { get; init; }

    /// <summary>Named pipe for changes of VRRP (<c>vrrp_notify_fifo</c>).</summary>
    public NotifyFifoConfig? VrrpFifo { get; init; }

    /// <summary>States are written to the pipes at a reload (<c>fifo_write_vrrp_states_on_reload</c>).</summary>
    public bool FifoStatesOnReload { get; init; }

    /// <summary>Interfaces may be missing at the start (<c>dynamic_interfaces</c>).</summary>
    public bool DynamicInterfaces { get; init; }

    /// <summary>... and may change their kind (<c>dynamic_interfaces allow_if_changes</c>).</summary>
    public bool AllowInterfaceChanges { get; init; }

    /// <summary>The interface of addresses and routes that name none.</summary>
    public string? DefaultInterface { get; init; }

    /// <summary>The multicast group of IPv4.</summary>
    public IPAddress Group4 { get; init; } = IPAddress.Parse("224.0.0.18");

    /// <summary>The multicast group of IPv6.</summary>
    public IPAddress Group6 { get; init; } = IPAddress.Parse("ff02::12");

    /// <summary>No multicast of ours comes back to us (<c>disable_local_igmp</c>).</summary>
    public bool DisableLocalIgmp { get; init; }

    /// <summary>Before the first instance starts (<c>vrrp_startup_delay</c>).</summary>
    public TimeSpan StartupDelay { get; init; }

    /// <summary>Adverts of VRIDs that we do not have are logged (<c>log_unknown_vrids</c>).</summary>
    public bool LogUnknownRouterIds { get; init; }

    /// <summary>Defaults of instances, for the dump.</summary>
    public GarpConfig Garp { get; init; } = new();

    /// <summary>Between two gratuitous ARPs on one interface; zero for no limit.</summary>
    public TimeSpan GarpInterval { get; init; }

    /// <summary>Between two neighbour advertisements on one interface; zero for no limit.</summary>
    public TimeSpan NeighbourInterval { get; init; }

    /// <summary>Default of instances: 2 or 3.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Default of instances.</summary>
    public bool Strict { get; init; }

    /// <summary>Default of instances.</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>What the names of VMACs begin with (<c>vmac_prefix</c>).</summary>
    public string VirtualMacPrefix { get; init; } = "vrrp";

    /// <summary>... of those which addresses on other interfaces have (<c>vmac_addr_prefix</c>); null for that of the others.</summary>
    public string? AddressMacPrefix { get; init; }

    /// <summary>How the VRRP part runs.</summary>
    public ProcessTuning Vrrp { get; init; } = new();

    /// <summary>How the checker part runs; accepted, there is no such part yet.</summary>
    public ProcessTuning Checker { get; init; } = new();

    /// <summary>How the BFD part runs; accepted, there is no such part yet.</summary>
    public ProcessTuning Bfd { get; init; } = new();

    /// <summary>Real-time priority taken by itself when turns come late (<c>max_auto_priority</c>); 0 for none, -1 for unlimited.</summary>
    public int MaxAutoPriority { get; init; }

    /// <summary>How late a turn has to be for that.</summary>
    public TimeSpan MinAutoPriorityDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>SNMP.</summary>
    public SnmpConfig Snmp { get; init; } = new();

    /// <summary>Mail.</summary>
    public MailConfig Mail { get; init; } = new();

    /// <summary>Run before and after everything (<c>startup_script</c>); null for none.</summary>
    public ScriptCommand? StartupScript { get; init; }

    /// <summary>After which the start-up script is given up; zero for never.</summary>
    public TimeSpan StartupScriptTimeout { get; init; }

    /// <summary>Run at the end (<c>shutdown_script</c>); null for none.</summary>
    public ScriptCommand? ShutdownScript { get; init; }

    /// <summary>After which the shutdown script is given up; zero for never.</summary>
    public TimeSpan ShutdownScriptTimeout { get; init; }

    /// <summary>Mask of the files that the daemon makes, an octal number (<c>umask</c>).</summary>
    public int Umask { get; init; } = 0b001_111_111;

    /// <summary>User and group of scripts that name none.</summary>
    public (uint UserId, uint GroupId) ScriptUser { get; init; }

    /// <summary>A new configuration is tested before it replaces the running one (<c>reload_check_config</c>).</summary>
    public bool CheckBeforeReload { get; init; }

    /// <summary>The file with the time of the next reload (<c>reload_time_file</c>); null for none.</summary>
    public string? ReloadTimeFile { get; init; }

    /// <summary>That file stays when its time has come: a time without a date comes every day (<c>reload_repeat</c>).</summary>
    public bool ReloadRepeat { get; init; }

    /// <summary>A firewall is named (<c>nftables</c>), so that nobody has to be told which one is used.</summary>
    public bool NamesFirewall { get; init; }

    /// <summary>The dump of configuration and state has the instance in its name (<c>data_use_instance</c>).</summary>
    public bool DumpsNameInstance { get; init; }

    /// <summary>Changes of priorities are told (<c>vrrp_notify_priority_changes</c>).</summary>
    public bool NotifyPriorityChanges { get; init; }

    /// <summary>The daemon is on the message bus (<c>enable_dbus</c>).</summary>
    public bool Bus { get; init; }

    /// <summary>Its name there (<c>dbus_service_name</c>); null for the usual one.</summary>
    public string? BusName { get; init; }

    /// <summary>The process's name (<c>process_name</c>, <c>vrrp_process_name</c>); null for the usual one.</summary>
    public string? ProcessName { get; init; }
}

/// <summary>How one part of the daemon is scheduled.</summary>
public sealed record ProcessTuning
{
    /// <summary>Nice value, -20 to 19; null to leave it.</summary>
    public int? Priority { get; init; }

    /// <summary>Real-time priority, 1 to 99; 0 for none.</summary>
    public int RealTimePriority { get; init; }

    /// <summary>RLIMIT_RTTIME in microseconds.</summary>
    public long RealTimeLimit { get; init; } = 10000;

    /// <summary>Memory is locked (<c>*_no_swap</c>).</summary>
    public bool NoSwap { get; init; }

    /// <summary>Processors it may run on; empty for all.</summary>
    public ValueList<int> Processors { get; init; } = [];
}

/// <summary>Where and how alerts are mailed.</summary>
public sealed record MailConfig
{
    /// <summary>To whom; empty for nobody.</summary>
    public ValueList<string> Recipients { get; init; } = [];

    /// <summary>From whom.</summary>
    public string? Sender { get; init; }

    /// <summary>The server; null for 127.0.0.1:25.</summary>
    public IPEndPoint? Server { get; init; }

    /// <summary>The name in HELO; null for the host's.</summary>
    public string? HeloName { get; init; }

    /// <summary>Of connecting and of each answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No mail about faults (<c>no_email_faults</c>).</summary>
    public bool NoFaults { get; init; }

    /// <summary>Default of <c>smtp_alert</c>; null where it was not written.</summary>
    public bool? Default { get; init; }
}
