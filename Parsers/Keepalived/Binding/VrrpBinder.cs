using System.Net.Sockets;
using System.Text;
using Dropin.Parsers.Keepalived.Grammar;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived.Binding;

/// <summary>Makes the IR of what was read and checked: names become references, defaults of global_defs stand in the instances.</summary>
internal static class VrrpBinder
{
    /// <summary>Everything but the virtual servers.</summary>
    public static KeepalivedConfig Bind(Document document)
    {
        var vrrp = document.Vrrp;
        var global = GlobalBinder.Bind(document);
        foreach (var script in vrrp.Scripts.All)
        {
            script.Config = Script(script);
        }

        foreach (var file in vrrp.Files.All)
        {
            file.Config = new TrackFileConfig
            {
                Name = file.Name, Path = file.Path!, Weight = file.Weight, Reverse = file.Reverse, InitialValue = file.Initial, Overwrite = file.Overwrite, At = file.At,
            };
        }

        foreach (var process in vrrp.Processes.All)
        {
            process.Config = Process(process);
        }

        var instances = new Dictionary<string, InstanceConfig>(StringComparer.Ordinal);
        foreach (var instance in vrrp.Instances.All)
        {
            instances.Add(instance.Name, Instance(document, global, instance));
        }

        return new KeepalivedConfig
        {
            Global = global,
            Instances = List(vrrp.Instances.All, i => instances[i.Name]),
            SyncGroups = List(vrrp.Groups, g => new SyncGroupConfig
            {
                Name = g.Name,
                Members = List(g.Members, m => instances[m.Name]),
                Tracking = Tracking(g.Tracking),
                TrackingWeight = g.TrackingWeight,
                Notify = Notifications(document, g.Notify),
                At = g.At,
            }),
            Scripts = List(vrrp.Scripts.All, s => s.Config!),
            Files = List(vrrp.Files.All, f => f.Config!),
            Processes = List(vrrp.Processes.All, p => p.Config!),
            StaticAddresses = List(vrrp.StaticAddresses, a => a),
            StaticRoutes = List(vrrp.StaticRoutes, r => r),
            StaticRules = List(vrrp.StaticRules, r => r),
            GarpGroups = List(vrrp.GarpGroups, g => new GarpGroupConfig(List(g.Interfaces, i => i), g.Arp, g.Neighbour)),
            InterfaceDelays = List(vrrp.Delays, d => d),
            Linkbeats = List(vrrp.Linkbeats, l => l),
            TrackGroups = List([.. vrrp.TrackGroups], g => new TrackGroupConfig(g.Key,
                List(g.Value.FindAll(instances.ContainsKey), n => instances[n]))),
            VirtualServers = IpvsChecks.Bind(document),
            CheckTls = document.Checkers.Tls,
            BfdInstances = List(document.Bfd.Instances, b => b.Config),
        };
    }

    private static ValueList<TTo> List<TFrom, TTo>(List<TFrom> from, Func<TFrom, TTo> make)
    {
        var items = new TTo[from.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = make(from[i]);
        }

        return ValueList.Create<TTo>(items);
    }

