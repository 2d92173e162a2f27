using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene;

/// <summary>The document's story, told by one program: what a client, the servers, the administrator and the log see.</summary>
internal sealed partial class Story : IDisposable
{
    private readonly Laboratory _laboratory = new();
    private readonly StringBuilder _text = new();
    private readonly Syslog _log;
    private readonly Balancer _balancer;
    private readonly WebServer _web01, _web02;

    private Story(string binary)
    {
        _log = new Syslog(_laboratory.Balancer);
        _balancer = new Balancer(_laboratory.Balancer, binary);
        _web01 = new WebServer(_laboratory.FirstWeb, "web01", Laboratory.Web01);
        _web02 = new WebServer(_laboratory.SecondWeb, "web02", Laboratory.Web02);
    }

    /// <summary>Runs the whole story (some 65 seconds: a server's timeout is a minute) and gives the transcript without what differs from run to run.</summary>
    public static string Tell(string binary)
    {
        using var story = new Story(binary);
        story.Run();
        return story._text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>The verdict on the document's file as it stands in /etc/haproxy.</summary>
    public static string Check(string binary)
    {
        using var laboratory = new Laboratory();
        using var balancer = new Balancer(laboratory.Balancer, binary);
        return Steady(balancer.Run("-c", "-f", "/etc/haproxy/haproxy.cfg"));
    }

    public void Dispose()
    {
        _balancer.Dispose();
        _web01.Dispose();
        _web02.Dispose();
        _log.Dispose();
        _laboratory.Dispose();
    }

    private void Run()
    {
        _web01.Up();
        _web02.Up();
        Chapter("the start", Steady(_balancer.Start()));
        WaitListening();
        // It listens before it has given up its privileges.
        Waiting(() => _balancer.Appearance().Contains("NoNewPrivs: 1", StringComparison.Ordinal), 5);
        Chapter("the process", _balancer.Appearance());

        // What takes long begins now and is told at the end.
        var never = Later(() => Ask("GET /never HTTP/1.1\r\nHost: scene\r\n\r\n", 75));
        var half = Later(() => Ask("GET / HTTP/1.1\r\nHost: sce", 20));
        var silent = Later(() => Ask("", 20));
        Waiting(() => _web01.Heads.Any(h => h.Contains("/never", StringComparison.Ordinal)) || _web02.Heads.Any(h => h.Contains("/never", StringComparison.Ordinal)), 5);

        Waiting(() => HasChecked(_web01) && HasChecked(_web02), 5);

        Chapter("balancing: four clients without a cookie", Repeat(4, () => Get("/")));
        Chapter("the request as a server gets it", Last(_web02));
        Chapter("the health check as a server gets it", _web01.Heads.FirstOrDefault(IsCheck) ?? "none");
        WaitSlot();
        var cookie = Cookie(Get("/"));
        Chapter("a cookie of web02 is kept to", Repeat(3, () => Get("/", $"Cookie: SVID=web02{cookie}\r\n")));
        Thread.Sleep(1000);
        WaitSlot();
        Chapter("a cookie of the last four seconds has its date renewed", Get("/", $"Cookie: SVID=web02{cookie}\r\n"));
        Chapter("a cookie older than maxlife is renewed", Get("/", $"Cookie: SVID=web02{Aged(cookie, 900)}\r\n"));
        Chapter("a cookie without dates", Get("/", "Cookie: SVID=web01\r\n"));
        Chapter("a cookie of no server", Get("/", "Cookie: SVID=web09\r\n"));
        Chapter("400 for what is no request", Ask("this is no request\r\n\r\n", 5));
        Chapter("502 when a server hangs up", Get("/hangup"));

        Chapter("statistics without a password", Ask(Request("/", ""), 5, 8080));
        Chapter("statistics with admin:admin: the first line of the page", Ask(Request("/", Admin), 5, 8080).Split("\r\n\r\n")[0]);
        Chapter("statistics as CSV, columns that tell the story", Columns(Ask(Request("/;csv", Admin), 5, 8080)));

        _web01.Down();
        var down = Stopwatch.StartNew();
        Chapter("web01 refuses connections, a client that belongs to it", TimedAsk(() => Get("/", $"Cookie: SVID=web01{cookie}\r\n"), 2.5, 5));
        Chapter("web01 goes down after five checks", Within(down, _log.Wait("web01 is DOWN", TimeSpan.FromSeconds(15)), 7, 12));
        Chapter("the client that belongs to it goes to the other", Get("/", $"Cookie: SVID=web01{cookie}\r\n"));
        Chapter("the state", State());
        _web02.Broken = true;
        down.Restart();
        Chapter("web02 goes down after five bad answers", Within(down, _log.Wait("web02 is DOWN", TimeSpan.FromSeconds(15)), 7, 12));
        Chapter("503 without a server", Get("/"));
        Chapter("statistics as CSV, without a server", Columns(Ask(Request("/;csv", Admin), 5, 8080)));
        _web01.Up();
        var up = Stopwatch.StartNew();
        Chapter("web01 comes up after two checks", Within(up, _log.Wait("web01 is UP", TimeSpan.FromSeconds(10)), 1, 6));
        Chapter("everybody goes to it", Repeat(2, () => Get("/")));
        _web02.Broken = false;
        up.Restart();
        Chapter("web02 comes up after two checks", Within(up, _log.Wait("web02 is UP", TimeSpan.FromSeconds(10)), 1, 6));
        Chapter("balancing again", Repeat(2, () => Get("/")));

        Chapter("the administrator takes web02 out of service", _balancer.Command("disable server server/web02") + Repeat(2, () => Get("/")));
        Chapter("its client goes to the other", Get("/", $"Cookie: SVID=web02{cookie}\r\n"));
        Chapter("the state in maintenance", State());
        Chapter("and puts it back", _balancer.Command("enable server server/web02") + Repeat(2, () => Get("/")));
        Waiting(() => State().Contains("web02 192.168.219.129 2 0 1 1 - 15 3 6 6", StringComparison.Ordinal), 6);
        Chapter("the state after its next check", State());

        Chapter("408 for half a request after 10 s", Took(half, 9, 13));
        Chapter("a client that says nothing for 10 s", Took(silent, 9, 13));
        Chapter("504 when a server says nothing for 60 s", Took(never, 58, 65));

        _balancer.Signal("USR1");
        Chapter("soft stop", _balancer.WaitGone(TimeSpan.FromSeconds(10)) ? "gone" : "still there");
        _log.Wait("Proxy server stopped", TimeSpan.FromSeconds(2));
        Chapter("the log", string.Concat(_log.Lines.Select(l => Steady(l).TrimEnd('\n') + "\n")));
    }

    private const string Admin = "Authorization: Basic YWRtaW46YWRtaW4=\r\n";

    private static string Request(string path, string headers) => $"GET {path} HTTP/1.1\r\nHost: scene\r\n{headers}\r\n";

    private string Get(string path, string headers = "") => Ask(Request(path, headers), 15);

    /// <summary>Sends bytes, and reads until the other side closes or the time is over.</summary>
    private string Ask(string bytes, int seconds, int port = 80)
    {
        using var socket = _laboratory.Client.Connect(Laboratory.Virtual, port);
        if (bytes.Length > 0) socket.Send(Encoding.Latin1.GetBytes(bytes));
        var clock = Stopwatch.StartNew();
        var answer = new StringBuilder();
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var left = TimeSpan.FromSeconds(seconds) - clock.Elapsed;
                if (left <= TimeSpan.Zero || !socket.Poll(left, SelectMode.SelectRead)) return answer + "(still open)\n";
                var count = socket.Receive(buffer);
                if (count == 0) return answer + "(closed)\n";
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return answer + "(reset)\n";
        }
    }

