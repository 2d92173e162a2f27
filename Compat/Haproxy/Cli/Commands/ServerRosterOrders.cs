using Dropin.Parsers.Haproxy;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>add server</c> and <c>del server</c> (management manual 9.3).</summary>
internal static class ServerRosterOrders
{
    internal static void Add(CliCall call)
    {
        var word = call.Word(2);
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == word.Length - 1)
        {
            call.Fail("Require 'backend/server'.");
            return;
        }
        if (call.Context.FindBackend(word[..slash]) is not { } backend)
        {
            call.Fail("No such backend.");
            return;
        }
        if (!ServerRoster.CanGrow(backend))
        {
            call.Fail("Backend must use a dynamic load balancing to support dynamic servers.");
            return;
        }
        string[] words = [word[(slash + 1)..], .. call.Words.AsSpan(Math.Min(3, call.Words.Length))];
        var read = RunTimeServer.Read(backend.Name, words, backend.Servers.Select(server => server.Config), ServerRoster.HasCheckPort(backend));
        if (read.Config is not { } config)
        {
            Refuse(call, read, read.Error);
            return;
        }
        if (LeaderOf(call, backend, config, out var leader) is { } failure)
        {
            Refuse(call, read, failure);
            return;
        }
        if (Array.Exists(backend.Servers, server => server.Name == config.Name))
        {
            Refuse(call, read, "Already exists a server with the same name in backend.");
            return;
        }
        ServerRoster.Add(call.Context.Engine, backend, config, leader, read.Disabled, call.Now);
        call.Session.Server.SpeakSigned(CliSeverity.Notice, read.Prefix + "New server registered.");
        call.Say(CliSeverity.Info, "New server registered.\n");
    }

    internal static void Delete(CliCall call)
    {
        if (call.FindServer(2, lineEnd: "") is not { } server)
            return;
        switch (ServerRoster.Remove(server))
        {
            case ServerRemoval.IsNamed:
                call.Fail("This server cannot be removed at runtime due to other configuration elements pointing to it.");
                break;
            case ServerRemoval.IsInService:
                call.Fail("Only servers in maintenance mode can be deleted.");
                break;
            case ServerRemoval.IsInUse:
                call.Fail("Server still has connections attached to it, cannot remove it.");
                break;
            default:
                call.Session.Server.Speak(CliSeverity.Notice, call.Session.Server.Signature + "Server deleted.");
                call.Say(CliSeverity.Info, "Server deleted.");
                break;
        }
    }

    /// <summary>Finds the server that is followed; what is wrong with it, or null.</summary>
    private static string? LeaderOf(CliCall call, BackendState own, ServerConfig config, out ServerState? leader)
    {
        leader = null;
        if (config.Track is not { } track)
            return null;
        var slash = track.IndexOf('/', StringComparison.Ordinal);
        var name = track[(slash + 1)..];
        var backend = slash < 0 ? own : call.Context.Engine.Find(track[..slash], ProxyCapability.Backend)?.Backend;
        if (backend is null)
            return $"unable to find required proxy '{track[..slash]}' for tracking.";
        leader = Array.Find(backend.Servers, server => server.Name == name);
        if (leader is null)
            return $"unable to find required server '{name}' for tracking.";
        if (leader.Config.AtRunTime)
            return $"unable to use {leader} for tracking as it is a dynamic server.";
        var root = leader;
        while (root.Leader is { } next)
            root = next;
        return root.Health.Check is null && root.Health.Agent is null
            ? $"unable to use {leader} for tracking as it does not have any check nor agent enabled." : null;
    }

    private static void Refuse(CliCall call, RunTimeServer server, string text)
    {
        call.Session.Server.SpeakSigned(CliSeverity.Error, server.Prefix + text);
        call.Fail(text + "\n");
    }
}
