using Dropin.Compat.Logging;
using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Keepalived.Log;

/// <summary>
/// One of the names under which the daemon speaks: <c>Keepalived</c> for the daemon as a whole, <c>Keepalived_vrrp</c> for VRRP. The original
/// has a process for each, and tools filter by these names.
/// </summary>
/// <param name="log">Where the lines go.</param>
/// <param name="name">The name.</param>
public sealed class LogChannel(KeepalivedLog log, string name)
{
    private readonly ILogger _logger = LineLoggerProvider.LoggerOf(name, new SeverityMark(), line => log.Write(name, line[0] - '0', line[1..]));

    /// <summary>Whether details are wanted (<c>-D</c>): those who prepare them ask first.</summary>
    public bool HasDetails => log.HasDetails;

    /// <summary>An event that operators and tools look for.</summary>
    public void Say(string sentence) => _logger.Say(LogLevel.Information, sentence);

    /// <summary>A detail, shown with <c>-D</c> only.</summary>
    public void Detail(string sentence)
    {
        if (log.HasDetails)
            _logger.Say(LogLevel.Information, sentence);
    }

    /// <summary>Something went wrong.</summary>
    public void Error(string sentence) => _logger.Say(LogLevel.Error, sentence);

    /// <summary>Somebody has to act at once.</summary>
    public void Alert(string sentence) => _logger.Say(LogLevel.Critical, sentence);
}
