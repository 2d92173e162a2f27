using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Logging;

/// <summary>A logger whose messages are lines of a program's own form. Which of them are wanted decides who takes the lines.</summary>
internal sealed class LineLogger(ILineFormat format, Action<string> write) : ILogger
{
    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            write(format.Line(logLevel, formatter(state, exception)));
    }

    /// <summary>The originals' messages know no scopes.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
