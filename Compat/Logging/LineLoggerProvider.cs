using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Logging;

/// <summary>Makes the logger of a program: its form of lines, and where they go. One logger is enough, since the lines name no categories.</summary>
/// <param name="format">The program's form.</param>
/// <param name="write">Who takes the lines; may be called on any thread.</param>
public sealed class LineLoggerProvider(ILineFormat format, Action<string> write) : ILoggerProvider
{
    private readonly LineLogger _logger = new(format, write);

    /// <summary>The logger of a process.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="format">Its form of lines.</param>
    /// <param name="write">Who takes the lines.</param>
    public static ILogger LoggerOf(string program, ILineFormat format, Action<string> write)
    {
        // The process ends with its messages, so nobody disposes of the factory.
        var factory = new LoggerFactory([new LineLoggerProvider(format, write)], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        return factory.CreateLogger(program);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => _logger;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