    private static InstanceConfig Instance(Document document, GlobalConfig global, InstanceSyntax i)
    {
        var defaults = document.Global;
        var family = i.Family ?? AddressFamily.InterNetwork;
        return new InstanceConfig
        {
            Name = i.Name,
            Interface = i.Interface ?? i.Vrf ?? "",
            RouterId = i.RouterId,
            Family = family,
            Version = i.Version,
            WantsMaster = i.Master == true,
            Priority = i.Priority ?? 100,
            AdvertInterval = TimeSpan.FromMicroseconds(i.AdvertMicroseconds),
            DownTimerAdverts = i.DownTimerAdverts ?? global.DownTimerAdverts,
            Authentication = i.Authentication is { } kind ? new AuthenticationConfig(kind, ValueList.Create<byte>(Encoding.Latin1.GetBytes(i.Password!))) : null,
            Addresses = List(i.Addresses, a => a),
            ExcludedAddresses = List(i.Excluded, a => a),
            Routes = List(i.Routes, r => r),
            Rules = List(i.Rules, r => r),
            NoPreempt = i.NoPreempt,
            PreemptDelay = i.PreemptDelay,
            Accept = i.Accept,
            Strict = i.Strict == true,
            SkipAddressCheck = i.SkipAddressCheck ?? defaults.SkipAddressCheck,
            IgnorePrimaryFault = i.IgnorePrimaryFault,
            LinkbeatPolling = i.LinkbeatPolling || defaults.LinkbeatPolling,
            PromoteSecondaries = i.PromoteSecondaries,
            ChecksumWithoutPseudoHeader = defaults.ChecksumAsVersion2,
            OldUnicastChecksum = i.OldChecksum,
            Garp = GlobalBinder.Garp(i.Garp, defaults.Garp),
            NoAdvertToLower = i.NoAdvertToLower ?? defaults.LowerPriorityNoAdvert ?? i.Strict == true,
            AdvertToHigher = i.AdvertToHigher ?? defaults.HigherPrioritySendAdvert,
            OwnerIgnoresAdverts = defaults.OwnerIgnoresAdverts,
            Path = new AdvertPathConfig
            {
                Source = i.Source,
                TrackSource = i.TrackSource,
                Group = i.IsUnicast ? null : i.Group ?? (family == AddressFamily.InterNetworkV6 ? global.Group6 : global.Group4),
                IsUnicast = i.IsUnicast,
                Peers = List(i.Peers, p => p),
                UnicastTtl = i.UnicastTtl,
                CheckSource = i.CheckSource || defaults.CheckUnicastSource,
                FaultWithoutPeers = i.FaultWithoutPeers,
            },
            VirtualMac = i.VirtualMac is { } mac ? mac with { TransmitByBase = i.TransmitByBase, ForAddresses = i.MacForAddresses } : null,
            Tracking = Tracking(i.Tracking),
            Notify = Notifications(document, i.Notify),
            ReceiveBuffer = i.ReceiveBuffer,
            At = i.At,
        };
    }

    private static TrackingConfig Tracking(TrackingSyntax tracking) => new()
    {
        Interfaces = List(tracking.Interfaces, t => t),
        Scripts = List(tracking.Scripts, t => new Tracked<TrackScriptConfig>(t.Target.Config!, t.Weight, t.Reverse)),
        Files = List(tracking.Files, t => new Tracked<TrackFileConfig>(t.Target.Config!, t.Weight, t.Reverse)),
        Processes = List(tracking.Processes, t => new Tracked<TrackProcessConfig>(t.Target.Config!, t.Weight, t.Reverse)),
    };

    private static NotifyConfig Notifications(Document document, NotifySyntax notify)
    {
        return new NotifyConfig
        {
            Any = Of("notify"),
            Master = Of("notify_master"),
            Backup = Of("notify_backup"),
            Fault = Of("notify_fault"),
            Stop = Of("notify_stop"),
            DeletedState = notify.Deleted,
            Deleted = Of("notify_deleted"),
            MasterHearsLower = Of("notify_master_rx_lower_pri"),
            PriorityChanges = notify.PriorityChanges ?? document.Global.Config.NotifyPriorityChanges,
            SmtpAlert = notify.SmtpAlert ?? document.Global.SmtpAlertVrrp ?? document.Global.SmtpAlert ?? false,
        };

        ScriptCommand? Of(string word) => notify.Scripts.TryGetValue(word, out var script) ? GlobalBinder.Command(document, script) : null;
    }

    private static TrackScriptConfig Script(TrackScriptSyntax s) => new()
    {
        Name = s.Name,
        Command = new ScriptCommand(s.Script!.Line, List(s.Script.Words, w => w), s.User!.Value.UserId, s.User.Value.GroupId),
        Interval = s.Interval,
        Timeout = s.Timeout,
        Weight = s.Weight,
        Reverse = s.Reverse,
        Rise = s.Rise,
        Fall = s.Fall,
        StartsFailed = s.StartsFailed,
        At = s.At,
    };

    private static TrackProcessConfig Process(TrackProcessSyntax p) => new()
    {
        Name = p.Name,
        Words = List(p.Words, w => w),
        Parameters = p.Match ?? (p.Words.Count > 1 ? ParameterMatch.Exact : null),
        FullCommand = p.FullCommand,
        Quorum = (int)p.Quorum,
        QuorumMax = p.QuorumMax is { } most ? (int)most : int.MaxValue,
        Weight = p.Weight ?? 0,
        Reverse = p.Reverse,
        ForkDelay = p.ForkDelay,
        TerminateDelay = p.TerminateDelay,
        At = p.At,
    };
}
