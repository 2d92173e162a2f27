using Dropin.Compat.Logging;
using Microsoft.Extensions.Logging;

namespace Dropin.Compat.Keepalived.Log;

/// <summary>The severity of syslog(3) as one digit before the text; each receiver writes it in its own form.</summary>
internal sealed class SeverityMark : ILineFormat
{
    /// <inheritdoc/>
    public string Line(LogLevel level, string text) => Severity(level) + text;

    private static string Severity(LogLevel level) => level switch
    {
        LogLevel.Critical => "1",
        LogLevel.Error => "3",
        LogLevel.Warning => "4",
        LogLevel.Information => "6",
        _ => "7",
    };
}
