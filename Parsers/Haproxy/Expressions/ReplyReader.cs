using System.Globalization;
using System.Text;
using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Parsers.Haproxy.Lexing;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Rules;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>Reads answers that are made here: <c>return</c>, <c>deny</c>, <c>tarpit</c>, <c>http-error</c> (configuration manual 4.2).</summary>
internal static class ReplyReader
{
    private static readonly DiagnosticDescriptor TypeIgnored = DiagnosticDescriptor.Warning(
        "content-type-ignored", "content-type '{0}' ignored by the http reply because neither errorfile nor payload defined.");

    /// <summary>An answer and whether its status was given.</summary>
    public readonly record struct Result(ReturnConfig Answer, bool StatusGiven);

    /// <summary>Reads arguments up to the first word that is none; null after a mistake.</summary>
    /// <param name="words">The words of the line.</param>
    /// <param name="index">Where the arguments start; left behind them.</param>
    /// <param name="defaultStatus">The status where none is given.</param>
    /// <param name="errorAnswer">Without a body, the section's error answer is meant rather than an empty one.</param>
    /// <param name="scope">Where the answer stands.</param>
    public static Result? Read(IReadOnlyList<string> words, ref int index, int defaultStatus, bool errorAnswer, ExpressionScope scope)
    {
        var reply = new ReturnConfig { Status = defaultStatus };
        var headers = new List<ReturnHeader>();
        string? kind = null;
        var errorSection = "";
        var statusGiven = false;
        var plain = true;
        for (; index < words.Count; index++)
        {
            var word = words[index];
            var argument = index + 1 < words.Count ? words[index + 1] : "";
            switch (word)
            {
                case "status" or "deny_status":
                    if (argument.Length == 0)
                    {
                        return Fail(scope, "'status' expects <status_code> as argument");
                    }

                    var status = Leading(argument);
                    if (status is < 200 or > 599)
                    {
                        return Fail(scope, $"Unexpected status code '{status.ToString(CultureInfo.InvariantCulture)}'");
                    }

                    // The old word leaves the answer what it was: the section's error page.
                    plain &= word == "deny_status";
                    reply = reply with { Status = status };
                    statusGiven = true;
                    break;
                case "content-type":
                    if (argument.Length == 0)
                    {
                        return Fail(scope, "'content-type' expects <ctype> as argument");
                    }

                    plain = false;
                    reply = reply with { ContentType = argument };
                    break;
                case "hdr":
                    if (argument.Length == 0 || index + 2 >= words.Count || words[index + 2].Length == 0)
                    {
                        return Fail(scope, "'hdr' expects <name> and <value> as arguments");
                    }

                    if (LogFormatReader.Read(words[index + 2], FormatUse.Message, scope) is not { } value)
                    {
                        return null;
                    }

                    plain = false;
                    headers.Add(new ReturnHeader(argument, value));
                    index++;
                    break;
                case "default-errorfiles":
                    if (kind is not null)
                    {
                        return Already(scope, word, kind);
                    }

                    kind = word;
                    reply = reply with { UseProxyErrorAnswer = true };
                    continue;
                case "errorfile" or "errorfiles" or "file" or "lf-file" or "string" or "lf-string":
                    if (kind is not null)
                    {
                        return Already(scope, word, kind);
                    }

                    kind = word;
                    if (argument.Length == 0)
                    {
                        return Fail(scope, word is "string" or "lf-string" ? $"'{word}' expects <str> as argument"
                            : word is "errorfiles" ? $"'{word}' expects <name> as argument" : $"'{word}' expects <file> as argument");
                    }

                    if (Payload(word, argument, reply, scope) is not { } filled)
                    {
                        return null;
                    }

                    reply = filled;
                    errorSection = argument;
                    break;
                default:
                    return Finish(reply, headers, kind, errorSection, statusGiven, errorAnswer, plain, scope);
            }

            index++;
        }

        return Finish(reply, headers, kind, errorSection, statusGiven, errorAnswer, plain, scope);
    }

