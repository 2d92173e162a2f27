using System.Globalization;

namespace Dropin.Tests.Support;

/// <summary>The kernel's list of listening TCP sockets (<c>/proc/net/tcp</c>, <c>tcp6</c>; state 0A is LISTEN).</summary>
public static class ListeningSockets
{
    public static bool Contains(IReadOnlyCollection<int> ports)
    {
        if (ports.Count == 0)
            return true;
        var found = new HashSet<int>();
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
            if (File.Exists(table))
                foreach (var line in File.ReadLines(table).Skip(1))
                {
                    var fields = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
                    if (fields.Length > 3 && fields[3] == "0A")
                        found.Add(int.Parse(fields[1].AsSpan(fields[1].IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                }
        return ports.All(found.Contains);
    }
}
