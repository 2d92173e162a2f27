using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>The real machine. Users and groups come from /etc/passwd and /etc/group, names from the system's resolver.</summary>
public sealed class MachineSurroundings : ISurroundings
{
    private readonly Dictionary<(string, AddressFamily?), IPAddress?> _resolved = [];

    /// <inheritdoc/>
    public string HostName => Environment.MachineName;

    /// <inheritdoc/>
    public int Processors => Environment.ProcessorCount;

    /// <inheritdoc/>
    public (uint Uid, uint Gid)? FindUser(string name) =>
        Entry("/etc/passwd", name) is [_, _, var uid, var gid, ..] && uint.TryParse(uid, out var u) && uint.TryParse(gid, out var g) ? (u, g) : null;

    /// <inheritdoc/>
    public uint? FindGroup(string name) => Entry("/etc/group", name) is [_, _, var gid, ..] && uint.TryParse(gid, out var g) ? g : null;

    /// <inheritdoc/>
    public IPAddress? Resolve(string name, AddressFamily? family)
    {
        if (_resolved.TryGetValue((name, family), out var known))
        {
            return known;
        }

        IPAddress? found = null;
        try
        {
            var all = family is null ? Dns.GetHostAddresses(name) : Dns.GetHostAddresses(name, family.Value);
            found = Array.Find(all, a => a.AddressFamily == AddressFamily.InterNetwork) ?? (all.Length > 0 ? all[0] : null);
        }
        catch (SocketException)
        {
            // Not known: the caller says so.
        }
        catch (ArgumentException)
        {
            // Not a name at all.
        }

        _resolved[(name, family)] = found;
        return found;
    }

    /// <inheritdoc/>
    public byte[]? ReadFile(string path, out string reason)
    {
        reason = "";
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            reason = "No such file or directory";
        }
        catch (UnauthorizedAccessException)
        {
            reason = Directory.Exists(path) ? "Is a directory" : "Permission denied";
        }
        catch (IOException)
        {
            reason = "Input/output error";
        }

        return null;
    }

    /// <inheritdoc/>
    public string? DescriptorProblem(int descriptor)
    {
        var link = new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
        return link is null ? "Bad file descriptor"
            : link.StartsWith("socket:", StringComparison.Ordinal) ? null : "Socket operation on non-socket";
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static string[]? Entry(string file, string name)
    {
        try
        {
            foreach (var line in File.ReadLines(file, Encoding.Latin1))
            {
                if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.Ordinal))
                {
                    return line.Split(':');
                }
            }
        }
        catch (IOException)
        {
            // A machine without the file has no such user.
        }

        return null;
    }
}
