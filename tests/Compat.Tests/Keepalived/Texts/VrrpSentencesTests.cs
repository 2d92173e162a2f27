using System.Reflection;
using System.Runtime.CompilerServices;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Texts;
using Dropin.Runtime.Protocols.Vrrp;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Core;
using Dropin.Runtime.Vrrp.Events;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Keepalived.Texts;

/// <summary>Each event has its line, with the original's words.</summary>
public sealed class VrrpSentencesTests
{
    private static readonly RouterAddress Peer = RouterAddress.Read([192, 168, 219, 126]);

    [Fact]
    public void Each_event_of_core_and_shell_is_told()
    {
        var silent = new List<string>();
        foreach (var type in typeof(VrrpEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(VrrpEvent))))
        {
            var lines = Told((VrrpEvent)Blank(type));
            if (lines.Count == 0) silent.Add(type.Name);
        }
        silent.Should().BeEmpty("what happens is told, with -D at least");
    }

    [Fact]
    public void The_lines_tools_look_for_are_word_for_word()
    {
        Told(new EnteringState("VI_1", VrrpState.Backup, true)).Should().Equal("(VI_1) Entering BACKUP STATE (init)");
        Told(new EnteringState("VI_1", VrrpState.Master, false)).Should().Equal("(VI_1) Entering MASTER STATE");
        Told(new LowerPriorityDiscarded("VI_1", 100, Peer)).Should().Equal("(VI_1) received lower priority (100) advert from 192.168.219.126 - discarding");
        Told(new HigherPriorityHeard("VI_1", Peer, 200, 100)).Should().Equal("(VI_1) Master received advert from 192.168.219.126 with higher priority 200, ours 100");
        Told(new LowerPriorityHeard("VI_1", Peer, 100, 200, true)).Should().Equal("(VI_1) Received advert from 192.168.219.126 with lower priority 100, ours 200, forcing new election");
        Told(new InterfaceReported("eth0", false)).Should().Equal("Netlink reports eth0 down");
        Told(new SyncingGroup("G1", VrrpState.Fault)).Should().Equal("VRRP_Group(G1) Syncing instances to FAULT state");
        Told(new EffectivePriorityChanged("VI_1", 200, 198)).Should().Equal("(VI_1) Changing effective priority from 200 to 198");
        Told(new ScriptOutcomeChanged("chk", ScriptOutcome.Failed, 3)).Should().Equal("Script `chk` now returning 3");
        Told(new ScriptStateChanged("chk", false, ScriptOutcome.Failed, 3)).Should().Equal("VRRP_Script(chk) failed (exited with status 3)");
        Told(new ScriptStateChanged("chk", true, ScriptOutcome.Succeeded, 0)).Should().Equal("VRRP_Script(chk) succeeded");
        Told(new ScriptStateChanged("hang", false, ScriptOutcome.TimedOut, 15)).Should().Equal("VRRP_Script(hang) timed_out");
    }

    [Fact]
    public void Details_are_for_those_who_ask()
    {
        Told(new AdvertTimeout("VI_1"), details: false).Should().BeEmpty();
        Told(new AdvertTimeout("VI_1")).Should().Equal("(VI_1) Receive advertisement timeout");
    }

    private static List<string> Told(VrrpEvent happened, bool details = true)
    {
        var lines = new List<string>();
        new VrrpSentences(new LogChannel((_, line) => lines.Add(line), () => details)).Tell(happened);
        return lines;
    }

    // Sentences must bear whatever stands in an event; a blank one has the least.
    private static object Blank(Type type)
    {
        var made = type.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).First();
        return made.Invoke([.. made.GetParameters().Select(Value)]);
    }

    private static object? Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { } type when type == typeof(string) => "x",
        { IsValueType: true } type => RuntimeHelpers.GetUninitializedObject(type),
        { } type when type == typeof(System.Net.IPAddress) => System.Net.IPAddress.Loopback,
        { } type when type == typeof(System.Net.NetworkInformation.PhysicalAddress) => System.Net.NetworkInformation.PhysicalAddress.None,
        { } type when type == typeof(AdvertChannel) => new AdvertChannel("eth0", System.Net.Sockets.AddressFamily.InterNetwork, false, false, Peer),
        { } type when type == typeof(Runtime.Ir.Vrrp.RouteConfig) => Route,
        { } type when type == typeof(Runtime.Ir.Vrrp.RoutingRuleConfig) => new Runtime.Ir.Vrrp.RoutingRuleConfig { Line = "" },
        { } type when type == typeof(Runtime.Vrrp.Effects.VirtualResources) => new Runtime.Vrrp.Effects.VirtualResources([], [Route], []),
        _ => null,
    };

    private static Runtime.Ir.Vrrp.RouteConfig Route => new() { Line = "" };
}
