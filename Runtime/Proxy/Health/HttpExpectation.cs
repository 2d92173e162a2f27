using System.Text;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Protocols.Http1;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What an <c>http-check</c> expects: a status, a header, something in the body.</summary>
internal sealed class HttpExpectation : Expectation
{
    private readonly bool _disableOn404;
    private readonly BytePredicate? _regex;
    private readonly BytePredicate? _nameRegex;
    private readonly BytePredicate? _valueRegex;

    internal HttpExpectation(ExpectStep step, ScriptCheckConfig script, ICheckExpressions expressions)
        : base(step, script.Kind)
    {
        _disableOn404 = script.DisableOn404;
        if (step.Kind is ExpectKind.HttpStatusRegex or ExpectKind.HttpBodyRegex or ExpectKind.Regex)
        {
            _regex = expressions.Compile(step.Pattern.AsSpan());
        }

        // Names have no case.
        _nameRegex = Regex(step.HeaderName, step.HeaderNameMatch, expressions, "(?i)");
        _valueRegex = Regex(step.HeaderValue, step.HeaderValueMatch, expressions);
    }

    /// <inheritdoc/>
    internal override ExpectResult Judge(CheckRun run, HttpCheckResponse? response, bool isFinal)
    {
        switch (response!.HeadStatus)
        {
            case ParseStatus.Bad:
                return ExpectResult.Failed(CheckStatus.Layer7Response, 0, "");
            case ParseStatus.NeedMore:
                return isFinal ? ExpectResult.Failed(CheckStatus.Layer7Response, 0, "") : ExpectResult.Wait;
            default:
                break;
        }

        var status = response.Head.Status;
        if (status == 404 && _disableOn404 && run.Server.Operational != OperationalState.Stopped)
        {
            return ExpectResult.Met(new CheckOutcome(CheckStatus.Layer7Conditional, status));
        }

        return Step.Kind switch
        {
            ExpectKind.HttpStatus => JudgeHead(run, response, HasStatus(status)),
            ExpectKind.HttpStatusRegex => JudgeHead(run, response, _regex!(response.Head.Span(response.Head.StatusText))),
            ExpectKind.HttpHeader => JudgeHead(run, response, HasHeader(run, response)),
            _ => JudgeBody(run, response, isFinal || response.IsComplete),
        };
    }

    private ExpectResult JudgeHead(CheckRun run, HttpCheckResponse response, bool found) =>
        found != Step.Negated
            ? Meet(run, response.Head.Status, "")
            : Fail(run, CheckStatus.Layer7Status, response.Head.Status, Encoding.Latin1.GetString(response.Head.Span(response.Head.Reason)));

    private ExpectResult JudgeBody(CheckRun run, HttpCheckResponse response, bool isFinal)
    {
        var body = response.Body.Span;
        if (body.IsEmpty)
        {
            return isFinal
                ? Fail(run, CheckStatus.Layer7Response, response.Head.Status, "HTTP content check could not find a response body")
                : ExpectResult.Wait;
        }

        var found = _regex is null ? body.IndexOf(PatternOf(run)) >= 0 : _regex(body);
        if (!found && WaitsForMore(isFinal))
        {
            return ExpectResult.Wait;
        }

        return found != Step.Negated
            ? Meet(run, response.Head.Status, "")
            : Fail(run, CheckStatus.Layer7Response, response.Head.Status,
                found ? "HTTP check matched unwanted content" : "HTTP content check did not match");
    }

    private bool HasStatus(int status)
    {
        foreach (var range in Step.Statuses)
        {
            if (status >= range.First && status <= range.Last)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasHeader(CheckRun run, HttpCheckResponse response)
    {
        var head = response.Head;
        var name = Step.HeaderName is null ? [] : Encoding.Latin1.GetBytes(run.Expressions.Text(Step.HeaderName, run.Subject));
        var value = Step.HeaderValue is null ? null : Encoding.Latin1.GetBytes(run.Expressions.Text(Step.HeaderValue, run.Subject));
        Ascii(name);
        for (var i = 0; i < head.FieldCount; i++)
        {
            if (!Matches(head.NameOf(i), name, Step.HeaderNameMatch, _nameRegex))
            {
                continue;
            }

            if (value is null || HasValue(head.ValueOf(i), value))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasValue(ReadOnlySpan<byte> field, byte[] value)
    {
        if (Step.HeaderFull)
        {
            return Matches(field, value, Step.HeaderValueMatch, _valueRegex);
        }

        // Each element of a comma-separated list counts by itself; commas in quotes divide nothing.
        while (true)
        {
            var end = ElementEnd(field);
            if (Matches(Trim(field[..end]), value, Step.HeaderValueMatch, _valueRegex))
            {
                return true;
            }

            if (end == field.Length)
            {
                return false;
            }

            field = field[(end + 1)..];
        }
    }

    private static int ElementEnd(ReadOnlySpan<byte> field)
    {
        var quoted = false;
        for (var i = 0; i < field.Length; i++)
        {
            switch (field[i])
            {
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)'\\' when quoted:
                    i++;
                    break;
                case (byte)',' when !quoted:
                    return i;
                default:
                    break;
            }
        }

        return field.Length;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    private static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern, string how, BytePredicate? regex) => how switch
    {
        "beg" => text.StartsWith(pattern),
        "end" => text.EndsWith(pattern),
        "sub" => text.IndexOf(pattern) >= 0,
        "reg" => regex!(text),
        _ => text.SequenceEqual(pattern),
    };

    // Names of the head are in lower case.
    private static void Ascii(Span<byte> name)
    {
        foreach (ref var one in name)
        {
            one = one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one;
        }
    }

    private static BytePredicate? Regex(LogFormat? pattern, string how, ICheckExpressions expressions, string options = "") =>
        how == "reg" && pattern is not null ? expressions.Compile(Encoding.Latin1.GetBytes(options + pattern.Text)) : null;
}
