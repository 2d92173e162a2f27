using Dropin.Parsers.Haproxy.Grammar;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Source;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>What keywords outside this folder need of it: log formats, sample expressions and conditions inside other lines.</summary>
internal static class ExpressionReading
{
    /// <summary>
    /// Reads the log format of a section: <c>log-format</c>, <c>log-format-sd</c>, <c>error-log-format</c> (configuration manual 8.2.6). The
    /// section's mode must be known.
    /// </summary>
    /// <param name="text">The format.</param>
    /// <param name="at">Its place.</param>
    /// <param name="proxy">The section it stands in; null in <c>global</c>.</param>
    /// <param name="error">What is wrong with it, without place; null when it is good.</param>
    public static LogFormat? LogFormat(string text, SourceSpan at, ProxySyntax? proxy, out string? error) =>
        LogFormat(text, at, proxy, http: true, out error);

    /// <summary>The same, where it is known whether the section speaks HTTP.</summary>
    public static LogFormat? LogFormat(string text, SourceSpan at, ProxySyntax? proxy, bool http, out string? error)
    {
        var scope = new ExpressionScope(proxy, at, RulePlace.Log, null);
        return Finish(
            LogFormatReader.Read(text, FormatUse.MergeBlanks | FormatUse.Mandatory | (http ? FormatUse.Http : FormatUse.Value), scope), scope, out error);
    }

    /// <summary>Reads <c>unique-id-format</c>.</summary>
    public static LogFormat? UniqueIdFormat(string text, SourceSpan at, ProxySyntax? proxy, out string? error)
    {
        var scope = new ExpressionScope(proxy, at, RulePlace.FrontendRequestHead | RulePlace.FrontendConnection, null);
        return Finish(LogFormatReader.Read(text, FormatUse.MergeBlanks | FormatUse.Http, scope), scope, out error);
    }

    /// <summary>Reads the format of a value in a health check: a header, a body, a line.</summary>
    public static LogFormat? CheckFormat(string text, SourceSpan at, ProxySyntax? proxy, out string? error)
    {
        var scope = new ExpressionScope(proxy, at, RulePlace.TcpCheck, null);
        return Finish(LogFormatReader.Read(text, FormatUse.Value, scope), scope, out error);
    }

    /// <summary>Reads a sample expression from a word on; <paramref name="index"/> is left at the first word behind it.</summary>
    /// <remarks>The places are those of choosing a server (<c>balance</c>, <c>stick</c>).</remarks>
    public static SampleExpression? Sample(ConfigLine line, ref int index, ProxySyntax? proxy, out string? error)
    {
        var scope = new ExpressionScope(proxy, line.At, RulePlace.BackendSetServer, line.Sink);
        var sample = SampleReader.Read(WordList.From(line, 0), ref index, scope);
        error = sample is null ? scope.Error : null;
        return sample?.Expression;
    }

    /// <summary>Reads a sample expression that stands in one word, as that of <c>balance hash</c> does.</summary>
    public static SampleExpression? Sample(string text, SourceSpan at, ProxySyntax? proxy, out string? error)
    {
        var scope = new ExpressionScope(proxy, at, RulePlace.BackendSetServer, null);
        var index = 0;
        var sample = SampleReader.Read([text], ref index, scope);
        error = sample is null ? scope.Error : null;
        return sample?.Expression;
    }

    /// <summary>Reads <c>if</c>/<c>unless</c> and the condition behind it, to the end of the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="index">The place of <c>if</c>.</param>
    /// <param name="proxy">The section; null in <c>global</c>.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <param name="conflicts">Whether ACLs are told of that do not fit the place.</param>
    public static Condition? Condition(ConfigLine line, int index, ProxySyntax? proxy, out string? error, bool conflicts = true)
    {
        var scope = new ExpressionScope(proxy, line.At, RuleSets.Request(proxy), line.Sink);
        if (line[index] is not ("if" or "unless"))
        {
            error = "requires either 'if' or 'unless' followed by a condition";
            return null;
        }

        var condition = Finish(ConditionReader.Read(line[index] == "unless", WordList.From(line, index + 1), scope), scope, out error);
        if (conflicts && condition is not null)
        {
            scope.WarnConflict();
        }

        return condition;
    }

    private static T? Finish<T>(T? value, ExpressionScope scope, out string? error)
        where T : class
    {
        error = value is null ? scope.Error : null;
        return value;
    }
}
