using System.Globalization;

namespace Dropin.Runtime.Sys.Netlink;

/// <summary>Settings of links under /proc/sys/net, read and written in the network namespace of the calling thread.</summary>
public static class LinkSettings
{
    /// <summary>Reads a number; null where it cannot be read.</summary>
    /// <param name="family">ipv4 or ipv6.</param>
    /// <param name="link">The link's name, "all" or "default".</param>
    /// <param name="setting">The file's name.</param>
    public static int? Read(string family, string link, string setting)
    {
        try
        {
            return int.TryParse(File.ReadAllText(PathOf(family, link, setting)), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a number. False where it cannot be written.</summary>
    public static bool Write(string family, string link, string setting, int value)
    {
        try
        {
            File.WriteAllText(PathOf(family, link, setting), value.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A link's name cannot hold a slash; a dot in it stays a dot in the path.
    private static string PathOf(string family, string link, string setting) => $"/proc/sys/net/{family}/conf/{link}/{setting}";
}
