using System.Globalization;
using System.Net;
using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// Loads what an older process said of the servers: <c>server-state-file</c>, <c>server-state-base</c>, <c>load-server-state-from-file</c>
/// (configuration manual 3.1 and 4.2). A file that cannot be read is worth a warning, never the start.
/// </summary>
internal sealed class ServerStateFiles(ProxyEngine engine, Action<string> warn)
{
    private const int Fields = 25;

    internal void Load(long now)
    {
        var shared = engine.Proxies.Any(proxy => proxy.Config.Backend?.ServerState == ServerStateSource.Global) && engine.Global.ServerStateFile is { } name
            ? ReadShared(PathOf(name)) : [];
        foreach (var proxy in engine.Proxies)
        {
            var lines = proxy.Config.Backend?.ServerState switch
            {
                ServerStateSource.Global => shared,
                ServerStateSource.Local => ReadOwn(proxy),
                _ => [],
            };
            foreach (var line in lines)
            {
                if (line.Backend == proxy.Name && Array.Find(proxy.Backend!.Servers, server => server.Name == line.State.Server) is { } server)
                    line.State.Restore(engine, server, now);
            }
        }
    }

    private string PathOf(string name) => name.StartsWith('/') || engine.Global.ServerStateBase is not { } folder ? name : Path.Combine(folder, name);

    private List<Line> ReadShared(string path) => Read(path,
        reason => $"config: Can't open global server state file '{path}': {reason}",
        () => $"config: Can't get version of the global server state file '{path}'.",
        number => $"corrupted global server state file '{path}' at line {number}.");

    private List<Line> ReadOwn(ProxyState proxy)
    {
        var path = PathOf(proxy.Config.Backend!.ServerStateFileName ?? proxy.Name);
        return Read(path,
            reason => $"Proxy '{proxy.Name}': Can't open server state file '{path}': {reason}.",
            () => $"Proxy '{proxy.Name}': Can't get version of the server state file '{path}'.",
            number => $"Proxy '{proxy.Name}': corrupted server state file '{path}' at line {number}.");
    }

    /// <summary>All lines of a file; none at all where one of them is broken.</summary>
    private List<Line> Read(string path, Func<string, string> cannotOpen, Func<string> noVersion, Func<int, string> corrupted)
    {
        string[] texts;
        try
        {
            texts = File.ReadAllLines(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            warn(cannotOpen(problem is FileNotFoundException or DirectoryNotFoundException ? "No such file or directory" : "Permission denied"));
            return [];
        }
        if (texts.Length == 0 || texts[0].Trim() != "1")
        {
            warn(noVersion());
            return [];
        }
        var lines = new List<Line>();
        for (var i = 1; i < texts.Length; i++)
        {
            var words = texts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#')
                continue;
            if (LineOf(words) is not { } line)
            {
                // Lines are counted without the version and the header before them.
                warn(corrupted(i));
                return [];
            }
            lines.Add(line);
        }
        return lines;
    }

    private static Line? LineOf(string[] words)
    {
        if (words.Length < Fields || !Number(words[5], out var operational) || !Number(words[6], out var admin) || !Number(words[7], out var weight)
            || !Number(words[8], out var initial) || !Number(words[9], out var since) || !Number(words[10], out var status) || !Number(words[18], out var port)
            || operational is < 0 or > 3 || weight is < 0 or > ServerTransitions.HighestWeight || port is < 0 or > 65535)
            return null;
        return new Line(words[1], new SavedServerState
        {
            Server = words[3],
            Address = IPAddress.TryParse(words[4], out var address) ? address : null,
            Operational = (OperationalState)operational,
            Admin = (AdministrativeState)admin,
            Weight = (int)weight,
            InitialWeight = (int)initial,
            SecondsSinceChange = since,
            CheckStatus = (int)status,
            Port = (int)port,
        });
    }

    private static bool Number(string word, out long number) => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A server's line and its backend.</summary>
    private sealed record Line(string Backend, SavedServerState State);
}
