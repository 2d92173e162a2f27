using System.Collections.Frozen;
using Dropin.Runtime.Ir.Expressions;

namespace Dropin.Parsers.Haproxy.Expressions;

/// <summary>The tags of log formats by name (configuration manual 8.2.6).</summary>
internal static class LogTagTable
{
    // Name, the engine's tag, whether HTTP must be spoken.
    private static readonly FrozenDictionary<string, (LogTag Tag, bool HttpOnly)> Tags = new Dictionary<string, (LogTag, bool)>(StringComparer.Ordinal)
    {
        ["B"] = (LogTag.BytesRead, false),
        ["CC"] = (LogTag.RequestCookie, true),
        ["CS"] = (LogTag.ResponseCookie, true),
        ["H"] = (LogTag.HostName, false),
        ["HM"] = (LogTag.Method, true),
        ["HP"] = (LogTag.Path, true),
        ["HPO"] = (LogTag.PathOnly, true),
        ["HQ"] = (LogTag.Query, true),
        ["HU"] = (LogTag.Uri, true),
        ["HV"] = (LogTag.Version, true),
        ["ID"] = (LogTag.UniqueId, false),
        ["ST"] = (LogTag.Status, false),
        ["T"] = (LogTag.GmtDate, false),
        ["Ta"] = (LogTag.ActiveTime, true),
        ["Tc"] = (LogTag.ConnectTime, false),
        ["Td"] = (LogTag.DataTime, false),
        ["Tl"] = (LogTag.LocalDate, false),
        ["Th"] = (LogTag.HandshakeTime, false),
        ["Ti"] = (LogTag.IdleTime, true),
        ["Tq"] = (LogTag.FullRequestTime, true),
        ["TR"] = (LogTag.RequestTime, true),
        ["Tr"] = (LogTag.ResponseTime, true),
        ["Ts"] = (LogTag.Timestamp, false),
        ["Tt"] = (LogTag.TotalTime, false),
        ["Tu"] = (LogTag.TotalUserTime, false),
        ["Tw"] = (LogTag.WaitTime, false),
        ["U"] = (LogTag.BytesUploaded, false),
        ["ac"] = (LogTag.ProcessConnections, false),
        ["b"] = (LogTag.BackendName, false),
        ["bc"] = (LogTag.BackendConnections, false),
        ["bi"] = (LogTag.BackendSourceIp, false),
        ["bp"] = (LogTag.BackendSourcePort, false),
        ["bq"] = (LogTag.BackendQueue, false),
        ["ci"] = (LogTag.ClientIp, false),
        ["cp"] = (LogTag.ClientPort, false),
        ["f"] = (LogTag.FrontendName, false),
        ["fc"] = (LogTag.FrontendConnections, false),
        ["fi"] = (LogTag.FrontendIp, false),
        ["fp"] = (LogTag.FrontendPort, false),
        ["ft"] = (LogTag.FrontendNameTransport, false),
        ["lc"] = (LogTag.LogCounter, false),
        ["hr"] = (LogTag.RequestHeaders, false),
        ["hrl"] = (LogTag.RequestHeadersClf, false),
        ["hs"] = (LogTag.ResponseHeaders, false),
        ["hsl"] = (LogTag.ResponseHeadersClf, false),
        ["ms"] = (LogTag.AcceptMilliseconds, false),
        ["pid"] = (LogTag.ProcessId, false),
        ["r"] = (LogTag.Request, true),
        ["rc"] = (LogTag.Retries, false),
        ["rt"] = (LogTag.RequestCounter, false),
        ["s"] = (LogTag.ServerName, false),
        ["sc"] = (LogTag.ServerConnections, false),
        ["si"] = (LogTag.ServerIp, false),
        ["sp"] = (LogTag.ServerPort, false),
        ["sq"] = (LogTag.ServerQueue, false),
        ["sslc"] = (LogTag.TlsCipher, false),
        ["sslv"] = (LogTag.TlsVersion, false),
        ["t"] = (LogTag.AcceptDate, false),
        ["tr"] = (LogTag.RequestDate, true),
        ["trg"] = (LogTag.RequestGmtDate, true),
        ["trl"] = (LogTag.RequestLocalDate, true),
        ["ts"] = (LogTag.TerminationState, false),
        ["tsc"] = (LogTag.TerminationStateCookie, false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds a tag.</summary>
    public static bool TryFind(string name, out LogTag tag, out bool httpOnly)
    {
        var found = Tags.TryGetValue(name, out var entry);
        (tag, httpOnly) = entry;
        return found;
    }
}