    private static Result? Finish(
        ReturnConfig reply, List<ReturnHeader> headers, string? kind, string errorSection, bool statusGiven, bool errorAnswer, bool plain, ExpressionScope scope)
    {
        if (kind is null)
        {
            if (reply.ContentType is { } type)
            {
                scope.Sink?.Add(TypeIgnored, scope.At, type);
                reply = reply with { ContentType = null };
            }

            if (errorAnswer && plain)
            {
                reply = reply with { UseProxyErrorAnswer = true };
                kind = "default-errorfiles";
            }
        }
        else if (kind is "file" or "lf-file" or "string" or "lf-string" && reply.ContentType is null
            && (reply.BodyFormat is not null || reply.Body is { Count: > 0 }))
        {
            return Fail(scope, reply.BodyFormat is not null ? "a content type must be defined with a log-format payload"
                : "a content type must be defined when non-empty payload is configured");
        }

        if (kind is "default-errorfiles" && Array.IndexOf(ErrorFileLines.Statuses, reply.Status) < 0)
        {
            return Fail(scope, $"status code '{reply.Status}' not handled by default with 'default-errorfiles' argument.");
        }

        if (kind is "errorfiles")
        {
            if (AnswerOf(errorSection, reply.Status, scope) is not { } raw)
            {
                return Fail(scope, $"'errorfiles' is known but not executed by this version where no section '{errorSection}' with an answer for status {reply.Status.ToString(CultureInfo.InvariantCulture)} stands before");
            }

            reply = reply with { Raw = raw };
        }

        return new Result(reply with { Headers = [.. headers] }, statusGiven);
    }

    private static ValueList<byte>? AnswerOf(string section, int status, ExpressionScope scope)
    {
        if (scope.Proxy?.Document?.HttpErrors.TryGetValue(section, out var found) is true)
        {
            foreach (var answer in found.Answers)
            {
                if (answer.Status == status)
                {
                    return answer.Message;
                }
            }
        }

        return null;
    }

    private static ReturnConfig? Payload(string word, string argument, ReturnConfig reply, ExpressionScope scope)
    {
        switch (word)
        {
            case "string":
                return reply with { Body = [.. Encoding.Latin1.GetBytes(argument)] };
            case "lf-string":
                return LogFormatReader.Read(argument, FormatUse.Message, scope) is { } format ? reply with { BodyFormat = format } : null;
            case "errorfiles":
                // Which answer of the section it is, the status tells, which may come later.
                return reply;
        }

        var machine = scope.Proxy?.Document?.Surroundings ?? new MachineSurroundings();
        if (machine.ReadFile(argument, out _) is not { } content)
        {
            return scope.Fail<ReturnConfig>(word == "errorfile" ? $"error opening file '{argument}'." : $"error opening file '{argument}'");
        }

        var tune = scope.Proxy?.Document?.Global.Config.Tune ?? new TuneConfig();
        if (word == "errorfile" && content.Length > 0 && AnswerMessage.Problem(content, tune) is { } problem)
        {
            return scope.Fail<ReturnConfig>($"'{argument}': {problem}");
        }

        return word switch
        {
            "file" => reply with { Body = [.. content] },
            "errorfile" => reply with { Raw = [.. content] },
            _ => LogFormatReader.Read(Encoding.Latin1.GetString(content), FormatUse.Message, scope) is { } format
                ? reply with { BodyFormat = format } : null,
        };
    }

    private static Result? Already(ExpressionScope scope, string word, string kind) =>
        Fail(scope, $"unexpected '{word}' argument, '{kind}' already defined");

    private static Result? Fail(ExpressionScope scope, string error)
    {
        scope.Fail(error);
        return null;
    }

    // Numbers end where their digits end, as atol() reads them.
    internal static int Leading(string text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) || value > 100_000_000)
            {
                break;
            }

            value = (value * 10) + (c - '0');
        }

        return value;
    }
}
