using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dropin.Tests.Support.Peers;

/// <summary>Sends commands to a statistics socket, one connection a command, as scripts do with socat.</summary>
public static class CliClient
{
    public static async Task<string> AskAsync(EndPoint where, string command, TimeSpan limit, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(limit);
        try
        {
            using var wire = await Wire.ConnectAsync(where, null, deadline.Token).ConfigureAwait(false);
            await wire.WriteAsync(Encoding.UTF8.GetBytes(command + "\n"), deadline.Token).ConfigureAwait(false);
            ReadEnd end;
            while ((end = await wire.FillAsync(deadline.Token).ConfigureAwait(false)) == ReadEnd.Complete)
            {
            }
            var text = Encoding.UTF8.GetString(wire.Take(int.MaxValue));
            return end == ReadEnd.Closed ? text : $"{text}({end})\n";
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return $"(cannot ask: {e.GetType().Name})\n";
        }
    }
}

/// <summary>The CSV of <c>show stat</c> or of the page's <c>;csv</c>: rows by column name.</summary>
public sealed class StatsCsv
{
    private readonly string[] _columns;
    private readonly List<string[]> _rows;

    private StatsCsv(string[] columns, List<string[]> rows)
    {
        _columns = columns;
        _rows = rows;
    }

    public static StatsCsv Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines.Length > 0 ? lines[0].TrimStart('#', ' ').Split(',') : [];
        return new StatsCsv(columns, [.. lines.Skip(1).Select(line => line.Split(','))]);
    }

    public int Count => _rows.Count;

    public string? this[int row, string column] =>
        Array.IndexOf(_columns, column) is >= 0 and var at && at < _rows[row].Length ? _rows[row][at] : null;

    /// <summary>Row numbers, proxy and server by name; -1 when there is no such row.</summary>
    public int Row(string proxy, string server) => _rows.FindIndex(row => row.Length > 1 && row[0] == proxy && row[1] == server);

    /// <summary>Some columns of all rows, a line each: <c>f FRONTEND status=OPEN scur=0</c>.</summary>
    public IEnumerable<string> Select(IReadOnlyList<string> columns)
    {
        for (var row = 0; row < _rows.Count; row++)
            yield return $"{this[row, "pxname"]} {this[row, "svname"]} " + string.Join(' ', columns.Select(c => $"{c}={this[row, c] ?? "(no such column)"}"));
    }
}