    private static string Repeat(int count, Func<string> ask) => string.Concat(Enumerable.Range(0, count).Select(_ => Dateless().Replace(ask(), "|DATE")));

    private static string Cookie(string answer)
    {
        var found = Dateless().Match(answer);
        return found.Success ? found.Value : "";
    }

    // The dates of a cookie are four-second steps in base 64 without padding, the highest digit first.
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static string Aged(string dates, int seconds) => string.Concat(dates.Split('|').Skip(1).Select(date =>
    {
        var value = date.Aggregate(0L, (v, c) => v * 64 + Digits.IndexOf(c, StringComparison.Ordinal)) - seconds / 4;
        var aged = "";
        for (var i = 0; i < 5; i++, value /= 64) aged = Digits[(int)(value % 64)] + aged;
        return "|" + aged;
    }));

    /// <summary>Waits for the beginning of the next four seconds: a cookie's dates count in such steps, and a step's end renews it.</summary>
    private static void WaitSlot()
    {
        while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 4 != 0 || DateTimeOffset.UtcNow.Millisecond > 500) Thread.Sleep(20);
    }

    private static bool IsCheck(string head) => !head.Contains("scene", StringComparison.Ordinal);

    private static bool HasChecked(WebServer web) => web.Heads.Any(IsCheck);

    private static string Last(WebServer web) => web.Heads.LastOrDefault(h => h.Contains("scene", StringComparison.Ordinal)) ?? "none";

    private static readonly string[] Told = ["pxname", "svname", "status", "weight", "act", "bck", "stot", "bin", "bout", "ereq", "econ", "eresp", "wretr", "wredis",
        "check_status", "check_code", "chkfail", "chkdown", "hrsp_2xx", "hrsp_4xx", "hrsp_5xx", "cli_abrt", "srv_abrt", "mode", "algo", "cookie", "check_rise", "check_fall"];

    private static string Columns(string answer)
    {
        var body = answer.Split("\r\n\r\n", 2);
        var lines = body.Length < 2 ? [] : body[1].Split('\n').Where(l => l.Contains(',', StringComparison.Ordinal)).Select(l => l.Split(',')).ToList();
        if (lines.Count == 0) return answer;
        var text = new StringBuilder();
        // The page's own length depends on the uptime that it shows.
        foreach (var line in lines.Skip(1))
            text.AppendJoin(' ', Told.Select(t => (Name: t, At: Array.FindIndex(lines[0], h => h.TrimStart('#', ' ') == t))).Where(t => t.At >= 0 && line[t.At].Length > 0 && !(t.Name == "bout" && line[0] == "stats_page"))
                .Select(t => $"{t.Name}={line[t.At]}")).Append('\n');
        return text.ToString();
    }

    private string State()
    {
        var text = new StringBuilder();
        foreach (var line in _balancer.Command("show servers state").Split('\n').Where(l => l.Contains("web0", StringComparison.Ordinal)))
        {
            var f = line.Split(' ');
            // Whether a check is under way just now (the lowest bit of its state) is chance.
            f[13] = (int.Parse(f[13], CultureInfo.InvariantCulture) & ~1).ToString(CultureInfo.InvariantCulture);
            // be_id be_name srv_id srv_name srv_addr op_state admin_state uweight iweight (time) check_status check_result check_health check_state
            text.AppendJoin(' ', f[..9]).Append(" - ").AppendJoin(' ', f[10..14]).Append('\n');
        }
        return text.ToString();
    }

    private static Task<(string Text, TimeSpan Took)> Later(Func<string> ask)
    {
        var clock = Stopwatch.StartNew();
        return Transcript.Begin(() => (ask(), clock.Elapsed));
    }

    private static string Took(Task<(string Text, TimeSpan Took)> asked, double least, double most) => asked.Result.Text + Range(asked.Result.Took, least, most);

    private static string TimedAsk(Func<string> ask, double least, double most)
    {
        var clock = Stopwatch.StartNew();
        var text = ask();
        return text + Range(clock.Elapsed, least, most);
    }

    private static string Within(Stopwatch since, TimeSpan? seen, double least, double most) => seen is null ? "never" : Range(since.Elapsed, least, most);

    private static string Range(TimeSpan took, double least, double most) => took.TotalSeconds >= least && took.TotalSeconds <= most
        ? string.Create(CultureInfo.InvariantCulture, $"(after {least} to {most} s)\n") : string.Create(CultureInfo.InvariantCulture, $"(after {took.TotalSeconds:0.0} s instead of {least} to {most} s)\n");

    private static void Waiting(Func<bool> until, int seconds)
    {
        var clock = Stopwatch.StartNew();
        while (!until() && clock.Elapsed.TotalSeconds < seconds) Thread.Sleep(10);
    }

    private void WaitListening()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = _laboratory.Client.Connect(Laboratory.Virtual, 80);
                return;
            }
            catch (SocketException) when (clock.Elapsed.TotalSeconds < 10) { Thread.Sleep(50); }
            catch (SocketException) { throw new InvalidOperationException("it does not come to listen:\n" + _text); }
        }
    }

    private void Chapter(string title, string text) => _text.Append("== ").Append(title).Append('\n').Append(Dateless().Replace(text, "|DATE").TrimEnd('\n')).Append("\n\n");

    /// <summary>Without process numbers, dates, durations and the name of the machine.</summary>
    private static string Steady(string text)
    {
        text = Prefix().Replace(text, "$1 DATE haproxy[PID]: ");
        text = Alert().Replace(text, "$1(PID)");
        text = Duration().Replace(text, "check duration: Nms");
        text = Announced().Replace(text, "");
        return Seconds().Replace(text, "in N ms");
    }

    [GeneratedRegex(@"(?:\|[A-Za-z0-9+/]{5}){1,2}(?=[;\r ])|(?:\|[A-Za-z0-9+/]{5}){2}")]
    private static partial Regex Dateless();

    [GeneratedRegex(@"^(<\d+>)\w+ +\d+ [\d:]+ haproxy\[\d+\]: ", RegexOptions.Multiline)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"(\[\w+\]\s+)\(\d+\)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"check duration: \d+ms")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^.*(haproxy version is|path to executable is).*\n", RegexOptions.Multiline)]
    private static partial Regex Announced();

    [GeneratedRegex(@"in \d+ ?ms")]
    private static partial Regex Seconds();
}
