using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Grammar;

/// <summary>What global_defs and the words beside it say, as far as it is not in the IR's form at once.</summary>
internal sealed class GlobalSyntax
{
    /// <summary>What is ready.</summary>
    public GlobalConfig Config { get; set; } = new();

    /// <summary>The counts and delays of instances; null members are not set.</summary>
    public GarpSyntax Garp { get; } = new();

    /// <summary>Mail by default: for all, for virtual routers, for virtual servers; null where not written.</summary>
    public bool? SmtpAlert { get; set; }

    /// <summary>See <see cref="SmtpAlert"/>.</summary>
    public bool? SmtpAlertVrrp { get; set; }

    /// <summary>See <see cref="SmtpAlert"/>.</summary>
    public bool? SmtpAlertChecker { get; set; }

    /// <summary>The user of scripts that name none; null where <c>script_user</c> was not written or did not resolve.</summary>
    public (uint UserId, uint GroupId)? ScriptUser { get; set; }

    /// <summary><c>script_user</c> did not resolve: there is no default.</summary>
    public bool ScriptUserFailed { get; set; }

    /// <summary>Instances look at fewer adverts (<c>vrrp_skip_check_adv_addr</c>).</summary>
    public bool SkipAddressCheck { get; set; }

    /// <summary>Default of <c>check_unicast_src</c>.</summary>
    public bool CheckUnicastSource { get; set; }

    /// <summary>Default of <c>lower_prio_no_advert</c>.</summary>
    public bool? LowerPriorityNoAdvert { get; set; }

    /// <summary>Default of <c>higher_prio_send_advert</c>.</summary>
    public bool HigherPrioritySendAdvert { get; set; }

    /// <summary>Default of <c>owner_ignore_adverts</c>.</summary>
    public bool OwnerIgnoresAdverts { get; set; }

    /// <summary>Default of <c>v3_checksum_as_v2</c>.</summary>
    public bool ChecksumAsVersion2 { get; set; }

    /// <summary>All interfaces are polled.</summary>
    public bool LinkbeatPolling { get; set; }

    /// <summary>The pipe of virtual servers.</summary>
    public FifoSyntax LvsFifo { get; } = new();

    /// <summary>The pipe of all.</summary>
    public FifoSyntax Fifo { get; } = new();

    /// <summary>The pipe of virtual routers.</summary>
    public FifoSyntax VrrpFifo { get; } = new();

    /// <summary>Run before everything; null for none.</summary>
    public ScriptSyntax? StartupScript { get; set; }

    /// <summary>Run after everything; null for none.</summary>
    public ScriptSyntax? ShutdownScript { get; set; }

    /// <summary>The version of instances was written.</summary>
    public bool HasVersion { get; set; }

    /// <summary>The sync daemon of IPVS was asked for.</summary>
    public string? SyncDaemonInterface { get; set; }

    /// <summary>The instance it follows; null for none.</summary>
    public string? SyncDaemonInstance { get; set; }

    /// <summary>A table of nftables was named.</summary>
    public bool HasNftables { get; set; }

    /// <summary>... for IPVS.</summary>
    public bool HasNftablesIpvs { get; set; }

    /// <summary>Words that may be written once.</summary>
    public HashSet<string> Once { get; } = new(StringComparer.Ordinal);
}

/// <summary>Counts and delays of gratuitous ARP as written; null for not.</summary>
internal sealed class GarpSyntax
{
    public TimeSpan? Delay { get; set; }

    public int? Repeat { get; set; }

    public TimeSpan? Refresh { get; set; }

    public int? RefreshRepeat { get; set; }

    public TimeSpan? LowerPriorityDelay { get; set; }

    public int? LowerPriorityRepeat { get; set; }

    public TimeSpan? ExtraInterval { get; set; }

    public bool? ExtraForAll { get; set; }
}

/// <summary>A pipe as written.</summary>
internal sealed class FifoSyntax
{
    public string? Path { get; set; }

    public ScriptSyntax? Reader { get; set; }

    public (uint UserId, uint GroupId)? Owner { get; set; }
}

/// <summary>A script as written: its words and whom it runs as; null for the default.</summary>
internal sealed record ScriptSyntax(string Line, List<string> Words, (uint UserId, uint GroupId)? User, SourceSpan At);
