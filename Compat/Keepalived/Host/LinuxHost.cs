using System.Net;
using System.Net.Sockets;
using Dropin.Parsers.Keepalived.Binding;
using Dropin.Runtime.Sys.Files;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Host;

/// <summary>The machine that the process runs on.</summary>
internal sealed class LinuxHost : IHostFacts
{
    private readonly InterfaceNames _interfaces = new();
    private readonly NumberTables _numbers = new("/etc/iproute2", "/usr/share/iproute2");

    /// <inheritdoc/>
    public string HostName => SystemName.HostName;

    /// <inheritdoc/>
    public InterfaceFacts? FindInterface(string name) => _interfaces.Find(name);

    /// <inheritdoc/>
    public (uint UserId, uint GroupId)? FindUser(string name) => Identity.TryFindUser(name, out var user, out var group) ? (user, group) : null;

    /// <inheritdoc/>
    public uint? FindGroup(string name) => Identity.TryFindGroup(name, out var group) ? group : null;

    /// <inheritdoc/>
    public (uint UserId, uint GroupId) Self => (Identity.EffectiveUser, Identity.EffectiveGroup);

    /// <inheritdoc/>
    public bool NamespaceExists(string name) => File.Exists(Path.Combine("/run/netns", name));

    /// <inheritdoc/>
    public IPAddress? Resolve(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name).FirstOrDefault();
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public CommandFacts FindCommand(string command, uint userId, uint groupId) => CommandFinder.Find(command, userId, groupId);

    /// <inheritdoc/>
    public byte[]? ReadFile(string path, out string reason)
    {
        reason = "";
        try
        {
            if (Directory.Exists(path))
            {
                reason = "Is a directory";
                return null;
            }

            if (FileIdentity.IsPlain(path) == false)
            {
                reason = IHostFacts.NotPlain;
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e is UnauthorizedAccessException ? "Permission denied" : e is FileNotFoundException or DirectoryNotFoundException ? "No such file or directory" : "Input/output error";
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    /// <inheritdoc/>
    public int Processors => Environment.ProcessorCount;

    /// <inheritdoc/>
    public uint? FindNumber(string table, string name) => _numbers.Find(table, name);
}
