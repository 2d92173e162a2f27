using System.Globalization;
using System.IO;
using System.Text;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>Whether a process is one of the tracked ones, as /proc shows it.</summary>
public static class ProcessMatch
{
    private const int MostNameBytes = 15; // of /proc/PID/comm

    /// <summary>All processes that run.</summary>
    public static IEnumerable<int> All()
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                yield return pid;
        }
    }

    /// <summary>Whether this one is meant; false when it has ended.</summary>
    public static bool Is(TrackProcessConfig tracked, int pid)
    {
        if (!tracked.FullCommand && tracked.Words.Count == 1 && tracked.Parameters == null)
            return Read(pid, "comm") is { } name && IsName(tracked.Words[0], name.TrimEnd('\n'));
        return Read(pid, "cmdline") is { Length: > 0 } line && IsCommand(tracked, line.TrimEnd('\0').Split('\0'));
    }

    /// <summary>Whether a name of /proc/PID/comm, which is cut, is this one.</summary>
    internal static bool IsName(string wanted, string name) =>
        Encoding.UTF8.GetByteCount(wanted) <= MostNameBytes ? wanted == name
            : name == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(wanted).AsSpan(0, MostNameBytes));

    /// <summary>Whether a command line is this one.</summary>
    internal static bool IsCommand(TrackProcessConfig tracked, string[] words)
    {
        var wanted = tracked.Words;
        if (words[0] != wanted[0])
            return false;
        if (tracked.Parameters is null or ParameterMatch.Exact || wanted.Count == 1)
            return words.Length == wanted.Count && HasFirst(wanted.Count);
        if (words.Length < wanted.Count || !HasFirst(wanted.Count - 1))
            return false;
        var last = wanted.Count - 1;
        return tracked.Parameters == ParameterMatch.Initial ? words[last].StartsWith(wanted[last], StringComparison.Ordinal) : words[last] == wanted[last];

        bool HasFirst(int count)
        {
            for (var i = 1; i < count; i++)
            {
                if (words[i] != wanted[i])
                    return false;
            }
            return true;
        }
    }

    private static string? Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
