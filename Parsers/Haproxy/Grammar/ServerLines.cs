using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Source;
using Pidgin;

namespace Dropin.Parsers.Haproxy.Grammar;

/// <summary><c>server</c>, <c>default-server</c> and <c>server-template</c> (configuration manual 4.2).</summary>
internal static class ServerLines
{
    private const DiagnosticPlace Bracket = DiagnosticPlace.Bracket;

    private const AddressNeeds Needs = AddressNeeds.Port | AddressNeeds.PortOffset | AddressNeeds.Unix | AddressNeeds.SocketPair;

    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("server", Server)
        .Executed("default-server", DefaultServer)
        .Executed("server-template", Template);

    private static bool OutOfPlace(ConfigLine line, ProxySyntax proxy)
    {
        if (proxy.IsDefaults && line[0] != "default-server")
        {
            line.Error("not-in-defaults", $"'{line[0]}' not allowed in 'defaults' section.", Bracket);
            return true;
        }

        if (!proxy.IsBackend)
        {
            line.Error("needs-backend",
                $"parsing [{line.At.File}:{line.At.Line}] : '{line[0]}' not allowed because {proxy.TypeName} '{proxy.Name}' has no backend capability.",
                Bracket);
            return true;
        }

        return false;
    }

    private static void Server(ConfigLine line, ProxySyntax proxy)
    {
        if (OutOfPlace(line, proxy))
        {
            return;
        }

        Read(line, proxy, proxy.DefaultServer, allowed: null);
    }

    /// <summary>Reads a server's line; it is the last of the section's servers afterwards, unless its name or address is wrong.</summary>
    /// <param name="line">The word <c>server</c>, the name, the address and the options.</param>
    /// <param name="proxy">The section.</param>
    /// <param name="basis">What it starts from.</param>
    /// <param name="allowed">Which options may be used; null all.</param>
    /// <returns>False where something is wrong, which has been said.</returns>
    internal static bool Read(ConfigLine line, ProxySyntax proxy, ServerSyntax basis, Predicate<string>? allowed)
    {
        if (line[1].Length == 0 || line[2].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <name> and <addr>[:<port>] as arguments.", Bracket);
            return false;
        }

        if (InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"character '{bad}' is not permitted in server name '{line[1]}'.", Bracket, 1);
            return false;
        }

        var server = basis.Copy(line[1], line.At);
        if (!Address(line, proxy, server, line[2], 2))
        {
            return false;
        }

