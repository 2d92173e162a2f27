using System.Text;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Compat.Haproxy.Cli;

/// <summary>Severity of an answer, syslog's numbers.</summary>
internal enum CliSeverity
{
    /// <summary>A dump or answer without one.</summary>
    None = -1,

    /// <summary>It could not be done.</summary>
    Error = 3,

    /// <summary>Done, but look at it.</summary>
    Warning = 4,

    /// <summary>To be noted.</summary>
    Notice = 5,

    /// <summary>For information.</summary>
    Info = 6,
}

/// <summary>One command of a connection being carried out.</summary>
internal sealed class CliCall(CliSession session, string[] words, string? payload)
{
    /// <summary>The connection.</summary>
    internal CliSession Session { get; } = session;

    /// <summary>The words, the command's own included.</summary>
    internal string[] Words { get; } = words;

    /// <summary>The lines behind the command; null none.</summary>
    internal string? Payload { get; } = payload;

    /// <summary>What is answered.</summary>
    internal StringBuilder Output { get; } = new();

    /// <summary>The severity of the answer.</summary>
    internal CliSeverity Severity { get; private set; } = CliSeverity.None;

    /// <summary>What commands work on.</summary>
    internal AdminContext Context => Session.Server.Context;

    /// <summary>The loop it runs on.</summary>
    internal Loop Loop => Session.Loop;

    /// <summary>Microseconds since 1970.</summary>
    internal long Now => Loop.WallMicroseconds;

    /// <summary>A word by its place; "" where there are fewer.</summary>
    internal string Word(int index) => index < Words.Length ? Words[index] : "";

    /// <summary>It cannot be done, for this reason.</summary>
    internal void Fail(string text) => Say(CliSeverity.Error, text);

    /// <summary>Answers with a severity.</summary>
    internal void Say(CliSeverity severity, string text)
    {
        Severity = severity;
        Output.Append(text);
    }

    /// <summary>Whether the connection's level allows it; says so where not.</summary>
    internal bool Allows(CliLevel level)
    {
        if (Session.Level >= level)
            return true;
        Fail("Permission denied\n");
        return false;
    }

    /// <summary>The server that a word "backend/server" means; null where there is none, which has been said.</summary>
    internal ServerState? FindServer(int index, string lineEnd = "\n")
    {
        var word = Word(index);
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == word.Length - 1)
        {
            Fail("Require 'backend/server'." + lineEnd);
            return null;
        }
        if (Context.FindBackend(word[..slash]) is not { } backend)
        {
            Fail("No such backend." + lineEnd);
            return null;
        }
        foreach (var server in backend.Servers)
        {
            if (server.Name == word[(slash + 1)..])
                return server;
        }
        Fail("No such server." + lineEnd);
        return null;
    }

    /// <summary>The proxy with a client's side that a word means; null where there is none, which has been said.</summary>
    internal ProxyState? FindFrontend(int index)
    {
        var word = Word(index);
        if (word.Length == 0)
        {
            Fail("A frontend name is expected.\n");
            return null;
        }
        if (Context.Find(word, ProxyCapability.Frontend) is { } proxy)
            return proxy;
        Fail("No such frontend.\n");
        return null;
    }
}
