using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Shell;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>One virtual router as <c>/tmp/keepalived.data</c> shows it.</summary>
internal sealed partial class InstanceDump(DumpWriter to, VrrpNode node, DumpClock clock)
{
    /// <summary>Writes one instance.</summary>
    internal void Write(InstanceState instance)
    {
        var config = instance.Config;
        to.Line($" VRRP Instance = {instance.Name}");
        to.Line($"   VRRP Version = {config.Version}");
        if (config.Family == AddressFamily.InterNetworkV6)
            to.Line($"   Using Native IPv6");
        if (instance.Group != null)
            to.Line($"   Sync group = {instance.Group.Name}");
        WriteState(instance, config);
        WriteInterface(instance, config);
        WriteGarp(config);
        WriteElection(instance, config);
        WriteAddresses(instance, config);
        WriteTracked(config.Tracking);
        to.Line($"   Using smtp notification = {DumpWriter.YesNo(config.Notify.SmtpAlert)}");
        to.Line($"   Notify deleted = {(config.Notify.DeletedState ? "Deleted" : "Fault")}");
        WriteScripts(to, config.Notify);
        to.Line($"   Notify priority changes = {DumpWriter.TrueFalse(config.Notify.PriorityChanges || node.Core.Config.Global.NotifyPriorityChanges)}");
    }

    /// <summary>The scripts of an instance or a group.</summary>
    internal static void WriteScripts(DumpWriter to, NotifyConfig notify)
    {
        Write("Backup", notify.Backup);
        Write("Master", notify.Master);
        Write("Fault", notify.Fault);
        Write("Stop", notify.Stop);
        Write("Deleted", notify.Deleted);
        Write("Generic", notify.Any);
        Write("Master rx lower pri", notify.MasterHearsLower);

        void Write(string when, ScriptCommand? script)
        {
            if (script != null)
                to.Line($"   {when} state transition script = {ResourceText.Of(script)}, uid:gid {script.UserId}:{script.GroupId}");
        }
    }

    private void WriteState(InstanceState instance, InstanceConfig config)
    {
        to.Line($"   State = {Word(instance.State)}");
        if (instance.State == VrrpState.Backup && !instance.MasterAddress.IsNone)
        {
            to.Line($"   Master router = {instance.MasterAddress}");
            to.Line($"   Master priority = {instance.MasterPriority}");
            if (config.Version == 3)
                to.Line($"   Master advert int = {instance.MasterAdvertInterval / 1_000_000.0:0.00} sec");
        }
        var hasFlags = config.Path.IsUnicast || config.VirtualMac != null;
        to.Text(hasFlags ? "   Flags:" : "   Flags: none");
        if (config.Path.IsUnicast)
            to.Line($"     Using unicast");
        to.Line($"   Wantstate = {Word(instance.WantedState)}");
        to.Line($"   Number of config faults = {instance.ConfigFaults}");
        to.Line($"   Number of interface and track script faults = {instance.TrackFaults}");
        to.Line($"   Number of track scripts init = {instance.ScriptsPending}");
        to.Line($"   Last transition = {clock.Moment(instance.LastTransition)}");
        to.Line($"   Read timeout = {clock.Moment(instance.TimerAt)}");
        to.Line($"   Master down timer = {instance.MasterDownInterval} usecs");
    }

    private void WriteInterface(InstanceState instance, InstanceConfig config)
    {
        var notes = new StringBuilder();
        if (config.VirtualMac is { } mac)
        {
            var isUp = node.Interfaces.Find(instance.InterfaceName)?.Notice.IsRunning == true;
            to.Line($"   Use {(mac.IsIpvlan ? "IPVLAN" : "VMAC")}, i/f name {instance.InterfaceName}, is_up = {DumpWriter.TrueFalse(isUp)}, xmit_base = {DumpWriter.TrueFalse(mac.TransmitByBase)}");
            notes.Append(", vmac on ").Append(config.Interface).Append(mac.TransmitByBase ? ", xmit base i/f" : "");
        }
        to.Line($"   Interface = {instance.InterfaceName}{notes}");
        if (config.IgnorePrimaryFault)
            to.Line($"   VRRP interface tracking disabled");
        if (config.SkipAddressCheck)
            to.Line($"   Skip checking advert IP addresses");
        to.Line($"   Using src_ip = {(instance.SourceAddress.IsNone ? "(none)" : instance.SourceAddress)}{(instance.HasConfiguredSource ? " (from configuration)" : "")}");
        if (!config.Path.IsUnicast)
            to.Line($"   Multicast address {instance.Channel.Address}{(config.VirtualMac?.TransmitByBase == true ? string.Create(CultureInfo.InvariantCulture, $", ifindex {node.Interfaces.IndexOf(config.Interface)}") : "")}");
    }

    private void WriteGarp(InstanceConfig config)
    {
        var garp = config.Garp;
        to.Line($"   Gratuitous ARP delay = {(long)garp.Delay.TotalSeconds}");
        to.Line($"   Gratuitous ARP repeat = {garp.Repeat}");
        to.Line($"   Gratuitous ARP refresh = {(long)garp.Refresh.TotalSeconds}");
        to.Line($"   Gratuitous ARP refresh repeat = {garp.RefreshRepeat}");
        to.Line($"   Gratuitous ARP lower priority delay = {(long)garp.LowerPriorityDelay.TotalSeconds}");
        to.Line($"   Gratuitous ARP lower priority repeat = {garp.LowerPriorityRepeat}");
        to.Line($"   Down timer adverts = {config.DownTimerAdverts}");
        to.Line($"   Send advert after receive lower priority advert = {DumpWriter.TrueFalse(!config.NoAdvertToLower)}");
        to.Line($"   Send advert after receive higher priority advert = {DumpWriter.TrueFalse(config.AdvertToHigher)}");
    }

    private void WriteElection(InstanceState instance, InstanceConfig config)
    {
        to.Line($"   Virtual Router ID = {config.RouterId}");
        to.Line($"   Priority = {instance.BasePriority}");
        to.Line($"   Effective priority = {instance.EffectivePriority}");
        to.Line($"   Total priority = {instance.TotalPriority}");
        to.Text(config.Version == 2
            ? string.Create(CultureInfo.InvariantCulture, $"   Advert interval = {(long)config.AdvertInterval.TotalSeconds} sec")
            : string.Create(CultureInfo.InvariantCulture, $"   Advert interval = {(long)config.AdvertInterval.TotalMilliseconds} milli-sec"));
        to.Line($"   Accept = {DumpWriter.OnOff(config.Accept ?? !config.Strict)}");
        to.Line($"   Preempt = {DumpWriter.OnOff(!config.NoPreempt)}");
        if (config.PreemptDelay > TimeSpan.Zero)
            to.Line($"   Preempt delay = {config.PreemptDelay.TotalSeconds} secs");
        to.Line($"   Promote_secondaries = {DumpWriter.OnOff(config.PromoteSecondaries)}");
        if (config.Version != 2)
            return;
        to.Line($"   Authentication type = {config.Authentication?.Kind switch { AuthenticationKind.Password => "SIMPLE_PASSWORD", AuthenticationKind.Header => "IPSEC_AH", _ => "none" }}");
        if (config.Authentication != null)
            to.Line($"   Password = {Encoding.UTF8.GetString(config.Authentication.Secret.AsSpan())}");
    }

    /// <summary>A state as dumps write it.</summary>
    internal static string Word(VrrpState state) => state switch
    {
        VrrpState.Initialize => "INIT",
        VrrpState.Backup => "BACKUP",
        VrrpState.Master => "MASTER",
        _ => "FAULT",
    };
}
