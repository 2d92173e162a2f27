using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Protocols.Http;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Proxy.Queues;
using Dropin.Runtime.Proxy.State;

namespace Dropin.Runtime.Proxy.Streams;

/// <summary>Where a request has to go beside the balancing algorithm: rules, cookies, the server before.</summary>
public sealed partial class HttpStream
{
    private CookieTrack _cookie;

    private protected override void Forsake()
    {
        base.Forsake();
        if (Backend!.Persistence is not null)
        {
            _cookie.Forsake();
            Log.CookieRequest = _cookie.RequestLetter;
        }
    }

    /// <summary>Chooses by a rule (<c>use-server</c>), by cookie, or by the server the client had before.</summary>
    /// <returns>False where a changed header finds no room.</returns>
    private bool ReadPersistence()
    {
        var rules = BackendProxy.Rules;
        var chosen = rules.UseServer?.Choose(Subject) is { IsUsableForPersistence: true } server ? server : null;
        WantedServer = chosen;
        if (Backend!.Persistence is { } persistence)
        {
            var verdict = rules.Persist.Choose(Subject);
            var done = persistence.ReadRequest(
                Request, ref _cookie, isIgnored: verdict == false || chosen is not null, isForced: verdict == true, Thread.Loop.WallMicroseconds / 1_000_000);
            Log.CookieRequest = _cookie.RequestLetter;
            if (chosen is null && !_cookie.IsIgnored && _cookie.Server is { } persistent)
            {
                WantedServer = persistent;
                IsServerForced = _cookie.IsForced;
            }

            return done;
        }

        // Only a connection that is the client's own makes a server preferred: others are shared anyhow.
        if (chosen is null && (Session.IsAuthenticating || (BackendProxy.Config.Options & ProxyOptions.PreferLastServer) != 0)
            && Session.Kept is not null && Session.LastServer is { IsUsable: true } last && ReferenceEquals(last.Backend, Backend)
            && (Session.IsAuthenticating || MayWaitFor(last)))
        {
            WantedServer = last;
        }

        return true;
    }

    /// <summary>Whether the queue for the last request's server is short enough to be preferred to another server (<c>max-keep-alive-queue</c>).</summary>
    private bool MayWaitFor(ServerState server) =>
        Backend!.Config.MaxKeepAliveQueue is var most && (most < 0 || ServerLimits.HasPlace(server) || server.Queued.Value < most);

    /// <summary>Sets the cookie, and looks whether caches may keep the server's (<c>option checkcache</c>).</summary>
    /// <returns>True where the response may go on.</returns>
    private bool WritePersistence(out bool goOn)
    {
        goOn = true;
        var server = Server!;
        Session.LastServer = server;
        var checksCache = (BackendProxy.Config.Options & ProxyOptions.CheckCache) != 0;
        if (Backend!.Persistence is null && !checksCache)
        {
            return true;
        }

        var caching = ResponseCaching.Of(Request.KnownMethod, Response);
        if (checksCache && caching.IsBlocked(Response.First(KnownHeader.SetCookie) >= 0))
        {
            RefuseResponse(TerminationPhase.Headers);
            var text = $"Blocking cacheable cookie in response from instance {BackendProxy.Name}, server {server.Name}.";
            Thread.Engine.Events.Terminal?.Invoke(new EngineMessage(IsAlert: true, text));
            Thread.Engine.Events.Log(BackendProxy, Logs.LogLevel.Alert, text);
            goOn = AnswerError(Response.Status);
            return false;
        }

        if (Backend.Persistence is not { } persistence)
        {
            return true;
        }

        var done = persistence.WriteResponse(Response, ref _cookie, server, Request.KnownMethod, caching, Thread.Loop.WallMicroseconds / 1_000_000);
        Log.CookieRequest = _cookie.RequestLetter;
        Log.CookieResponse = _cookie.ResponseLetter;
        if (!done)
        {
            FrontendCounters.FailedRewrites++;
            Log.End(TerminationCause.Proxy, TerminationPhase.Headers);
            goOn = AnswerError(500);
        }

        return done;
    }
}
