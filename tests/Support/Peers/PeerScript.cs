using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dropin.Tests.Support.Text;

namespace Dropin.Tests.Support.Peers;

/// <summary>
/// Plays the lines of a script on connections and keeps a transcript of what came back. The language stands in
/// <c>fixtures/differential/README.md</c>; a line that it does not know is an error of the case, not of the peer under test.
/// </summary>
/// <param name="lines">The script, placeholders already filled in.</param>
/// <param name="next">Gives the next connection: connects (client) or accepts (server).</param>
/// <param name="isClient">Clients read responses, servers read requests.</param>
/// <param name="signals">What scripts of one case tell each other.</param>
public sealed class PeerScript(IReadOnlyList<string> lines, Func<CancellationToken, Task<Wire>> next, bool isClient, Signals signals) : IDisposable
{
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);
    private readonly StringBuilder _transcript = new();
    private readonly List<Wire> _wires = [];
    private readonly Stopwatch _sinceAct = Stopwatch.StartNew();
    private readonly List<string> _asked = [];
    private Wire? _wire;

    /// <summary>What happened so far, line by line.</summary>
    public string Transcript
    {
        get
        {
            lock (_transcript)
                return _transcript.ToString();
        }
    }

    /// <summary>Plays the whole script.</summary>
    public Task PlayAsync(CancellationToken cancel) => PlayAsync(0, lines.Count, null, cancel);

    public void Dispose()
    {
        foreach (var wire in _wires)
            wire.Dispose();
    }

    private async Task PlayAsync(int from, int to, int? turn, CancellationToken cancel)
    {
        for (var i = from; i < to; i++)
        {
            var line = lines[i].TrimStart();
            if (IsBytes(line))
            {
                // In one write: the peer must not see now one part, now both, by the machine's mood.
                FlushAsked();
                var bytes = new MemoryStream();
                for (; i < to && IsBytes(lines[i].TrimStart()); i++)
                    bytes.Write(ByteLine(Turn(lines[i].TrimStart(), turn)));
                i--;
                await WriteAsync(bytes.ToArray(), cancel).ConfigureAwait(false);
                continue;
            }
            if (line.Length == 0 || line[0] == '#')
                continue;
            var words = Turn(line, turn).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "repeat")
            {
                var end = EndOf(i, to);
                for (var n = 0; n < int.Parse(words[1], CultureInfo.InvariantCulture); n++)
                    await PlayAsync(i + 1, end, n + 1, cancel).ConfigureAwait(false);
                i = end;
                continue;
            }
            if (words[0] != "ask")
                FlushAsked();
            await ActAsync(words, Turn(line, turn), cancel).ConfigureAwait(false);
        }
        if (turn is null)
            FlushAsked();
    }

    private int EndOf(int start, int to)
    {
        for (var i = start + 1; i < to; i++)
            if (lines[i].Trim() == "end")
                return i;
        throw new FormatException($"repeat without end: {lines[start]}");
    }

    private async Task ActAsync(string[] words, string line, CancellationToken cancel)
    {
        switch (words[0])
        {
            case "tell":
                signals.Tell(words[1]);
                break;
            case "hear":
                if (!await signals.HearAsync(words[1], cancel).ConfigureAwait(false))
                    Say($"(never heard {words[1]})");
                break;
            case "accept" or "connect":
                await NextAsync(cancel).ConfigureAwait(false);
                break;
            case "slow":
                foreach (var b in Escape.ToBytes(line[(line.IndexOf(words[1], StringComparison.Ordinal) + words[1].Length + 1)..]))
                {
                    await WriteAsync(new[] { b }, cancel).ConfigureAwait(false);
                    await Task.Delay(Duration(words[1]), cancel).ConfigureAwait(false);
                }
                break;
            case "read-response":
                await ReadMessageAsync(true, words, cancel).ConfigureAwait(false);
                break;
            case "read-request":
                await ReadMessageAsync(false, words, cancel).ConfigureAwait(false);
                break;
            case "read-head":
                await ReadUntilAsync("\r\n\r\n"u8.ToArray(), cancel).ConfigureAwait(false);
                break;
            case "read-until":
                await ReadUntilAsync(Escape.ToBytes(line["read-until".Length..].TrimStart()), cancel).ConfigureAwait(false);
                break;
            case "read-line":
                await ReadUntilAsync("\n"u8.ToArray(), cancel).ConfigureAwait(false);
                break;
            case "read":
                await ReadCountAsync(int.Parse(words[1], CultureInfo.InvariantCulture), cancel).ConfigureAwait(false);
                break;
            case "read-eof":
                await ReadEofAsync(words.Contains("timed"), words.Contains("quiet"), cancel).ConfigureAwait(false);
                break;
            case "still-open":
                await StillOpenAsync(Duration(words.ElementAtOrDefault(1) ?? "50ms"), cancel).ConfigureAwait(false);
                break;
            case "pause":
                await Task.Delay(Duration(words[1]), cancel).ConfigureAwait(false);
                break;
            case "half-close":
                (await WireAsync(cancel).ConfigureAwait(false)).HalfClose();
                _sinceAct.Restart();
                break;
            case "reset":
                (await WireAsync(cancel).ConfigureAwait(false)).Abort();
                _wire = null;
                break;
            case "close":
                (await WireAsync(cancel).ConfigureAwait(false)).Dispose();
                _wire = null;
                break;
            case "ask":
                await AskAsync(line["ask".Length..].Trim(), cancel).ConfigureAwait(false);
                break;
            default:
                throw new FormatException($"unknown script line: {line}");
        }
    }

    private static string Turn(string line, int? turn) =>
        turn is { } n ? line.Replace("{{i}}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : line;

    private static bool IsBytes(string line) => line.StartsWith('|')
        || line.StartsWith("write ", StringComparison.Ordinal) || line.StartsWith("bytes ", StringComparison.Ordinal);

    /// <summary>
    /// <c>| text</c> is a line with CRLF, <c>|- text</c> and <c>write text</c> the bytes alone, <c>bytes 100 xy</c> so many of a pattern.
    /// </summary>
    private static byte[] ByteLine(string line)
    {
        if (line.StartsWith("bytes ", StringComparison.Ordinal))
            return Fill(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (line[0] != '|')
            return Escape.ToBytes(line["write".Length..].TrimStart());
        var bare = line.StartsWith("|-", StringComparison.Ordinal);
        var text = line[(bare ? 2 : 1)..];
        if (text.StartsWith(' '))
            text = text[1..];
        return Escape.ToBytes(bare ? text : text + "\\r\\n");
    }

    private static byte[] Fill(string[] words)
    {
        var unit = Escape.ToBytes(words.ElementAtOrDefault(2) ?? "x");
        var bytes = new byte[int.Parse(words[1], CultureInfo.InvariantCulture)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = unit[i % unit.Length];
        return bytes;
    }

    /// <summary>A duration with its unit: <c>us ms s</c>.</summary>
    public static TimeSpan Duration(string word) => word switch
    {
        _ when word.EndsWith("ms", StringComparison.Ordinal) => TimeSpan.FromMilliseconds(double.Parse(word[..^2], CultureInfo.InvariantCulture)),
        _ when word.EndsWith('s') => TimeSpan.FromSeconds(double.Parse(word[..^1], CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"duration without unit: {word}"),
    };

    private async Task<Wire> NextAsync(CancellationToken cancel)
    {
        try
        {
            _wire = await next(cancel).ConfigureAwait(false);
            _wires.Add(_wire);
            if (!isClient)
                Say($"connection {_wires.Count}");
            _sinceAct.Restart();
            return _wire;
        }
        catch (System.Net.Sockets.SocketException failure)
        {
            // A reset can be there before the end of the connect is noticed, or after.
            Say(failure.SocketErrorCode == System.Net.Sockets.SocketError.ConnectionReset ? "(reset)" : $"cannot connect: {failure.SocketErrorCode}");
            throw new PeerGoneException();
        }
    }

    private async Task<Wire> WireAsync(CancellationToken cancel) => _wire ?? await NextAsync(cancel).ConfigureAwait(false);

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var wire = await WireAsync(cancel).ConfigureAwait(false);
        using var limit = Limit(cancel);
        // Whether a write into a connection that the peer has just ended fails is a matter of microseconds: the next read tells the end.
        await wire.WriteAsync(bytes, limit.Token).ConfigureAwait(false);
        _sinceAct.Restart();
    }

    private async Task ReadMessageAsync(bool response, string[] words, CancellationToken cancel)
    {
        var wire = await WireAsync(cancel).ConfigureAwait(false);
        using var limit = Limit(cancel);
        var message = await HttpReader.ReadAsync(wire, response, words.Contains("head"), limit.Token).ConfigureAwait(false);
        if (words.Contains("quiet"))
            return;
        if (message.Head.Length == 0)
        {
            SayEnd(message.End, words.Contains("timed"));
            return;
        }
        if (words.Contains("timed"))
            Say($"after <{_sinceAct.ElapsedMilliseconds}ms>");
        SayBytes(message.Head);
        if (message.Chunked)
            Say("(chunks)");
        if (words.Contains("page"))
            foreach (var line in VisibleText.Of(Encoding.Latin1.GetString(message.Body)))
                Say("< " + line);
        else
            SayBody(message.Body);
        if (message.Trailers.Length > 0)
            Say("(trailers)");
        SayBytes(message.Trailers);
        if (message.End != ReadEnd.Complete)
            SayEnd(message.End, words.Contains("timed"));
    }

    private async Task ReadUntilAsync(byte[] mark, CancellationToken cancel)
    {
        var wire = await WireAsync(cancel).ConfigureAwait(false);
        using var limit = Limit(cancel);
        int at;
        while ((at = wire.Unread.Span.IndexOf(mark)) < 0)
        {
            var how = await wire.FillAsync(limit.Token).ConfigureAwait(false);
            if (how == ReadEnd.Complete)
                continue;
            SayBytes(wire.Take(int.MaxValue));
            SayEnd(how, false);
            return;
        }
        SayBytes(wire.Take(at + mark.Length));
    }

    private async Task ReadCountAsync(int count, CancellationToken cancel)
    {
        var wire = await WireAsync(cancel).ConfigureAwait(false);
        using var limit = Limit(cancel);
        var (data, how) = await HttpReader.TakeAsync(wire, count, limit.Token).ConfigureAwait(false);
        SayBody(data);
        if (how != ReadEnd.Complete)
            SayEnd(how, false);
    }

    private async Task ReadEofAsync(bool timed, bool quiet, CancellationToken cancel)
    {
        var wire = await WireAsync(cancel).ConfigureAwait(false);
        using var limit = Limit(cancel);
        ReadEnd how;
        while ((how = await wire.FillAsync(limit.Token).ConfigureAwait(false)) == ReadEnd.Complete)
        {
        }
        if (!quiet)
            SayBody(wire.Take(int.MaxValue));
        SayEnd(how, timed);
    }

    private async Task StillOpenAsync(TimeSpan time, CancellationToken cancel)
    {
        var wire = await WireAsync(cancel).ConfigureAwait(false);
        if (wire.Unread.Length == 0)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(time);
            var how = await wire.FillAsync(limit.Token).ConfigureAwait(false);
            if (how == ReadEnd.Late)
            {
                Say("(still open)");
                return;
            }
            if (how != ReadEnd.Complete)
            {
                SayEnd(how, false);
                return;
            }
        }
        Say("(unexpected bytes)");
        SayBytes(wire.Take(int.MaxValue));
    }

    /// <summary><c>ask METHOD URI; Header: value; ...</c>: a request on a connection of its own; status and body go into one line.</summary>
    private async Task AskAsync(string request, CancellationToken cancel)
    {
        var parts = request.Split(';', StringSplitOptions.TrimEntries);
        var head = new StringBuilder(parts[0]).Append(" HTTP/1.1\r\nHost: h\r\n");
        foreach (var header in parts.Skip(1))
            head.Append(header).Append("\r\n");
        head.Append("\r\n");
        using var limit = Limit(cancel);
        var wire = await NextAsync(cancel).ConfigureAwait(false);
        await wire.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()), limit.Token).ConfigureAwait(false);
        var answer = await HttpReader.ReadAsync(wire, true, parts[0].StartsWith("HEAD", StringComparison.Ordinal), limit.Token).ConfigureAwait(false);
        await wire.LeaveAsync().ConfigureAwait(false);
        _wire = null;
        _asked.Add(answer.Status == 0 ? answer.End.ToString().ToLowerInvariant()
            : answer.Status == 200 ? Escape.ToLine(answer.Body).Replace("\\n", "", StringComparison.Ordinal) : $"{answer.Status}");
    }

    private void FlushAsked()
    {
        if (_asked.Count == 0)
            return;
        Say("answers: " + string.Join(" ", _asked));
        _asked.Clear();
    }

    private static CancellationTokenSource Limit(CancellationToken cancel)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(ReadLimit);
        return limit;
    }

    private void SayBody(byte[] body)
    {
        if (body.Length > 2048)
            Say($"({body.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(body))[..16]})");
        else
            SayBytes(body);
    }

    private void SayBytes(byte[] bytes)
    {
        foreach (var line in Escape.ToLines(bytes))
            Say("< " + line);
    }

    private void SayEnd(ReadEnd end, bool timed) => Say(end switch
    {
        ReadEnd.Closed => "(closed)",
        ReadEnd.Reset => "(reset)",
        ReadEnd.Late => "(nothing more, still open)",
        _ => "(complete)",
    } + (timed && end != ReadEnd.Late ? $" after <{_sinceAct.ElapsedMilliseconds}ms>" : ""));

    private void Say(string line)
    {
        lock (_transcript)
            _transcript.Append("  ").Append(line).Append('\n');
    }

    /// <summary>Closes what is open and waits until the other side has noticed.</summary>
    public async Task LeaveAsync()
    {
        foreach (var wire in _wires)
            await wire.LeaveAsync().ConfigureAwait(false);
    }
}

/// <summary>The peer could not be reached; the transcript has the reason already.</summary>
public sealed class PeerGoneException : Exception
{
    public PeerGoneException()
    {
    }

    public PeerGoneException(string message)
        : base(message)
    {
    }

    public PeerGoneException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
