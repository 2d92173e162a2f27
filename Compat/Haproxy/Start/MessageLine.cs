using Dropin.Compat.Logging;
using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>The original's form of a message: <c>[ALERT]    (PID) : text</c>.</summary>
/// <param name="pid">The process number to show, which changes while a worker is being made.</param>
internal sealed class MessageLine(Func<int> pid) : ILineFormat
{
    /// <inheritdoc/>
    public string Line(LogLevel level, string text) => $"{Word(level),-10} ({pid()}) : {text}\n";

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "[DIAG]",
        LogLevel.Information => "[NOTICE]",
        LogLevel.Warning => "[WARNING]",
        _ => "[ALERT]",
    };
}
