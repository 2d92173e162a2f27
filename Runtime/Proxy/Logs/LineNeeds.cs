using Dropin.Runtime.Ir.Expressions;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Streams;

namespace Dropin.Runtime.Proxy.Logs;

/// <summary>
/// When a line of a format can be written: as soon as all that it shows is known. The original writes a line without byte counts and times
/// at the response, and one that shows nothing but the request line at the request already (and again at the response).
/// </summary>
internal static class LineNeeds
{
    /// <summary>The moments of a section's lines.</summary>
    public static LogMoments MomentsOf(ProxyConfig proxy)
    {
        if (proxy.LogFormat is not { } format)
        {
            return LogMoments.Request; // "Connect from": nobody waits for anything
        }

        var moments = LogMoments.Response;
        var onlyRequest = proxy.Mode == ProxyMode.Http && proxy.UniqueIdFormat is null && !Captures(proxy.Frontend);
        var showsRequest = false;
        foreach (var part in format.Parts)
        {
            switch (part)
            {
                case TagPart { Tag: var tag }:
                    if (NeedsEnd(tag))
                    {
                        return LogMoments.None;
                    }

                    showsRequest |= ShowsRequest(tag);
                    onlyRequest &= ShowsRequest(tag) || NeedsNothing(tag);
                    break;
                case ExpressionPart:
                    onlyRequest = false;
                    break;
            }
        }

        return onlyRequest && showsRequest ? moments | LogMoments.Request : moments;
    }

    private static bool Captures(FrontendConfig? frontend) =>
        frontend is not null && (frontend.RequestCaptures.Count > 0 || frontend.ResponseCaptures.Count > 0 || frontend.CookieCapture is not null);

    private static bool NeedsEnd(LogTag tag) => tag is LogTag.BytesRead or LogTag.BytesUploaded or LogTag.UniqueId or LogTag.TerminationState
        or LogTag.ActiveTime or LogTag.ConnectTime or LogTag.DataTime or LogTag.HandshakeTime or LogTag.IdleTime or LogTag.FullRequestTime
        or LogTag.RequestTime or LogTag.ResponseTime or LogTag.TotalTime or LogTag.TotalUserTime or LogTag.WaitTime
        or LogTag.ProcessConnections or LogTag.FrontendConnections or LogTag.BackendConnections or LogTag.ServerConnections
        or LogTag.BackendQueue or LogTag.ServerQueue or LogTag.Retries;

    private static bool ShowsRequest(LogTag tag) => tag is LogTag.Request or LogTag.Method or LogTag.Path or LogTag.PathOnly or LogTag.Query
        or LogTag.Uri or LogTag.Version or LogTag.RequestCounter;

    private static bool NeedsNothing(LogTag tag) => tag is LogTag.FrontendName or LogTag.FrontendNameTransport or LogTag.BackendName
        or LogTag.AcceptDate or LogTag.RequestDate or LogTag.GmtDate or LogTag.LocalDate or LogTag.RequestGmtDate or LogTag.RequestLocalDate
        or LogTag.Timestamp or LogTag.AcceptMilliseconds or LogTag.HostName or LogTag.ProcessId or LogTag.LogCounter;
}
