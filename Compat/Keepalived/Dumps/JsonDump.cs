using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>Instances and counters as <c>/tmp/keepalived.json</c> shows them: exporters read them by these names.</summary>
internal sealed class JsonDump
{
    private readonly VrrpNode _node;
    private readonly DumpClock _clock = new();
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _to;

    private JsonDump(VrrpNode node)
    {
        _node = node;
        _to = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The whole file.</summary>
    internal static string Of(VrrpNode node)
    {
        var dump = new JsonDump(node);
        dump._to.WriteStartArray();
        foreach (var instance in node.Core.Instances)
            dump.Write(instance);
        dump._to.WriteEndArray();
        dump._to.Flush();
        // The original's library escapes slashes; they stand nowhere but in texts.
        return Encoding.UTF8.GetString(dump._bytes.ToArray()).Replace("/", "\\/", StringComparison.Ordinal);
    }

    private void Write(InstanceState instance)
    {
        _to.WriteStartObject();
        _to.WriteStartObject("data");
        WriteConfiguration(instance, instance.Config);
        WriteState(instance, instance.Config);
        WriteScripts(instance.Config.Notify);
        WriteLists(instance, instance.Config);
        _to.WriteNumber("auth_type", (int)(instance.Config.Authentication?.Kind ?? 0));
        if (instance.Config.Authentication != null)
            _to.WriteString("auth_data", Encoding.UTF8.GetString(instance.Config.Authentication.Secret.AsSpan()));
        _to.WriteEndObject();
        WriteCounters(instance.Counters);
        _to.WriteEndObject();
    }

    private void WriteConfiguration(InstanceState instance, InstanceConfig config)
    {
        _to.WriteString("iname", instance.Name);
        _to.WriteNumber("dont_track_primary", config.IgnorePrimaryFault ? 1 : 0);
        _to.WriteNumber("skip_check_adv_addr", config.SkipAddressCheck ? 1 : 0);
        _to.WriteNumber("strict_mode", config.Strict ? 1 : 0);
        _to.WriteString("vmac_ifname", config.VirtualMac == null ? "" : instance.InterfaceName);
        _to.WriteString("ifp_ifname", instance.InterfaceName);
        _to.WriteNumber("master_priority", instance.MasterPriority);
        _to.WritePropertyName("last_transition");
        _to.WriteRawValue(_clock.Seconds(instance.LastTransition));
        _to.WriteNumber("garp_delay", (long)config.Garp.Delay.TotalSeconds);
        _to.WriteNumber("garp_refresh", (long)config.Garp.Refresh.TotalSeconds);
        _to.WriteNumber("garp_rep", config.Garp.Repeat);
        _to.WriteNumber("garp_refresh_rep", config.Garp.RefreshRepeat);
        _to.WriteNumber("garp_lower_prio_delay", (long)config.Garp.LowerPriorityDelay.TotalSeconds);
        _to.WriteNumber("garp_lower_prio_rep", config.Garp.LowerPriorityRepeat);
        _to.WriteNumber("lower_prio_no_advert", config.NoAdvertToLower ? 1 : 0);
        _to.WriteNumber("higher_prio_send_advert", config.AdvertToHigher ? 1 : 0);
        _to.WriteNumber("vrid", config.RouterId);
    }

    private void WriteState(InstanceState instance, InstanceConfig config)
    {
        _to.WriteNumber("base_priority", instance.BasePriority);
        _to.WriteNumber("effective_priority", instance.EffectivePriority);
        _to.WriteBoolean("vipset", instance.HoldsAddresses);
        _to.WriteBoolean("promote_secondaries", config.PromoteSecondaries);
        WriteSeconds("adver_int", config.AdvertInterval.TotalSeconds);
        WriteSeconds("master_adver_int", instance.MasterAdvertInterval / 1e6);
        _to.WriteNumber("accept", (config.Accept ?? !config.Strict) ? 1 : 0);
        _to.WriteBoolean("nopreempt", config.NoPreempt);
        WriteSeconds("preempt_delay", config.PreemptDelay.TotalSeconds);
        _to.WriteNumber("state", (int)instance.State);
        _to.WriteNumber("wantstate", (int)instance.WantedState);
        _to.WriteNumber("version", config.Version);
        _to.WriteBoolean("smtp_alert", config.Notify.SmtpAlert);
        _to.WriteBoolean("notify_deleted", config.Notify.DeletedState);
    }

    private void WriteScripts(NotifyConfig notify)
    {
        WriteScript("script_backup", notify.Backup);
        WriteScript("script_master", notify.Master);
        WriteScript("script_fault", notify.Fault);
        WriteScript("script_stop", notify.Stop);
        WriteScript("script_deleted", notify.Deleted);
        WriteScript("script", notify.Any);
        WriteScript("script_master_rx_lower_pri", notify.MasterHearsLower);
    }

    private void WriteLists(InstanceState instance, InstanceConfig config)
    {
        WriteList("vips", config.Addresses.Select(address => ResourceText.Of(address, InstanceDump.PlaceOf(_node, instance, address), instance.HoldsAddresses)));
        WriteList("evips", config.ExcludedAddresses.Select(address => ResourceText.Of(address, InstanceDump.PlaceOf(_node, instance, address), instance.HoldsAddresses)));
        WriteList("vroutes", config.Routes.Select(RouteText.Of));
        WriteList("vrules", config.Rules.Select(RuleText.Of));
        WriteList("track_ifp", config.Tracking.Interfaces.Select(tracked => tracked.Interface));
        WriteList("track_script", config.Tracking.Scripts.Select(tracked => ResourceText.Of(tracked.Target.Command)));
    }

    private void WriteCounters(InstanceCounters counted)
    {
        _to.WriteStartObject("stats");
        _to.WriteNumber("advert_rcvd", counted.AdvertsReceived);
        _to.WriteNumber("advert_sent", counted.AdvertsSent);
        _to.WriteNumber("become_master", counted.BecameMaster);
        _to.WriteNumber("release_master", counted.ReleasedMaster);
        _to.WriteNumber("packet_len_err", counted.LengthErrors);
        _to.WriteNumber("advert_interval_err", counted.IntervalErrors);
        _to.WriteNumber("ip_ttl_err", counted.TtlErrors);
        _to.WriteNumber("invalid_type_rcvd", counted.InvalidTypes);
        _to.WriteNumber("addr_list_err", counted.AddressListErrors);
        _to.WriteNumber("invalid_authtype", counted.InvalidAuthenticationTypes);
        _to.WriteNumber("authtype_mismatch", counted.AuthenticationMismatches);
        _to.WriteNumber("auth_failure", counted.AuthenticationFailures);
        _to.WriteNumber("pri_zero_rcvd", counted.PriorityZeroReceived);
        _to.WriteNumber("pri_zero_sent", counted.PriorityZeroSent);
        _to.WriteEndObject();
    }

    private void WriteScript(string name, ScriptCommand? script)
    {
        if (script != null)
            _to.WriteString(name, ResourceText.Of(script));
    }

    private void WriteList(string name, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count == 0)
            return;
        _to.WriteStartArray(name);
        foreach (var item in all)
            _to.WriteStringValue(item);
        _to.WriteEndArray();
    }

    private void WriteSeconds(string name, double seconds)
    {
        _to.WritePropertyName(name);
        _to.WriteRawValue(seconds.ToString("0.######", CultureInfo.InvariantCulture));
    }
}
