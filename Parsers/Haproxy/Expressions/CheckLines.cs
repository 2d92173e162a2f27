using System.Text;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Registry;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>The steps of health checks: <c>http-check</c> and <c>tcp-check</c> (configuration manual 4.2).</summary>
internal static partial class CheckLines
{
    /// <summary>Adds the keywords.</summary>
    public static void Add(KeywordTable<ProxySyntax> table) => table
        .Executed("http-check", Http)
        .Executed("tcp-check", Tcp);

    private static void Http(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, "http-check") && line[1] is "disable-on-404" or "send-state")
        {
            line.Warn("needs-backend", $"(null)");
        }

        switch (line[1])
        {
            case "disable-on-404":
                if (!line.HasTooMany(1))
                {
                    proxy.DisableOn404 = true;
                }

                return;
            case "send-state":
                if (!line.HasTooMany(1))
                {
                    proxy.SendState = true;
                }

                return;
        }

        var (step, problem) = Step(line, proxy, http: true);
        if (step is null)
        {
            line.Error("bad-check", problem ?? Problem.Of(
                $"'http-check' only supports 'disable-on-404', 'send-state', 'comment', 'connect', 'send', 'expect', 'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'. but got '{line[1]}'"));
            return;
        }

        // A request of its own begins anew: neither the inherited rules nor the words of an inherited option are kept.
        if (step is HttpSendStep && proxy is { CheckOption: "httpchk", InheritedFrom: { } defaults }
            && ReferenceEquals(proxy.HttpCheckSteps, defaults.HttpCheckSteps) && ReferenceEquals(proxy.CheckArguments, defaults.CheckArguments))
        {
            (proxy.HttpCheckSteps, proxy.CheckArguments) = ([], []);
        }

        if (Order(line, step, proxy.HttpCheckSteps))
        {
            proxy.HttpCheckSteps = proxy.HttpCheckSteps.Add(step with { Index = proxy.HttpCheckSteps.Count + 1 });
        }
    }

    private static void Tcp(ConfigLine line, ProxySyntax proxy)
    {
        if (ProxyBasics.NeedsBackend(line, proxy, "tcp-check"))
        {
            // The original says this as well.
            line.Warn("needs-backend", $"(null)");
        }

        var (step, problem) = Step(line, proxy, http: false);
        if (step is null)
        {
            line.Error("bad-check", problem ?? Problem.Of(
                $"'tcp-check' only supports 'comment', 'connect', 'send', 'send-binary', 'expect', 'set-var-fmt(*)', 'set-var(*)', 'unset-var(*)'. but got '{line[1]}'"));
            return;
        }

        if (Order(line, step, proxy.TcpCheckSteps))
        {
            proxy.TcpCheckSteps = proxy.TcpCheckSteps.Add(step with { Index = proxy.TcpCheckSteps.Count + 1 });
        }
    }

    // Where connections are steps, the first step that talks must be one.
    private static bool Order(ConfigLine line, CheckStep step, ValueList<CheckStep> before)
    {
        if (step is not ConnectStep)
        {
            return true;
        }

        foreach (var earlier in before)
        {
            if (earlier is ConnectStep)
            {
                return true;
            }

            if (earlier is not (SetVariableStep or CommentStep))
            {
                line.Error("connect-not-first",
                    $"'{line[0]} connect' : first step MUST also be a 'connect', optionally preceded by a 'set-var', an 'unset-var' or a 'comment', when there is a 'connect' step in the tcp-check ruleset.");
                return false;
            }
        }

        return true;
    }

    private static (CheckStep? Step, FormattableString? Problem) Step(ConfigLine line, ProxySyntax proxy, bool http)
    {
        string? error = null;
        CheckStep? step;
        switch (line[1])
        {
            case "comment":
                step = line[2].Length == 0 ? Fail(out error, "expects a string as argument") : new CommentStep(line.At) { Comment = line[2] };
                break;
            case "connect":
                step = Connect(line, proxy, out error);
                break;
            case "expect":
                step = Expect(line, proxy, http, out error);
                break;
            case "send" when http:
                step = HttpSend(line, proxy, out error);
                break;
            case "send" or "send-lf" or "send-binary" or "send-binary-lf" when !http:
                step = Send(line, proxy, out error);
                break;
            case var name when name.StartsWith("set-var", StringComparison.Ordinal) || name.StartsWith("unset-var", StringComparison.Ordinal):
                step = Variable(line, proxy, out error);
                break;
            default:
                return (null, null);
        }

        return (step, step is null ? Problem.Of($"'{line[0]} {line[1]}' : {error}.") : null);
    }

    private static ConnectStep? Connect(ConfigLine line, ProxySyntax proxy, out string? error)
    {
        var step = new ConnectStep(line.At);
        error = null;
        for (var i = 2; line[i].Length > 0; i++)
        {
            switch (line[i])
            {
                case "port":
                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ConnectStep>(out error, "'port' expects a port number or a sample expression as argument.");
                    }

                    if (char.IsAsciiDigit(line[i + 1][0]))
                    {
                        var port = Values.Number(line[++i]);
                        if (port is < 1 or > 65535)
                        {
                            return Fail<ConnectStep>(out error,
                                $"expects a valid TCP port (from range 1 to 65535) or a sample expression, got {line[i]}.");
                        }

                        step = step with { Port = (int)port };
                        break;
                    }

                    i++;
                    if (Sample(line, ref i, proxy, out error) is not { } expression)
                    {
                        return Fail<ConnectStep>(out error, "error detected while parsing port expression : " + error);
                    }

                    step = step with { PortExpression = expression };
                    break;
                case "addr":
                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ConnectStep>(out error, "'addr' expects <ipv4|ipv6> as argument.");
                    }

                    var address = Addresses.Read(line[++i], AddressNeeds.Port | AddressNeeds.ResolveNow | AddressNeeds.Unix,
                        line.Document, out var problem);
                    if (address is null)
                    {
                        return Fail<ConnectStep>(out error, $"'addr' : {problem}.");
                    }

                    step = step with { Address = address.Endpoint };
                    break;
                case "comment":
                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ConnectStep>(out error, "'comment' expects a string as argument.");
                    }

                    step = step with { Comment = line[++i] };
                    break;
                case "send-proxy":
                    step = step with { SendProxy = true };
                    break;
                case "linger":
                    step = step with { Linger = true };
                    break;
                case "default":
                    step = step with { Default = true };
                    break;
                case "via-socks4" or "ssl":
                    return Fail<ConnectStep>(out error, $"'{line[i]}' is known but not executed by this version");
                case "sni" or "alpn" or "proto":
                    if (line[i + 1].Length == 0)
                    {
                        return Fail<ConnectStep>(out error, line[i] switch
                        {
                            "sni" => "'sni' expects a string as argument.",
                            "alpn" => "'alpn' : missing the comma-delimited ALPN protocol suite",
                            _ => "'proto' expects a MUX protocol as argument.",
                        });
                    }

                    if (line[i] == "proto" && line[i + 1] is not ("h1" or "none"))
                    {
                        return Fail<ConnectStep>(out error, line[i + 1] is "h2" or "fcgi"
                            ? $"'proto {line[i + 1]}' is known but not executed by this version" : $"'proto' : unknown MUX protocol '{line[i + 1]}'.");
                    }

                    i++;
                    break;
                default:
                    return Fail<ConnectStep>(out error,
                        $"expects 'comment', 'port', 'addr', 'send-proxy', 'ssl', 'sni', 'alpn' or 'via-socks4', 'linger', 'default' but got '{line[i]}' as argument.");
            }
        }

        return step;
    }

    private static HttpSendStep? HttpSend(ConfigLine line, ProxySyntax proxy, out string? error)
    {
        var step = new HttpSendStep(line.At);
        error = null;
        for (var i = 2; line[i].Length > 0; i++)
        {
            var word = line[i];
            if (word is not ("meth" or "uri" or "uri-lf" or "ver" or "hdr" or "body" or "body-lf" or "comment"))
            {
                return Fail<HttpSendStep>(out error,
                    $"expects 'comment', 'meth', 'uri', 'uri-lf', 'ver', 'hdr', 'body' or 'body-lf' but got '{word}' as argument.");
            }

            if (word == "hdr")
            {
                if (line[i + 1].Length == 0 || line[i + 2].Length == 0)
                {
                    return Fail<HttpSendStep>(out error, "'hdr' expects <name> and <value> as arguments");
                }

                if (Format(line, i + 2, proxy, out error) is not { } value)
                {
                    return null;
                }

                // The original computes these two itself.
                if (!line[i + 1].Equals("content-length", StringComparison.OrdinalIgnoreCase)
                    && !line[i + 1].Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase))
                {
                    step = step with { Headers = step.Headers.Add(new CheckHeader(line[i + 1], value)) };
                }

                i += 2;
                continue;
            }

            if (line[i + 1].Length == 0)
            {
                return Fail<HttpSendStep>(out error, $"'{word}' expects a string as argument.");
            }

            i++;
            switch (word)
            {
                case "meth":
                    step = step with { Method = line[i], MethodGiven = true };
                    break;
                case "ver":
                    step = step with { Version = line[i], VersionGiven = true };
                    break;
                case "comment":
                    step = step with { Comment = line[i] };
                    break;
                case "uri":
                    step = step with { Uri = Literal(line, i) };
                    break;
                case "body":
                    step = step with { Body = Literal(line, i) };
                    break;
                default:
                    if (Format(line, i, proxy, out error) is not { } format)
                    {
                        return Fail<HttpSendStep>(out error, $"'{line[i]}' invalid log-format string ({error}).\n");
                    }

                    step = word == "uri-lf" ? step with { Uri = format } : step with { Body = format };
                    break;
            }
        }

        return step;
    }

    private static SendStep? Send(ConfigLine line, ProxySyntax proxy, out string? error)
    {
        error = null;
        var binary = line[1].StartsWith("send-binary", StringComparison.Ordinal);
        if (line[2].Length == 0)
        {
            return Fail<SendStep>(out error, $"'{(binary ? "binary string" : "string")}' expects a {line[1]} as argument");
        }

        string? comment = null;
        for (var i = 3; line[i].Length > 0; i++)
        {
            if (line[i] != "comment")
            {
                return Fail<SendStep>(out error, $"expects 'comment' but got '{line[i]}' as argument.");
            }

            if (line[i + 1].Length == 0)
            {
                return Fail<SendStep>(out error, "'comment' expects a string as argument.");
            }

            comment = line[++i];
        }

        if (line[1].EndsWith("-lf", StringComparison.Ordinal))
        {
            return Format(line, 2, proxy, out error) is { } format ? new SendStep(line.At, null, format, binary) { Comment = comment }
                : Fail<SendStep>(out error, $"'{line[2]}' invalid log-format string ({error}).\n");
        }

        if (!binary)
        {
            return new SendStep(line.At, ValueList.Create<byte>(Encoding.Latin1.GetBytes(line[2])), null, false) { Comment = comment };
        }

        return Hexadecimal(line[2], out var bytes) is { } wrong ? Fail<SendStep>(out error, $"'{line[2]}' invalid binary string ({wrong}).\n")
            : new SendStep(line.At, bytes, null, false) { Comment = comment };
    }

    private static SetVariableStep? Variable(ConfigLine line, ProxySyntax proxy, out string? error)
    {
        var open = line[1].IndexOf('(', StringComparison.Ordinal);
        var close = line[1].IndexOf(')', StringComparison.Ordinal);
        var keyword = open < 0 ? line[1] : line[1][..open];
        if (open < 0 || close < open || keyword is not ("set-var" or "set-var-fmt" or "unset-var"))
        {
            return Fail<SetVariableStep>(out error, $"'{keyword}' expects a variable name in parentheses");
        }

        var text = line[1][(open + 1)..close];
        if (VariableNames.Read(text, out error) is null)
        {
            return Fail<SetVariableStep>(out error, $"'{keyword}' : {error}");
        }

        if (keyword == "unset-var")
        {
            return new SetVariableStep(line.At, text, null, null);
        }

        if (keyword == "set-var-fmt")
        {
            return Format(line, 2, proxy, out error) is { } format ? new SetVariableStep(line.At, text, null, format) : null;
        }

        var index = 2;
        return Sample(line, ref index, proxy, out error) is { } value ? new SetVariableStep(line.At, text, value, null)
            : Fail<SetVariableStep>(out error, $"'{keyword}' : {error}");
    }

    private static string? Hexadecimal(string text, out ValueList<byte> bytes)
    {
        bytes = [];
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return $"an hex digit is expected (found '{c}')";
            }
        }

        if (text.Length % 2 != 0)
        {
            return "an even number of hex digit is expected";
        }

        bytes = ValueList.Create<byte>(Convert.FromHexString(text));
        return null;
    }

    private static SampleExpression? Sample(ConfigLine line, ref int index, ProxySyntax proxy, out string? error)
    {
        var scope = new ExpressionScope(proxy, line.At, RulePlace.TcpCheck, line.Sink);
        var sample = SampleReader.Read(WordList.From(line, 0), ref index, scope);
        error = scope.Error;

        // The caller's loop moves on by itself.
        index--;
        return sample?.Expression;
    }

    private static LogFormat? Format(ConfigLine line, int index, ProxySyntax proxy, out string? error) =>
        ExpressionReading.CheckFormat(line[index], line.PlaceOf(index), proxy, out error);

    private static LogFormat Literal(ConfigLine line, int index) =>
        new([new LiteralPart(line[index])], line[index], line.PlaceOf(index));

    private static CheckStep? Fail(out string? error, string sentence) => Fail<CheckStep>(out error, sentence);

    private static T? Fail<T>(out string? error, string sentence)
        where T : class
    {
        error = sentence;
        return null;
    }
}
