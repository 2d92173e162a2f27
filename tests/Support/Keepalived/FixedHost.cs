using System.Net;
using Dropin.Parsers.Keepalived.Binding;

namespace Dropin.Tests.Support.Keepalived;

/// <summary>A machine as a text describes it: the one on which the expectations were taken, wherever the test runs.</summary>
/// <remarks>The lines are those of <c>fixtures/keepalived/probes/environment.txt</c>. Configuration files are read from the file system.</remarks>
public sealed class FixedHost : IHostFacts
{
    private static readonly string[] CommandFolders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];
    private FixedHost()
    {
    }

    private FixedHost(FixedHost other) => (_interfaces, _commands, _scripts, _users, HostName) = (other._interfaces, other._commands, other._scripts, other._users, other.HostName);

    private readonly Dictionary<string, InterfaceFacts> _interfaces = new(StringComparer.Ordinal) { ["lo"] = new InterfaceFacts("lo", 1, IsLoopback: true) };
    private readonly Dictionary<string, bool> _scripts = new(StringComparer.Ordinal);

    // What every Debian has, beside what the text names.
    private readonly HashSet<string> _commands = new(
        ["awk", "basename", "cat", "chmod", "cp", "cut", "date", "dirname", "echo", "egrep", "env", "expr", "find", "grep", "head", "hostname", "kill", "ls", "perl", "pkill",
        "printf", "rm", "sed", "sleep", "sort", "stat", "tail", "tee", "test", "timeout", "touch", "tr", "uname", "wc", "["], StringComparer.Ordinal);

    private readonly Dictionary<string, (uint, uint)> _users = new(StringComparer.Ordinal) { ["root"] = (0, 0), ["nobody"] = (65534, 65534) };

    /// <summary>The machine that a text describes.</summary>
    public static FixedHost Read(string path)
    {
        var host = new FixedHost();
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("host name:", StringComparison.Ordinal)) host.HostName = words[2].TrimEnd(';');
            if (line.StartsWith("interfaces", StringComparison.Ordinal)) host.AddInterfaces(line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Split(' '));
            if (line.StartsWith("command ", StringComparison.Ordinal) && words.Length == 3 && words[2] == "present") host._commands.Add(words[1].TrimEnd(':'));
            if (line.StartsWith("script ", StringComparison.Ordinal)) host._scripts[words[1].TrimEnd(':')] = words[2] == "secure";
            if (line.StartsWith("user keepalived_script: present", StringComparison.Ordinal)) host._users["keepalived_script"] = (999, 999);
        }
        return host;
    }

    /// <inheritdoc/>
    public string HostName { get; private set; } = "node1";

    /// <summary>Files in place of those of the file system; null for the file system.</summary>
    public Dictionary<string, byte[]>? Files { get; private init; }

    /// <summary>The same machine with one file and no other.</summary>
    public FixedHost With(string path, byte[] content) => new(this) { Files = new() { [path] = content } };

    /// <inheritdoc/>
    public InterfaceFacts? FindInterface(string name) => _interfaces.GetValueOrDefault(name);

    /// <inheritdoc/>
    public (uint UserId, uint GroupId)? FindUser(string name) => _users.TryGetValue(name, out var user) ? user : null;

    /// <inheritdoc/>
    public uint? FindGroup(string name) => name switch { "root" => 0, "nogroup" => 65534, _ => null };

    /// <inheritdoc/>
    public (uint UserId, uint GroupId) Self => (0, 0);

    /// <inheritdoc/>
    public bool NamespaceExists(string name) => false;

    /// <inheritdoc/>
    public IPAddress? Resolve(string name) => name == "localhost" ? IPAddress.Loopback : null;

    /// <inheritdoc/>
    public CommandFacts FindCommand(string command, uint userId, uint groupId)
    {
        if (_scripts.TryGetValue(command, out var secure)) return new CommandFacts(command, true, secure);
        var slash = command.LastIndexOf('/');
        var there = _commands.Contains(command[(slash + 1)..]) && (slash < 0 || CommandFolders.Contains(command[..slash]));
        return there ? new CommandFacts(slash < 0 ? "/usr/bin/" + command : command, true, true) : CommandFacts.Missing;
    }

    /// <inheritdoc/>
    public byte[]? ReadFile(string path, out string reason)
    {
        reason = "No such file or directory";
        if (Files is not null) return Files.GetValueOrDefault(path);
        if (Directory.Exists(path))
        {
            reason = "Is a directory";
            return null;
        }
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => Files is null && Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)!)] : [];

    /// <inheritdoc/>
    public bool Exists(string path) => Files?.ContainsKey(path) ?? (File.Exists(path) || Directory.Exists(path));

    /// <inheritdoc/>
    public int Processors => 2;

    /// <inheritdoc/>
    public uint? FindNumber(string table, string name) => null;

    private void AddInterfaces(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _interfaces[name] = new InterfaceFacts(name, _interfaces.Count + 1);
            _interfaces["p-" + name] = new InterfaceFacts("p-" + name, _interfaces.Count + 1);
        }
    }
}
