using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>The global definitions as <c>/tmp/keepalived.data</c> shows them. What stands fixed here is what this program has no part for.</summary>
internal static class GlobalDump
{
    /// <summary>Writes the section.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="usualInterface">The interface of addresses that name none, where the file does not say; null where nobody asks.</param>
    internal static void Write(DumpWriter to, KeepalivedConfig config, string? usualInterface = null)
    {
        var global = config.Global;
        to.Line($"------< Global definitions >------");
        to.Line($" Network namespace = {global.NetworkNamespace ?? "(default)"}");
        to.Line($" Network namespace ipvs = (main namespace)");
        if (global.InstanceName != null)
            to.Line($" Instance name = {global.InstanceName}");
        to.Line($" Router ID = {global.RouterName ?? SystemName.HostName}");
        WriteMail(to, global.Mail);
        to.Line($" Default smtp_alert = {(global.Mail.Default is { } alert ? alert ? "on" : "off" : "unset")}");
        to.Line($" Default smtp_alert_vrrp = unset");
        to.Line($" Default smtp_alert_checker = unset");
        to.Line($" Checkers log all failures = false");
        to.Text(global.CheckBeforeReload ? " Test config before reload" : " No test config before reload");
        if (global.StartupScript is { } startup)
            to.Line($" Startup script = {ResourceText.Of(startup)}, uid:gid {startup.UserId}:{startup.GroupId}, timeout {(int)global.StartupScriptTimeout.TotalSeconds}");
        if (global.ShutdownScript is { } shutdown)
            to.Line($" Shutdown script = {ResourceText.Of(shutdown)}, uid:gid {shutdown.UserId}:{shutdown.GroupId} timeout {(int)global.ShutdownScriptTimeout.TotalSeconds}");
        to.Line($" Dynamic interfaces = {DumpWriter.TrueFalse(global.DynamicInterfaces)}");
        if (global.DynamicInterfaces)
            to.Line($" Allow interface changes = {DumpWriter.TrueFalse(global.AllowInterfaceChanges)}");
        if ((global.DefaultInterface ?? usualInterface) is { } standard)
            to.Line($" Default interface = {standard}");
        to.Line($" Disable local IGMP = {DumpWriter.YesNo(global.DisableLocalIgmp)}");
        to.Line($" LVS flush = false");
        to.Line($" LVS flush on stop = disabled");
        WritePipe(to, "Global", global.Fifo);
        WritePipe(to, "VRRP", global.VrrpFifo);
        to.Line($" FIFO write vrrp states on reload = {DumpWriter.TrueFalse(global.FifoStatesOnReload)}");
        to.Line($" VRRP notify priority changes = {DumpWriter.TrueFalse(global.NotifyPriorityChanges)}");
        to.Line($" VRRP IPv4 mcast group = {global.Group4}");
        to.Line($" VRRP IPv6 mcast group = {global.Group6}");
        WriteGarp(to, global);
        to.Line($" VRRP default protocol version = {global.Version}");
        to.Text(" nftables without counters");
        to.Line($" VRRP check unicast_src = false");
        to.Line($" VRRP skip check advert addresses = false");
        to.Line($" VRRP strict mode = {DumpWriter.TrueFalse(global.Strict)}");
        to.Line($" Max auto priority = {global.MaxAutoPriority}");
        to.Line($" Min auto priority delay = {(long)global.MinAutoPriorityDelay.TotalMicroseconds} usecs");
        WriteTuning(to, "VRRP", global.Vrrp);
        WriteTuning(to, "Checker", global.Checker);
        WriteTuning(to, "BFD", global.Bfd);
        WriteSnmp(to, global.Snmp);
        to.Line($" DBus {(global.Bus ? "enabled" : "disabled")}");
        to.Line($" DBus service name = {global.BusName}");
        to.Line($" Script security {(global.ScriptSecurity ? "enabled" : "disabled")}");
        to.Line($" Default script uid:gid {global.ScriptUser.UserId}:{global.ScriptUser.GroupId}");
        foreach (var buffer in (string[])["vrrp_netlink_cmd", "vrrp_netlink_monitor", "process_monitor", "lvs_netlink_cmd", "lvs_netlink_monitor"])
            to.Text($" {buffer}_rcv_bufs = 0\n {buffer}_rcv_bufs_force = 0");
        to.Text(" rs_init_notifies = 0\n no_checker_emails = 0\n rx_bufs_multiples = 3");
        to.Line($" umask = 0{Convert.ToString(global.Umask, 8)}");
    }

