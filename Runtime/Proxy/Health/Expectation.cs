using System.Buffers;
using System.Globalization;
using System.Text;
using Dropin.Runtime.Ir.Health;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>One <c>expect</c> step made ready: its regular expression compiled, its statuses known.</summary>
internal abstract class Expectation
{
    private readonly CheckStatus _okStatus;
    private readonly CheckStatus? _errorStatus;

    private protected Expectation(ExpectStep step, CheckKind kind)
    {
        Step = step;
        Kind = kind;
        _okStatus = StatusOf(step.OkStatus) ?? CheckStatus.Layer7Ok;
        _errorStatus = StatusOf(step.ErrorStatus);
        TimeoutStatus = StatusOf(step.TimeoutStatus) ?? CheckStatus.Layer7Timeout;
    }

    internal ExpectStep Step { get; }

    /// <summary>The status of a time-out in this step.</summary>
    internal CheckStatus TimeoutStatus { get; }

    private protected CheckKind Kind { get; }

    private protected string CommentSuffix => Step.Comment is null ? "" : " comment: " + Step.Comment;

    /// <summary>What a time-out in this step says of it: "(expect string 'foo')".</summary>
    internal virtual string Words => "";

    internal static Expectation Make(ExpectStep step, ScriptCheckConfig script, ICheckExpressions expressions) => step.Kind switch
    {
        ExpectKind.Protocol => new ProtocolExpectation(step, script.Kind),
        ExpectKind.Text or ExpectKind.Binary or ExpectKind.Regex or ExpectKind.BinaryRegex when script.Kind != CheckKind.Http =>
            new BytesExpectation(step, script.Kind, expressions),
        _ => new HttpExpectation(step, script, expressions),
    };

    /// <summary>Judges what came so far.</summary>
    /// <param name="run">The run.</param>
    /// <param name="response">The HTTP answer; null where the check is none.</param>
    /// <param name="isFinal">No more will come.</param>
    internal abstract ExpectResult Judge(CheckRun run, HttpCheckResponse? response, bool isFinal);

    /// <summary>"TCPCHK got an empty response at step 1", the fate of every expectation of bytes where none came.</summary>
    internal ExpectResult Empty() => ExpectResult.Failed(
        _errorStatus ?? CheckStatus.Layer7Response, 0, string.Create(CultureInfo.InvariantCulture, $"TCPCHK got an empty response at step {Step.Index}{CommentSuffix}"));

    private protected ExpectResult Fail(CheckRun run, CheckStatus byDefault, int number, string description)
    {
        var told = Step.OnError is null ? description : run.Expressions.Text(Step.OnError, run.Subject);
        return ExpectResult.Failed(_errorStatus ?? byDefault, NumberOf(run, number), told + CommentSuffix);
    }

    private protected ExpectResult Meet(CheckRun run, int number, string description)
    {
        var told = Step.OnSuccess is null ? description : run.Expressions.Text(Step.OnSuccess, run.Subject);
        return ExpectResult.Met(new CheckOutcome(_okStatus, NumberOf(run, number), told));
    }

    /// <summary>Whether a search without a hit is to go on with more bytes.</summary>
    private protected bool WaitsForMore(bool isFinal) => !isFinal && Step.MinReceive == -1;

    /// <summary>The pattern as bytes; a format is evaluated anew.</summary>
    private protected ReadOnlySpan<byte> PatternOf(CheckRun run)
    {
        if (Step.PatternFormat is null)
        {
            return Step.Pattern.AsSpan();
        }

        var text = new ArrayBufferWriter<byte>();
        run.Expressions.Write(Step.PatternFormat, run.Subject, text);
        return Step.Kind == ExpectKind.Binary ? CheckBytes.FromHex(text.WrittenSpan) : text.WrittenSpan;
    }

    private int NumberOf(CheckRun run, int number) =>
        Step.StatusCode is { } expression && run.Expressions.TryGetNumber(expression, run.Subject, out var value) ? (int)value : number;

