using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>Makes the IR of a case's few lines, in place of the front end, which is a room of its own.</summary>
internal sealed class CheckLines
{
    private readonly List<CheckStep> _steps = [];
    private string? _comment;
    private int _index;
    private CheckKind? _kind;
    private bool _sendState;
    private bool _disable404;
    private HttpSendStep? _optionSend;
    private HealthCheckConfig? _fixed;

    internal ServerConfig Server { get; private set; } = new()
    {
        Name = "s",
        Id = 1,
        Endpoint = new IpEndpoint(System.Net.IPAddress.Loopback, 0),
        Check = new ServerCheckConfig { Rise = 1, Fall = 1 },
    };

    internal HealthCheckConfig Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var words = Words(line);
            switch (words[0])
            {
                case "option":
                    Option(words);
                    break;
                case "server":
                    ServerWords(words);
                    break;
                case "http-check" or "tcp-check":
                    Step(words);
                    break;
                default:
                    throw new InvalidOperationException(line);
            }
        }

        if (_fixed is not null)
        {
            return _fixed;
        }

        if (_kind is null)
        {
            return new TcpConnectCheckConfig();
        }

        if (_kind == CheckKind.Tcp && _steps.Count == 0)
        {
            return new ScriptCheckConfig(CheckKind.Tcp, []);
        }

        if (_kind == CheckKind.Http)
        {
            MergeOption();
        }

        return new ScriptCheckConfig(_kind.Value, ValueList.Create<CheckStep>([.. _steps])) { SendState = _sendState, DisableOn404 = _disable404 };
    }

    // The first 'send' takes what it leaves open from the option's line, as Binding does it.
    private void MergeOption()
    {
        var at = _steps.FindIndex(s => s is HttpSendStep);
        if (at < 0)
        {
            _steps.Insert(_steps.FindIndex(s => s is ConnectStep) + 1, _optionSend!);
        }
        else if (_steps[at] is HttpSendStep { Method: "OPTIONS", Uri: null, Version: "HTTP/1.0" } bare)
        {
            _steps[at] = _optionSend! with { Headers = bare.Headers, Body = bare.Body };
        }
    }

    private void Option(string[] words)
    {
        switch (words[1])
        {
            case "httpchk":
                _kind = CheckKind.Http;
                var version = words.Length > 4 ? words[4] : "HTTP/1.0";
                var split = version.IndexOf("\r\n", StringComparison.Ordinal);
                var headers = new List<CheckHeader>();
                if (split > 0)
                {
                    foreach (var header in version[(split + 2)..].Split("\r\n"))
                    {
                        var colon = header.IndexOf(':', StringComparison.Ordinal);
                        headers.Add(new CheckHeader(header[..colon], Format(header[(colon + 1)..].Trim())));
                    }

                    version = version[..split];
                }

                _optionSend = new HttpSendStep(SourceSpan.None)
                {
                    Method = words.Length > 3 ? words[2] : "OPTIONS",
                    Uri = words.Length > 3 ? Format(words[3]) : words.Length > 2 ? Format(words[2]) : null,
                    Version = version,
                    Headers = ValueList.Create<CheckHeader>([.. headers]),
                };
                break;
            case "tcp-check":
                _kind = CheckKind.Tcp;
                break;
            case "ssl-hello-chk":
                _fixed = ProtocolScripts.SslHello(default);
                break;
            case "smtpchk":
                _fixed = ProtocolScripts.Smtp(default, words.Length > 3 ? words[2] + " " + words[3] : "HELO localhost");
                break;
            case "ldap-check":
                _fixed = ProtocolScripts.Ldap(default);
                break;
            case "mysql-check":
                _fixed = ProtocolScripts.MySql(default, words.Length > 3 ? words[3] : null, words.Length > 4 && words[4] == "pre-41");
                break;
            case "pgsql-check":
                _fixed = ProtocolScripts.Postgres(default, words[3]);
                break;
            case "redis-check":
                _fixed = ProtocolScripts.Redis(default);
                break;
            default:
                _fixed = ProtocolScripts.Spop(default);
                break;
        }
    }

    private void ServerWords(string[] words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            Server = words[i] switch
            {
                "backup" => Server with { Backup = true },
                "check-send-proxy" => Server with { Check = Server.Check! with { SendProxy = true } },
                "rise" => Server with { Check = Server.Check! with { Rise = int.Parse(words[++i]) } },
                "fall" => Server with { Check = Server.Check! with { Fall = int.Parse(words[++i]) } },
                _ => throw new InvalidOperationException(words[i]),
            };
        }
    }

    private void Step(string[] words)
    {
        switch (words[1])
        {
            case "comment":
                _comment = words[2];
                _index++;
                return;
            case "send-state":
                _sendState = true;
                return;
            case "disable-on-404":
                _disable404 = true;
                return;
            default:
                break;
        }

        var step = words[1] switch
        {
            "connect" => Connect(words),
            "expect" => Expect(words),
            "send" when words[0] == "http-check" => HttpSend(words),
            "send" => new SendStep(default, Bytes(words[2]), null, false) { Comment = After(words, "comment") },
            "send-lf" => new SendStep(default, null, Format(words[2]), false),
            "send-binary" => new SendStep(default, ValueList.Create<byte>(Convert.FromHexString(words[2])), null, true),
            "send-binary-lf" => new SendStep(default, null, Format(words[2]), true),
            _ => (CheckStep)new SetVariableStep(default, words[1], null, null),
        };
        _steps.Add(step with { Index = ++_index, Comment = step.Comment ?? _comment });
        _comment = null;
    }

    private static ConnectStep Connect(string[] words)
    {
        var port = After(words, "port");
        return new ConnectStep(default)
        {
            Default = words.Contains("default"),
            Linger = words.Contains("linger"),
            SendProxy = words.Contains("send-proxy"),
            Port = int.TryParse(port, out var number) ? number : null,
            PortExpression = port is not null && number == 0 ? Expression(port) : null,
            Comment = After(words, "comment"),
        };
    }

    private static HttpSendStep HttpSend(string[] words)
    {
        var step = new HttpSendStep(default);
        for (var i = 2; i < words.Length; i++)
        {
            step = words[i] switch
            {
                "meth" => step with { Method = words[++i] },
                "uri" or "uri-lf" => step with { Uri = Format(words[++i]) },
                "ver" => step with { Version = words[++i] },
                "hdr" => step with { Headers = step.Headers.Add(new CheckHeader(words[++i], Format(words[++i]))) },
                "body" or "body-lf" => step with { Body = Format(words[++i]) },
                "comment" => step with { Comment = words[++i] },
                _ => throw new InvalidOperationException(words[i]),
            };
        }

        return step;
    }

    private ExpectStep Expect(string[] words)
    {
        var step = new ExpectStep(default) { Kind = ExpectKind.Text };
        for (var i = 2; i < words.Length; i++)
        {
            step = words[i] switch
            {
                "comment" => step with { Comment = words[++i] },
                "min-recv" => step with { MinReceive = int.Parse(words[++i]) },
                "ok-status" => step with { OkStatus = words[++i] },
                "error-status" => step with { ErrorStatus = words[++i] },
                "tout-status" => step with { TimeoutStatus = words[++i] },
                "on-success" => step with { OnSuccess = Format(words[++i]) },
                "on-error" => step with { OnError = Format(words[++i]) },
                "status-code" => step with { StatusCode = Expression(words[++i]) },
                "!" => step with { Negated = true },
                "status" => step with { Kind = ExpectKind.HttpStatus, Statuses = Statuses(words[++i]) },
                "rstatus" => step with { Kind = ExpectKind.HttpStatusRegex, Pattern = Bytes(words[++i]) },
                "string" => step with { Kind = _kind == CheckKind.Http ? ExpectKind.HttpBody : ExpectKind.Text, Pattern = Bytes(words[++i]) },
                "rstring" => step with { Kind = _kind == CheckKind.Http ? ExpectKind.HttpBodyRegex : ExpectKind.Regex, Pattern = Bytes(words[++i]) },
                "string-lf" => step with { Kind = _kind == CheckKind.Http ? ExpectKind.HttpBody : ExpectKind.Text, PatternFormat = Format(words[++i]) },
                "binary" => step with { Kind = ExpectKind.Binary, Pattern = ValueList.Create<byte>(Convert.FromHexString(words[++i])) },
                "rbinary" => step with { Kind = ExpectKind.BinaryRegex, Pattern = Bytes(words[++i]) },
                "binary-lf" => step with { Kind = ExpectKind.Binary, PatternFormat = Format(words[++i]) },
                "hdr" => step with { Kind = ExpectKind.HttpHeader },
                "fhdr" => step with { Kind = ExpectKind.HttpHeader, HeaderFull = true },
                "name" => step with { HeaderName = Format(words[++i]) },
                "value" when words[i + 1] == "-m" => step with { HeaderValueMatch = words[i + 2], HeaderValue = Format(words[i += 3]) },
                "value" => step with { HeaderValue = Format(words[++i]) },
                _ => throw new InvalidOperationException(words[i]),
            };
        }

        return step;
    }

    private static ValueList<StatusRange> Statuses(string text) =>
        ValueList.Create<StatusRange>([.. text.Split(',').Select(r => r.Split('-')).Select(p => new StatusRange(int.Parse(p[0]), int.Parse(p[^1])))]);

    private static string? After(string[] words, string word) => Array.IndexOf(words, word) is >= 0 and var i ? words[i + 1] : null;

    private static ValueList<byte> Bytes(string text) => ValueList.Create<byte>(Encoding.Latin1.GetBytes(text));

    internal static LogFormat Format(string text) =>
        new(text.Contains('%') ? [new LiteralPart(""), new LiteralPart("")] : text.Length == 0 ? [] : [new LiteralPart(text)], text, default);

    private static SampleExpression Expression(string text) => new(null!, [], text, default);

    // Words of a line: a backslash takes the next character, \r and \n are line ends.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case ' ':
                    words.Add(word.ToString());
                    word.Clear();
                    break;
                case '\\':
                    i++;
                    word.Append(line[i] switch { 'r' => '\r', 'n' => '\n', var other => other });
                    break;
                default:
                    word.Append(line[i]);
                    break;
            }
        }

        words.Add(word.ToString());
        return [.. words];
    }
}
