using System.Diagnostics;
using System.Globalization;

namespace Dropin.Tests.Support;

/// <summary>Processes that a test started and which may outlive it (daemons leave their parents): a word in their environment marks them.</summary>
public static class Leftovers
{
    /// <summary>Ends every process whose environment holds <c>name=value</c>.</summary>
    public static void End(string name, string value)
    {
        var wanted = $"{name}={value}\0";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            try
            {
                if (File.ReadAllText($"{folder}/environ").Contains(wanted, StringComparison.Ordinal))
                    Process.GetProcessById(pid).Kill();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended by itself, or it is not ours to read.
            }
        }
    }
}