    private static CheckStatus? StatusOf(string? code) => code is null ? null : CheckStatuses.Find(code);
}

/// <summary>Bytes of a <c>tcp-check</c>.</summary>
internal sealed class BytesExpectation : Expectation
{
    private readonly BytePredicate? _regex;

    internal BytesExpectation(ExpectStep step, CheckKind kind, ICheckExpressions expressions)
        : base(step, kind)
    {
        if (step.Kind is ExpectKind.Regex or ExpectKind.BinaryRegex)
        {
            _regex = expressions.Compile(step.Pattern.AsSpan());
        }
    }

    /// <inheritdoc/>
    internal override string Words => Step switch
    {
        { PatternFormat: not null, Kind: ExpectKind.Binary } => "(expect log-format binary)",
        { PatternFormat: not null } => "(expect log-format string)",
        { Kind: ExpectKind.Text } => $"(expect string '{PatternText}')",
        { Kind: ExpectKind.Binary } => $"(expect binary '{PatternText}')",
        { Kind: ExpectKind.Regex } => "(expect regex)",
        _ => "(expect binary regex)",
    };

    private string Content => Step switch
    {
        { PatternFormat: not null, Kind: ExpectKind.Binary } => "(log-format binary)",
        { PatternFormat: not null } => "(log-format string)",
        { Kind: ExpectKind.Text } => $"'{PatternText}'",
        { Kind: ExpectKind.Binary } => "(binary)",
        { Kind: ExpectKind.Regex } => "(regex)",
        _ => "(binary regex)",
    };

    // The original prints the pattern as a C string: up to its first zero byte.
    private string PatternText
    {
        get
        {
            var text = Encoding.Latin1.GetString(Step.Pattern.AsSpan());
            var end = text.IndexOf('\0', StringComparison.Ordinal);
            return end < 0 ? text : text[..end];
        }
    }

    /// <inheritdoc/>
    internal override ExpectResult Judge(CheckRun run, HttpCheckResponse? response, bool isFinal)
    {
        var bytes = run.Subject.Buffer.Span;
        if (bytes.IsEmpty)
        {
            return isFinal ? Empty() : ExpectResult.Wait;
        }

        var pattern = _regex is null ? PatternOf(run) : default;
        var least = Math.Max(Step.MinReceive, 0);
        if (_regex is null)
        {
            // A text cannot be found in fewer bytes than it has. (The manual has the lesser of both; the original waits for the greater.)
            least = Math.Max(least, pattern.Length);
        }

        if (!isFinal && bytes.Length < least && Step.MinReceive != 0)
        {
            return ExpectResult.Wait;
        }

        var found = Step.Kind switch
        {
            ExpectKind.Regex => _regex!(bytes),
            ExpectKind.BinaryRegex => _regex!(CheckBytes.ToHex(bytes)),
            _ => bytes.IndexOf(pattern) >= 0,
        };
        if (!found && WaitsForMore(isFinal))
        {
            return ExpectResult.Wait;
        }

        if (found != Step.Negated)
        {
            return Meet(run, 0, Kind == CheckKind.Tcp ? "(tcp-check)" : "");
        }

        var what = found ? "matched unwanted content" : "did not match content";
        return Fail(run, CheckStatus.Layer7Response, 0, string.Create(CultureInfo.InvariantCulture, $"TCPCHK {what} {Content} at step {Step.Index}"));
    }
}

/// <summary>Bytes as hexadecimal digits and back.</summary>
internal static class CheckBytes
{
    /// <summary>Upper-case digits.</summary>
    internal static byte[] ToHex(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(Convert.ToHexString(bytes));

    /// <summary>Bytes from digits; nothing where the digits are no pairs of hexadecimal digits.</summary>
    internal static byte[] FromHex(ReadOnlySpan<byte> digits)
    {
        var bytes = new byte[digits.Length / 2];
        return Convert.FromHexString(Encoding.Latin1.GetString(digits), bytes, out _, out _) == OperationStatus.Done ? bytes : [];
    }
}
