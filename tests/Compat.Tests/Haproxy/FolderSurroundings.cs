using System.Net;
using System.Net.Sockets;
using Dropin.Parsers.Haproxy.Lexing;

namespace Dropin.Compat.Tests.Haproxy;

/// <summary>A machine of few users, one host name, and the files of one folder.</summary>
internal sealed class FolderSurroundings(string folder) : ISurroundings
{
    public string HostName => "node1";

    public int Processors => 2;

    public (uint Uid, uint Gid)? FindUser(string name) =>
        name switch { "root" => (0u, 0u), "haproxy" => (106u, 113u), "nobody" => (65534u, 65534u), "daemon" => (1u, 1u), _ => null };

    public uint? FindGroup(string name) =>
        name switch { "root" => 0, "haproxy" => 113, "nogroup" => 65534, "daemon" => 1, _ => null };

    public IPAddress? Resolve(string name, AddressFamily? family) => name == "localhost" ? IPAddress.Loopback : null;

    public byte[]? ReadFile(string path, out string reason)
    {
        var file = Path.Combine(folder, path);
        reason = File.Exists(file) ? "" : "No such file or directory";
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    public bool Exists(string path) => path is "/var/lib/haproxy" || (!path.StartsWith('/') && File.Exists(Path.Combine(folder, path)));

    public string? DescriptorProblem(int descriptor) => "Bad file descriptor";
}
