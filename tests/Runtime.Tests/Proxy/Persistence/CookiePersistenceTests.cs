using System.Globalization;
using System.Text;
using Dropin.Runtime.Buffers;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Tests.Proxy.State;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Persistence;

/// <summary>Replays what the original made of cookies (fixtures/balance/cookies): the Cookie headers the server saw, the headers the client got, the letters in the log.</summary>
public sealed class CookiePersistenceTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var file in Repository.Files("fixtures/balance/cookies").Order())
                for (var i = 0; i < Blocks(file).Length; i++) data.Add(Path.GetFileNameWithoutExtension(file), i);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cookies_are_read_and_set_as_by_the_original(string name, int block)
    {
        var lines = Blocks($"fixtures/balance/cookies/{name}.txt")[block].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').ToArray();
        var run = new ServerCase();
        var isForced = false;
        var isIgnored = false;
        var now = 0L;
        CookieConfig? config = null;
        var states = new List<(string Name, string State)>();
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "cookie": config = Config(line); break;
                case "server":
                    run.AddServer($"be/{words[1]}" + (words[2] == "-" ? "" : $" cookie={words[2]}"));
                    if (words.Length > 3) states.Add((words[1], words[3]));
                    break;
                case "option": run.Options |= ProxyOptions.Persist; break;
                case "rule" when words[1] == "force-persist": isForced = true; break;
                case "rule" when words[1] is "ignore-persist" or "use-server": isIgnored = true; break;
                case "now": now = long.Parse(words[1], CultureInfo.InvariantCulture); break;
            }
        }

        run.Build(config);
        foreach (var (server, state) in states)
            run.Command(state is "down" or "stopping" ? $"set server be/{server} health {state}" : $"set server be/{server} state {state}", now * 1_000_000);
        var persistence = new CookiePersistence(run.Backends["be"], config!);
        var pool = new BufferPool(16384);
        var wanted = new StringBuilder();
        var made = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("> ", StringComparison.Ordinal)) continue;
            var method = lines[i].Split(' ')[1];
            var request = new HttpHead();
            var response = new HttpHead();
            request.Reset(pool);
            response.Reset(pool);
            request.StartRequest(Encoding.Latin1.GetBytes(method), "/"u8);
            response.StartResponse(int.Parse(lines[i].Split(' ')[2], CultureInfo.InvariantCulture), "x"u8);
            var title = lines[i];
            var answer = new List<string>();
            for (; i + 1 < lines.Length && lines[i + 1][0] != '>'; i++)
            {
                var line = lines[i + 1];
                var rest = line[(line.IndexOf(' ') + 1)..];
                if (line[0] is 'c' or 'r') title += "\n" + line;
                if (line[0] == 'c') request.Add("cookie"u8, Encoding.Latin1.GetBytes(rest.Trim(' ')));
                else if (line[0] == 'r') response.Add(Encoding.Latin1.GetBytes(rest[..rest.IndexOf(':')]), Encoding.Latin1.GetBytes(rest[(rest.IndexOf(':') + 1)..].Trim(' ')));
                else if (line[0] != 'h') answer.Add(line);
            }

            var server = run.Server("be/" + answer[^1].Split(' ')[1]);
            wanted.AppendLine(title).AppendJoin('\n', answer).AppendLine();
            made.AppendLine(title);
            var track = CookieTrack.New;
            persistence.ReadRequest(request, ref track, isIgnored, isForced, now).Should().BeTrue();
            var chosen = track.Server;
            if (chosen is not null) chosen.Should().BeSameAs(server, title);
            var caching = ResponseCaching.Of(request.KnownMethod, response);
            persistence.WriteResponse(response, ref track, server, request.KnownMethod, caching, now).Should().BeTrue();
            foreach (var value in Lines(request, "cookie")) made.AppendLine("seen " + value);
            foreach (var (field, value) in Headers(response)) made.AppendLine($"got {field}: {value}");
            made.AppendLine($"by {server.Name} {(char)track.RequestLetter}{(char)track.ResponseLetter}");
        }

        made.ToString().Should().Be(wanted.ToString());
    }

    [Fact]
    public void Reading_and_setting_a_cookie_allocates_nothing()
    {
        var run = new ServerCase();
        run.AddServer("be/s1 cookie=web01");
        run.AddServer("be/s2 cookie=web02");
        var config = new CookieConfig { Name = "SRV", Mode = CookieMode.Insert, Indirect = true, NoCache = true, MaxIdleSeconds = 100, MaxLifeSeconds = 1000 };
        run.Build(config);
        var persistence = new CookiePersistence(run.Backends["be"], config);
        var pool = new BufferPool(16384);
        var request = new HttpHead();
        var response = new HttpHead();
        var second = run.Server("be/s2");
        var track = CookieTrack.New;
        void Once()
        {
            request.Reset(pool);
            response.Reset(pool);
            request.StartRequest("GET"u8, "/"u8);
            request.Add("cookie"u8, "a=1; SRV=web02|awUuz|awUus; b=2"u8);
            response.StartResponse(200, "OK"u8);
            response.Add("etag"u8, "x"u8);
            persistence.ReadRequest(request, ref track, false, false, 1795501794);
            persistence.WriteResponse(response, ref track, second, KnownMethod.Get, ResponseCaching.Of(KnownMethod.Get, response), 1795501794);
            request.Release();
            response.Release();
        }

        for (var i = 0; i < 100; i++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Once();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        ((char)track.ResponseLetter).Should().Be('U');
    }

    private static string[] Blocks(string file) => File.ReadAllText(Repository.PathOf(file)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static CookieConfig Config(string line)
    {
        var words = new Queue<string>(line.Replace("\"", "", StringComparison.Ordinal).Replace("X y=z", "X\u00a0y=z", StringComparison.Ordinal).Split(' ').Skip(1));
        var config = new CookieConfig { Name = words.Dequeue() };
        while (words.TryDequeue(out var word))
            config = word switch
            {
                "insert" => config with { Mode = CookieMode.Insert },
                "rewrite" => config with { Mode = CookieMode.Rewrite },
                "prefix" => config with { Mode = CookieMode.Prefix },
                "indirect" => config with { Indirect = true },
                "nocache" => config with { NoCache = true },
                "postonly" => config with { PostOnly = true },
                "preserve" => config with { Preserve = true },
                "httponly" => config with { HttpOnly = true },
                "secure" => config with { Secure = true },
                "domain" => config with { Domains = config.Domains.Add(words.Dequeue()) },
                "attr" => config with { Attributes = config.Attributes.Add(words.Dequeue().Replace('\u00a0', ' ')) },
                "maxidle" => config with { MaxIdleSeconds = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
                "maxlife" => config with { MaxLifeSeconds = int.Parse(words.Dequeue(), CultureInfo.InvariantCulture) },
                _ => throw new InvalidOperationException(word),
            };
        return config;
    }

    private static IEnumerable<string> Lines(HttpHead head, string name) => Headers(head).Where(h => h.Name == name).Select(h => h.Value);

    private static List<(string Name, string Value)> Headers(HttpHead head)
    {
        var all = new List<(string, string)>();
        for (var i = 0; i < head.FieldCount; i++)
        {
            var name = Encoding.Latin1.GetString(head.NameOf(i));
            if (!head.Field(i).Removed && (name is "cookie" or "set-cookie" or "set-cookie2" or "cache-control")) all.Add((name, Encoding.Latin1.GetString(head.ValueOf(i))));
        }

        return all;
    }
}