    private static void WriteSnmp(DumpWriter to, SnmpConfig snmp)
    {
        foreach (var (part, isOn) in ((string, bool)[])[("vrrp", snmp.Keepalived), ("checker", snmp.Checker), ("RFCv2", snmp.Version2), ("RFCv3", snmp.Version3), ("traps", snmp.Traps)])
            to.Line($" SNMP {part} {(isOn ? "enabled" : "disabled")}");
        to.Line($" SNMP socket = {snmp.Socket ?? "default (unix:/var/agentx/master)"}");
    }

    private static void WriteMail(DumpWriter to, MailConfig mail)
    {
        if (mail.Server != null)
        {
            to.Line($" Smtp server = {mail.Server.Address}");
            to.Line($" Smtp server port = {mail.Server.Port}");
        }
        if (mail.Recipients.Count == 0)
            return;
        to.Line($" Smtp HELO name = {mail.HeloName ?? SystemName.HostName}");
        to.Line($" Smtp server connection timeout = {(int)mail.Timeout.TotalSeconds}");
        to.Line($" Email notification from = {mail.Sender}");
        to.Line($" Email notification to:");
        foreach (var recipient in mail.Recipients)
            to.Line($"   {recipient}");
    }

    private static void WritePipe(DumpWriter to, string whose, NotifyFifoConfig? pipe)
    {
        if (pipe == null)
            return;
        to.Line($" {whose} notify fifo = {pipe.Path}, uid:gid {pipe.UserId}:{pipe.GroupId}");
        if (pipe.Reader is { } reader)
            to.Line($" {whose} notify fifo script = {ResourceText.Of(reader)} '{pipe.Path}', uid:gid {reader.UserId}:{reader.GroupId}");
    }

    private static void WriteGarp(DumpWriter to, GlobalConfig global)
    {
        var garp = global.Garp;
        to.Line($" Gratuitous ARP delay = {(long)garp.Delay.TotalSeconds}");
        to.Line($" Gratuitous ARP repeat = {garp.Repeat}");
        to.Line($" Gratuitous ARP refresh timer = {(long)garp.Refresh.TotalSeconds}");
        to.Line($" Gratuitous ARP refresh repeat = {garp.RefreshRepeat}");
        to.Line($" Gratuitous ARP lower priority delay = {(long)garp.LowerPriorityDelay.TotalSeconds}");
        to.Line($" Gratuitous ARP lower priority repeat = {garp.LowerPriorityRepeat}");
        to.Line($" Num adverts before down = {global.DownTimerAdverts}");
        to.Line($" Gratuitous ARP for each secondary VMAC = {(long)garp.ExtraInterval.TotalSeconds}s");
        to.Line($" Send advert after receive lower priority advert = true");
        to.Line($" Send advert after receive higher priority advert = false");
        to.Line($" Gratuitous ARP interval = {global.GarpInterval.TotalSeconds:0.000000}");
        to.Line($" Gratuitous NA interval = {global.NeighbourInterval.TotalSeconds:0.000000}");
    }

    private static void WriteTuning(DumpWriter to, string part, ProcessTuning tuning)
    {
        to.Line($" {part} process priority = {tuning.Priority ?? 0}");
        to.Line($" {part} don't swap = {DumpWriter.TrueFalse(tuning.NoSwap)}");
        to.Line($" {part} realtime priority = {tuning.RealTimePriority}");
        to.Line($" {part} realtime limit = {tuning.RealTimeLimit}");
    }
}
