using System.Globalization;
using System.Text;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>The program and its native libraries with their addresses (<c>show libs</c>), from the system's map of the process.</summary>
internal static class MemoryMap
{
    internal static string Libraries()
    {
        var ranges = new List<(string Path, ulong From, ulong To)>();
        foreach (var line in ProcessMap.Lines())
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 6 || words[5][0] != '/')
                continue;
            var range = words[0].Split('-');
            var from = ulong.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var to = ulong.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (ranges.Count > 0 && ranges[^1].Path == words[5])
                ranges[^1] = (words[5], ranges[^1].From, to);
            else
                ranges.Add((words[5], from, to));
        }
        var into = new StringBuilder();
        foreach (var (path, from, to) in ranges)
            into.Append(CultureInfo.InvariantCulture, $"0x{from:x12}-0x{to - 1:x12} (0x{to - from:x7}) {path}\n");
        return into.ToString();
    }
}
