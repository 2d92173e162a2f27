using Dropin.Compat.Logging;
using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Keepalived.Log;

/// <summary>
/// One of the names under which the daemon speaks: <c>Keepalived</c> for the daemon as a whole, <c>Keepalived_vrrp</c> for VRRP. The original
/// has a process for each, and tools filter by these names.
/// </summary>
/// <param name="write">Takes severity and line.</param>
/// <param name="hasDetails">Whether details are wanted (<c>-D</c>).</param>
public sealed class LogChannel(Action<int, string> write, Func<bool> hasDetails)
{
    private readonly ILogger _logger = LineLoggerProvider.LoggerOf("keepalived", new SeverityMark(), line => write(line[0] - '0', line[1..]));

    /// <summary>An event that operators and tools look for.</summary>
    public void Say(string sentence) => _logger.Say(LogLevel.Information, sentence);

    /// <summary>A detail, shown with <c>-D</c> only.</summary>
    public void Detail(string sentence)
    {
        if (hasDetails())
            _logger.Say(LogLevel.Information, sentence);
    }

    /// <summary>Something went wrong.</summary>
    public void Error(string sentence) => _logger.Say(LogLevel.Error, sentence);

    /// <summary>Somebody has to act at once.</summary>
    public void Alert(string sentence) => _logger.Say(LogLevel.Critical, sentence);
}
