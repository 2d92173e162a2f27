using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using static Dropin.Runtime.Tests.Vrrp.Router;

namespace Dropin.Runtime.Tests.Vrrp;

/// <summary>The oracle of the fuzzer for states: whatever the bytes say, a core takes them or refuses them; what it takes it can write again.</summary>
internal static class HandoverFuzzTarget
{
    internal static IEnumerable<byte[]> Seeds => [Written(Rich()), Written(new Router(Config()).Start()), Written(new Router(Instance()).Start())];

    internal static void Check(ReadOnlySpan<byte> input)
    {
        var core = new VrrpCore(Config());
        if (!core.Restore(1000 * Second, new StateRecord(input.ToArray()))) return;
        foreach (var instance in core.Instances)
        {
            var runs = instance.State is VrrpState.Master or VrrpState.Backup;
            if (instance.State > VrrpState.Fault || runs != (instance.TimerAt != long.MaxValue)) throw new InvalidOperationException($"broken: {instance.State} with its timer at {instance.TimerAt}");
        }
        core.Save(new StateWriter());
    }

    internal static byte[] Written(Router router)
    {
        var to = new StateWriter();
        router.Core.Save(to);
        return to.Written.ToArray();
    }

    /// <summary>All that a core can have a state of.</summary>
    internal static KeepalivedConfig Config()
    {
        var script = new TrackScriptConfig { Name = "s", Command = new ScriptCommand("/bin/true", ["/bin/true"], 0, 0), Rise = 3, Fall = 2 };
        var file = new TrackFileConfig { Name = "f", Path = "/f" };
        var process = new TrackProcessConfig { Name = "p", Words = ["p"], Quorum = 1, TerminateDelay = TimeSpan.FromSeconds(5) };
        InstanceConfig[] members = [Member("A", 1), Member("B", 2)];
        return new KeepalivedConfig
        {
            Global = new GlobalConfig { GarpInterval = TimeSpan.FromMilliseconds(100) },
            Scripts = [script],
            Files = [file],
            Processes = [process],
            InterfaceDelays = [new InterfaceDelayConfig("eth0", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2))],
            Instances = [.. members, Instance("C", 3) with { Authentication = new AuthenticationConfig(AuthenticationKind.Header, [.. "secret"u8]) },
                Instance("D", 4, 200) with { Version = 3, PreemptDelay = TimeSpan.FromSeconds(30), AdvertInterval = TimeSpan.FromMilliseconds(50) }],
            SyncGroups = [new SyncGroupConfig { Name = "G", Members = [.. members] }],
        };

        InstanceConfig Member(string name, int id) => Instance(name, id) with
        {
            Tracking = new TrackingConfig
            {
                Scripts = [new Tracked<TrackScriptConfig>(script, 20, false)], Files = [new Tracked<TrackFileConfig>(file, 1, false)],
                Processes = [new Tracked<TrackProcessConfig>(process, 10, false)],
            },
        };
    }

    /// <summary>A router in the middle of everything: masters with announcements on their way, a delay that runs, a change that is debounced.</summary>
    internal static Router Rich()
    {
        var router = new Router(Config());
        router.Do((core, now) => core.FileRead(now, "f", 7));
        router.Do((core, now) => core.ProcessCounted(now, "p", 2));
        router.Start();
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Succeeded, 0));
        router.Do((core, now) => core.ScriptFinished(now, "s", ScriptOutcome.Failed, 3));
        for (var turn = 0; turn < 40; turn++)
        {
            router.Hear(120, instance: router["D"]);
            router.Wait(0.1);
        }
        router.Do((core, now) => core.ProcessCounted(now, "p", 0));
        router.SetInterface("eth1", true, "10.8.0.1");
        router.SetInterface("eth0", false, "10.9.0.1", "fe80::1");
        return router;
    }

}
