using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Pair.Nodes;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Pair.Client;

/// <summary>
/// A client that asks the pair for a page every 20 ms, each time on a new connection, and gives each request one second. Beside that it begins
/// a download that takes a second four times a second, and gives it three.
/// </summary>
internal sealed class Load : IDisposable
{
    public const int IntervalMilliseconds = 20, LimitMilliseconds = 1000, DownloadEach = 12;

    private const int Most = 65536; // 22 minutes
    private static readonly byte[] Page = "GET / HTTP/1.1\r\nHost: pair\r\n\r\n"u8.ToArray(), Download = "GET /long HTTP/1.1\r\nHost: pair\r\n\r\n"u8.ToArray();
    private static readonly IPEndPoint To = new(IPAddress.Parse(PairNetwork.Virtual), 80);

    private readonly Answer[] _answers = new Answer[Most], _downloads = new Answer[Most / DownloadEach + 1];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Thread _thread;
    private volatile bool _ended;
    private int _asked;

    public Load(PairNetwork network)
    {
        var ns = network.Client.Namespace;
        _thread = new Thread(() => Ask(ns)) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Microseconds since it began.</summary>
    public long Now => _clock.ElapsedTicks * 1_000_000 / Stopwatch.Frequency;

    /// <summary>Whether all requests of the last second, a full one, were answered.</summary>
    public bool IsServed
    {
        get
        {
            var (count, now) = (Volatile.Read(ref _asked), Now);
            const int second = LimitMilliseconds / IntervalMilliseconds;
            if (count < second) return false;
            for (var i = count - second; i < count; i++)
                if (_answers[i].Kind != Kind.Answered && now - _answers[i].AskedAt > 200_000) return false;
            return true;
        }
    }

    /// <summary>Stops asking, waits for what is open, and gives everything since the beginning: pages and downloads.</summary>
    public (IReadOnlyList<Answer> Pages, IReadOnlyList<Answer> Downloads) End()
    {
        Dispose();
        var (pages, downloads) = (_answers.AsMemory(0, _asked), _downloads.AsMemory(0, (_asked + DownloadEach - 1) / DownloadEach));
        for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 4 * LimitMilliseconds && (AnyOpen(pages.Span) || AnyOpen(downloads.Span));) Thread.Sleep(10);
        return (pages.ToArray(), downloads.ToArray());
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }

    // The thread stays in the client's namespace, and sockets are of the namespace in which they were made.
    private void Ask(string ns)
    {
        var entered = NetworkNamespace.Enter($"/run/netns/{ns}");
        if (!entered.IsNone) throw new InvalidOperationException($"namespace {ns}: {entered.Text}");
        while (!_ended && _asked < Most)
        {
            var number = _asked;
            Begin(Page, _answers, number, LimitMilliseconds);
            if (number % DownloadEach == 0) Begin(Download, _downloads, number / DownloadEach, 3 * LimitMilliseconds);
            Volatile.Write(ref _asked, number + 1);
            var next = (long)_asked * IntervalMilliseconds - _clock.ElapsedMilliseconds;
            if (next > 0) Thread.Sleep((int)next);
        }
    }

    private void Begin(byte[] request, Answer[] answers, int number, int limit)
    {
        answers[number] = new Answer(Now, 0, Kind.Open, 0);
        _ = AskAsync(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), request, answers, number, limit);
    }

    private async Task AskAsync(Socket socket, byte[] request, Answer[] answers, int number, int milliseconds)
    {
        await Task.Yield(); // the asking thread goes on at once
        using var limit = new CancellationTokenSource(milliseconds);
        var bytes = new byte[8192];
        var (count, kind) = (0, Kind.Cut);
        try
        {
            await socket.ConnectAsync(To, limit.Token);
            await socket.SendAsync(request, limit.Token);
            int some;
            while ((some = await socket.ReceiveAsync(bytes.AsMemory(count), limit.Token)) > 0) count += some;
        }
        catch (OperationCanceledException)
        {
            kind = Kind.Silence;
        }
        catch (SocketException e)
        {
            kind = e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => Kind.Refused,
                SocketError.HostUnreachable or SocketError.TimedOut => Kind.Silence,
                _ => Kind.Cut,
            };
        }
        socket.Dispose();
        byte web = 0;
        if (count > 12)
        {
            var text = Encoding.Latin1.GetString(bytes, 0, count);
            web = (byte)(text.EndsWith("web01\n", StringComparison.Ordinal) ? 1 : text.EndsWith("web02\n", StringComparison.Ordinal) ? 2 : 0);
            if (web > 0) kind = Kind.Answered;
            else if (text[9] != '2') kind = Kind.Error;
        }
        answers[number] = new Answer(answers[number].AskedAt, Now, kind, web);
    }

    private static bool AnyOpen(ReadOnlySpan<Answer> answers)
    {
        foreach (var answer in answers)
            if (answer.Kind == Kind.Open) return true;
        return false;
    }
}
