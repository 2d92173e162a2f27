using System.Globalization;
using System.Text;
using Dropin.Parsers.Haproxy;
using Dropin.Parsers.Haproxy.Expressions;
using Dropin.Runtime.Apply;
using Dropin.Runtime.Proxy.Rules;
using Dropin.Runtime.Proxy.State;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Haproxy.Expressions;

/// <summary>Values of expressions as the original gave them (fixtures/haproxy/expressions/values.txt), replayed on ours.</summary>
public sealed class ExpressionValueTests(ExpressionValueTests.Engine engine) : IClassFixture<ExpressionValueTests.Engine>
{
    private const string Folder = "fixtures/haproxy/expressions";

    public static TheoryData<string, string, string> Values
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var line in File.ReadLines(Repository.PathOf($"{Folder}/values.txt")))
            {
                if (!line.StartsWith('#'))
                {
                    var part = line.Split('\t');
                    all.Add(part[0], part[1], part[2]);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void An_expression_has_the_original_s_value(string form, string expression, string expected)
    {
        engine.Evaluate(form, expression).Should().Be(expected, $"that is the value of {expression}");
    }

    [Fact]
    public void Evaluating_every_expression_allocates_nothing_in_steady_state()
    {
        engine.AllocatedBy(rounds: 3).Should().BeLessThan(64);
    }

    /// <summary>One configuration with all expressions, each behind a condition of its own.</summary>
    public sealed class Engine
    {
        private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
        private readonly ProxyState _frontend;
        private readonly TestSubject _subject;

        public Engine()
        {
            var text = new StringBuilder("""
                global
                  maxconn 100
                userlist ul
                  group g1 users u1
                  group g2 users u1
                  user u1 insecure-password p1
                defaults
                  mode http
                  timeout client 3s
                  timeout server 4s
                  timeout connect 1s
                frontend f
                  bind 127.0.0.1:27013 name lst
                  capture request header x-list len 20
                  http-request set-var(txn.a) str(val)
                  default_backend b

                """);
            foreach (var row in Values)
            {
                var expression = Unescape((string)row[1]);
                if (_index.TryAdd((string)row[1], _index.Count))
                {
                    var place = Repository.PathOf(Folder);
                    foreach (var map in (string[])["m.map", "ip.map", "int.map", "re.map"])
                    {
                        expression = expression.Replace($"({map}", $"({place}/{map}", StringComparison.Ordinal);
                    }

                    text.Append(CultureInfo.InvariantCulture, $"  http-request return status 200 content-type text/plain lf-string '<%[{expression}]>' if {{ req.hdr(x-n) {_index.Count - 1} }}\n");
                }
            }

            text.Append("backend b\n  server s 127.0.0.1:27019\n");
            var bytes = Encoding.Latin1.GetBytes(text.ToString());
            var result = HaproxyConfigLoader.Load(
                ["values.cfg"], new LoadOptions { Environment = new Dictionary<string, string>(), ReadFile = _ => bytes });
            result.Config.Should().NotBeNull(string.Join('\n', result.Diagnostics.Select(d => d.ToString())));
            var engine = EngineBuilder.Build(result.Config!, 100, PatternTexts.Read);
            _frontend = engine.Proxies[0];
            _subject = new TestSubject(_frontend);
        }

        public string Evaluate(string form, string expression)
        {
            _subject.Take(RequestOf(form, _index[expression]));
            var place = 0;
            _frontend.Rules.HttpRequest.Run(_subject, ref place).Outcome.Should().Be(RuleOutcome.Answer);
            var message = Encoding.Latin1.GetString(_subject.Answer.Message.Span);
            var body = message[(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return Escape(body[1..^1].Replace(TestSubject.ListenerPort.ToString(CultureInfo.InvariantCulture), "PORT", StringComparison.Ordinal));
        }

        // Expressions that may allocate, with the reason: those that read the clock's text or decrypt are not among the values.
        private static bool MayAllocate(string expression) => expression.Contains("hmac", StringComparison.Ordinal)
            || expression.Contains("nbsrv", StringComparison.Ordinal) || expression.Contains("srv_queue", StringComparison.Ordinal);

        public long AllocatedBy(int rounds)
        {
            long least = long.MaxValue;
            for (var round = 0; round < rounds; round++)
            {
                long sum = 0;
                foreach (var (expression, index) in _index)
                {
                    if (MayAllocate(expression))
                    {
                        continue;
                    }

                    _subject.Take(RequestOf("origin", index));
                    var place = 0;
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    _frontend.Rules.HttpRequest.Run(_subject, ref place);
                    sum += GC.GetAllocatedBytesForCurrentThread() - before;
                }

                least = Math.Min(least, sum);
            }

            return least;
        }

        private static string RequestOf(string form, int index)
        {
            var (uri, host) = form == "absolute" ? ("http://user@1.2.3.4:8080", "1.2.3.4:8080") : ("", "h.com:80");
            return $"POST {uri}/Foo/bar.html?a=1&b=x%20y&c=Q&n=12z&e=&a=2 HTTP/1.1\r\nHost: {host}\r\nX-N: {index}\r\nX-List: one, two\r\n"
                + "X-List: \"q,q\", three\r\nX-Ip: 10.1.2.3, 1.1.1.1:99\r\nX-Num: 42\r\nX-Json: {\"a\":{\"b\":[1,\"x\",true]},\"n\":5.7}\r\n"
                + "X-Lang: fr;q=0.5,en;q=0.8,de\r\nX-Quoted: a\"b\\c,d\r\nX-Hex: 0x1F\r\nUser-Agent: Mozilla/5.0 (X11)\r\nX-Nonum: abc\r\nX-None:\r\n"
                + "Cookie: SID=abc; b=\"x y\"; n=7\r\nCookie: SID=second\r\nAuthorization: Basic dTE6cDE=\r\n"
                + "Proxy-Authorization: Basic dTE6cDE=\r\nContent-Length: 7\r\nConnection: close\r\n\r\na=5&b=6";
        }

        private static string Escape(string text)
        {
            var escaped = new StringBuilder();
            foreach (var c in text)
            {
                _ = c switch
                {
                    '\\' => escaped.Append("\\\\"),
                    '\n' => escaped.Append("\\n"),
                    '\r' => escaped.Append("\\r"),
                    '\t' => escaped.Append("\\t"),
                    >= '\x80' => escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                    _ => escaped.Append(c),
                };
            }

            return escaped.ToString();
        }

        private static string Unescape(string text)
        {
            var plain = new StringBuilder();
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '\\')
                {
                    plain.Append(text[i]);
                    continue;
                }

                i++;
                if (text[i] == 'x')
                {
                    plain.Append((char)int.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 2;
                    continue;
                }

                plain.Append(text[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
            }

            return plain.ToString();
        }
    }
}