        // It is known from here on, even when its options are wrong: others may name it.
        Place(line, proxy, server);
        return Options(line, proxy, server, 3, $"'server {proxy.Name}/{server.Name}' : ", "", allowed) && Complete(line, proxy, server);
    }

    // Contradictions among the options of one line.
    private static bool Complete(ConfigLine line, ProxySyntax proxy, ServerSyntax server)
    {
        if (server.Track is not null && server.Check)
        {
            line.Error("track-and-check",
                $"'server {proxy.Name}/{server.Name}' : unable to enable checks and tracking at the same time!", Bracket);
            return false;
        }

        if (server.Tls || server.CheckTls)
        {
            line.Refuse($"server {proxy.Name}/{server.Name} {(server.Tls ? "ssl" : "check-ssl")}", "TLS is not executed yet");
            return false;
        }

        if (server.AgentCheck && server.AgentPort == 0)
        {
            line.Error("no-agent-port",
                $"'server {proxy.Name}/{server.Name}' : server {server.Name} does not have agent port. Agent check has been disabled.", Bracket);
            return false;
        }

        return true;
    }

    private static void DefaultServer(ConfigLine line, ProxySyntax proxy)
    {
        if (!OutOfPlace(line, proxy))
        {
            Options(line, proxy, proxy.DefaultServer, 1, "", " Hint: no address was expected for this server.");
            proxy.DefaultServer.SourceOpen = false;
        }
    }

    private static void Template(ConfigLine line, ProxySyntax proxy)
    {
        if (OutOfPlace(line, proxy))
        {
            return;
        }

        if (line[1].Length == 0 || line[2].Length == 0 || line[3].Length == 0)
        {
            line.Error("missing-argument", $"'{line[0]}' expects <prefix> <nb | range> <addr>[:<port>] as arguments.", Bracket);
            return;
        }

        if (InvalidCharacter(line[1]) is { } bad)
        {
            line.Error("bad-name", $"character '{bad}' is not permitted in {line[0]} prefix '{line[1]}'.", Bracket, 1);
            return;
        }

        var dash = line[2].IndexOf('-');
        var low = dash < 0 ? 1 : Values.Number(line[2][..dash]);
        var high = Values.Number(dash < 0 ? line[2] : line[2][(dash + 1)..]);
        if (low < 1 || high < low || high > 1_000_000)
        {
            line.Error("bad-range", $"Wrong {line[0]} number or range arg '{line[2]}'.", Bracket, 2);
            return;
        }

        var first = proxy.DefaultServer.Copy(line[1] + low, line.At);
        if (!Address(line, proxy, first, line[3], 3))
        {
            return;
        }

        Place(line, proxy, first);
        if (!Options(line, proxy, first, 4, $"'server {proxy.Name}/{first.Name}' : ", "") || !Complete(line, proxy, first))
        {
            return;
        }

        for (var i = low + 1; i <= high; i++)
        {
            Place(line, proxy, first.Copy(line[1] + i, line.At));
        }
    }

    private static bool Address(ConfigLine line, ProxySyntax proxy, ServerSyntax server, string text, int word)
    {
        var address = Addresses.Read(text, Needs, line.Document, out var error);
        if (address is null)
        {
            line.Error("bad-address", $"'server {proxy.Name}/{server.Name}' : {error}\n", Bracket, word);
            return false;
        }

        if (address.Endpoint is NamedEndpoint named && !IsHostName(named.Name))
        {
            line.Error("bad-host-name",
                $"'server {proxy.Name}/{server.Name}' : Can't create DNS resolution for server '{server.Name}'", Bracket, word);
            return false;
        }

        server.Endpoint = address.Endpoint;
        server.HasPort = address.HasPort;
        // Without a port the client's is used: an offset of 0.
        server.PortIsOffset = address.IsOffset || (!address.HasPort && address.Endpoint is IpEndpoint or NamedEndpoint);
        return true;
    }

    // Labels have 1 to 63 bytes (RFC 1035, 2.3.4); a final dot is allowed.
    private static bool IsHostName(string name)
    {
        var length = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '.')
            {
                length++;
            }
            else if (length == 0)
            {
                return false;
            }
            else
            {
                length = 0;
            }

            if (length > 63)
            {
                return false;
            }
        }

        return true;
    }

    private static void Place(ConfigLine line, ProxySyntax proxy, ServerSyntax server)
    {
        proxy.Servers.Add(server);
        server.Number = proxy.Servers.Count;
        if (!proxy.ServersByName.TryAdd(server.Name, server))
        {
            proxy.DuplicateServers.Add((server, proxy.ServersByName[server.Name]));
        }
    }

    private static bool Options(
        ConfigLine line, ProxySyntax proxy, ServerSyntax server, int from, string prefix, string hint, Predicate<string>? allowed = null)
    {
        var interfaceNext = false;
        foreach (var option in ServerOptions.Table.All.ParseOrThrow(line.From(from)))
        {
            if (interfaceNext)
            {
                server.Source = server.Source! with { Interface = option.Name.Text };
                interfaceNext = false;
                continue;
            }

            if (option.Keyword is null)
            {
                // A word of 'source' that may stand behind its address; no option of its own.
                if (option.Name.Text == "interface" && server.SourceOpen && server.Source is not null)
                {
                    interfaceNext = true;
                    continue;
                }

                var near = ServerOptions.Table.Suggest(option.Name.Text);
                line.Error("unknown-option", near is null
                    ? Problem.Of($"{prefix}unknown keyword '{option.Name.Text}'.{hint}")
                    : Problem.Of($"{prefix}unknown keyword '{option.Name.Text}'; did you mean '{near}' maybe ?{hint}"), Bracket);
                return false;
            }

            if (allowed?.Invoke(option.Name.Text) == false)
            {
                line.Error("not-at-run-time", $"{prefix}'{option.Name.Text}' option is not accepted for dynamic server", Bracket);
                return false;
            }

            server.SourceOpen &= option.Name.Text is "source" or "usesrc";
            if (option.Keyword.Action(option, server, line) is { } problem)
            {
                if (!ReferenceEquals(problem, ServerOptions.Said))
                {
                    line.Error("bad-option", $"{prefix}{UpToNul(problem)}.", Bracket);
                }

                return false;
            }
        }

        if (interfaceNext)
        {
            line.Error("missing-argument", $"{prefix}'{line[0]}' : missing interface name.\n", Bracket);
            line.Sink.Error("missing-argument", line.At, $"error encountered while processing 'interface'.");
        }

        return !interfaceNext;
    }

    // What is printed of a text in which the end of a word was named as a character.
    private static string UpToNul(FormattableString problem)
    {
        var text = problem.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var end = text.IndexOf('\0');
        return end < 0 ? text : text[..end];
    }

    /// <summary>The first character that a name may not have.</summary>
    public static char? InvalidCharacter(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or ':'))
            {
                return c;
            }
        }

        return null;
    }
}
