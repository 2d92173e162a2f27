using Dropin.Parsers.Keepalived.Binding;
using Dropin.Runtime.Sys;

namespace Dropin.Compat.Keepalived.Host;

/// <summary>Where a command is, and whether nobody but root can replace it (keepalived.conf(5), <c>enable_script_security</c>).</summary>
internal static class CommandFinder
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Finds a command; one without a slash in the folders of PATH.</summary>
    public static CommandFacts Find(string command, uint userId, uint groupId)
    {
        var path = command.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(command) : InPath(command);
        if (path is null || !(File.Exists(path) || Directory.Exists(path)))
        {
            return CommandFacts.Missing;
        }

        var file = FileOwnership.Read(path);
        return new CommandFacts(path, file is { } known && IsRunnable(known, userId, groupId), File.Exists(path) && IsSecure(path));
    }

    private static string? InPath(string command)
    {
        if (command.Length == 0)
        {
            return null;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? DefaultPath).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, command);
            if (File.Exists(path) && FileOwnership.Read(path) is { } file && (file.Mode & 0x49) != 0)
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsRunnable(FileOwner file, uint userId, uint groupId) => userId == 0
        ? (file.Mode & 0x49) != 0
        : file.User == userId ? (file.Mode & 0x40) != 0 : file.Group == groupId ? (file.Mode & 0x08) != 0 : (file.Mode & 0x01) != 0;

    // Every part of the path as it really is: symbolic links lead to other folders.
    private static bool IsSecure(string path)
    {
        for (var part = Real(path); ; part = Path.GetDirectoryName(part)!)
        {
            if (FileOwnership.Read(part) is not { } file || file.User != 0 || IsWritable(file))
            {
                return false;
            }

            if (part == "/")
            {
                return true;
            }
        }
    }

    // In a folder with the sticky bit nobody removes or renames what belongs to others.
    private static bool IsWritable(FileOwner file) => (file.Mode & 0x200) == 0 && ((file.Mode & 0x02) != 0 || ((file.Mode & 0x10) != 0 && file.Group != 0));

    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            try
            {
                real = (File.Exists(next) ? File.ResolveLinkTarget(next, true) : Directory.ResolveLinkTarget(next, true))?.FullName ?? next;
            }
            catch (IOException)
            {
                real = next;
            }
        }

        return real;
    }
}
