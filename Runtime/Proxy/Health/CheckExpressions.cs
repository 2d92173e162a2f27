using System.Buffers;
using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What a check's expressions look at.</summary>
public sealed class CheckSubject
{
    /// <summary>Makes the subject of one run.</summary>
    public CheckSubject(ServerState server) => Server = server;

    /// <summary>The server checked.</summary>
    public ServerState Server { get; }

    /// <summary>The bytes received and not yet dropped.</summary>
    public ReadOnlyMemory<byte> Buffer { get; internal set; }

    /// <summary>The head of the answer; null where the check is no HTTP check or none came yet.</summary>
    public HttpHead? Response { get; internal set; }

    /// <summary>The body of the answer as far as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>Kept by the evaluator: the variables of this run.</summary>
    public object? Variables { get; set; }
}

/// <summary>Whether bytes match a regular expression.</summary>
public delegate bool BytePredicate(ReadOnlySpan<byte> bytes);

/// <summary>Evaluates what checks are written with: expressions, log formats, regular expressions. The rules' room stands behind it.</summary>
public interface ICheckExpressions
{
    /// <summary>Evaluates a log format.</summary>
    void Format(LogFormat format, CheckSubject subject, IBufferWriter<byte> into);

    /// <summary>Evaluates an expression to a number.</summary>
    /// <returns>False where there is no value.</returns>
    bool TryGetNumber(SampleExpression expression, CheckSubject subject, out long value);

    /// <summary>Sets or unsets a variable.</summary>
    void SetVariable(SetVariableStep step, CheckSubject subject);

    /// <summary>Compiles a regular expression, which Binding has found to be good.</summary>
    BytePredicate Compile(ReadOnlySpan<byte> pattern);
}

/// <summary>Short cuts for formats that are fixed text.</summary>
internal static class CheckFormats
{
    internal static void Write(this ICheckExpressions expressions, LogFormat format, CheckSubject subject, IBufferWriter<byte> into)
    {
        if (format.Parts is [LiteralPart literal])
        {
            into.Write(System.Text.Encoding.UTF8.GetBytes(literal.Value));
            return;
        }

        if (format.Parts.Count > 0)
        {
            expressions.Format(format, subject, into);
        }
    }

    internal static string Text(this ICheckExpressions expressions, LogFormat format, CheckSubject subject)
    {
        var bytes = new ArrayBufferWriter<byte>();
        expressions.Write(format, subject, bytes);
        return System.Text.Encoding.Latin1.GetString(bytes.WrittenSpan);
    }
}
