using System.Globalization;

namespace Dropin.Tests.Support;

/// <summary>The kernel's table of TCP sockets (<c>/proc/net/tcp</c>, <c>tcp6</c>): what a process holds, without asking it.</summary>
public static class TcpTable
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    private static readonly TimeSpan GoneLimit = TimeSpan.FromMilliseconds(150);

    /// <summary>True when all these ports have a listening socket.</summary>
    public static bool Listens(IReadOnlyCollection<int> ports)
    {
        if (ports.Count == 0)
            return true;
        var found = new HashSet<int>();
        foreach (var (local, _, state) in Rows())
            if (state == "0A")
                found.Add(local);
        return ports.All(found.Contains);
    }

    /// <summary>
    /// Waits until the other side of a connection, which this side has closed, is closed too; gives up after 150 ms, since a proxy may
    /// have reasons to stay. Without it the next client could be counted beside the one that has just left.
    /// </summary>
    public static async Task WaitGoneAsync(int closedPort)
    {
        var until = Environment.TickCount64 + (long)GoneLimit.TotalMilliseconds;
        while (Rows().Any(row => row.Remote == closedPort && (row.State is "01" or "08")) && Environment.TickCount64 < until)
            await Task.Delay(5).ConfigureAwait(false);
    }

    // A row: slot, local address:port, remote address:port, state (01 established, 08 close-wait, 0A listen), all in hexadecimal.
    private static IEnumerable<(int Local, int Remote, string State)> Rows()
    {
        foreach (var table in Tables)
            if (File.Exists(table))
                foreach (var line in File.ReadLines(table).Skip(1))
                {
                    var fields = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
                    if (fields.Length > 3)
                        yield return (Port(fields[1]), Port(fields[2]), fields[3]);
                }
    }

    private static int Port(string address) =>
        int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
