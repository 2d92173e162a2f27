using Dropin.Runtime.Apply;
using Dropin.Runtime.Proxy;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Proxy.Persistence;
using Dropin.Runtime.Proxy.Sessions;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Pausing, stopping and going on with frontends; dynamic cookies (management manual 9.3).</summary>
internal static class FrontendOrders
{
    internal static void Enable(CliCall call)
    {
        if (call.FindFrontend(2) is not { } proxy)
            return;
        switch (proxy.Activity)
        {
            case ProxyActivity.Stopped:
                call.Fail("Frontend was previously shut down, cannot enable.\n");
                break;
            case ProxyActivity.Running:
                call.Say(CliSeverity.Notice, "All sockets are already enabled.\n");
                break;
            default:
                proxy.Activity = ProxyActivity.Running;
                foreach (var listener in Of(call, proxy))
                    _ = RawSocket.Listen(listener.Descriptor, listener.Config.Backlog ?? Math.Max(proxy.Frontend!.MaxConnections, 1));
                call.Context.Listeners.Pause(proxy, paused: false);
                Say(call, proxy, "Resumed");
                break;
        }
    }

    internal static void Disable(CliCall call)
    {
        if (call.FindFrontend(2) is not { } proxy)
            return;
        switch (proxy.Activity)
        {
            case ProxyActivity.Stopped:
                call.Say(CliSeverity.Notice, "Frontend was previously shut down, cannot disable.\n");
                break;
            case ProxyActivity.Paused:
                call.Say(CliSeverity.Notice, "All sockets are already disabled.\n");
                break;
            default:
                proxy.Activity = ProxyActivity.Paused;
                call.Context.Listeners.Pause(proxy, paused: true);
                // The sockets stay bound but refuse clients, so that another process may take over.
                foreach (var listener in Of(call, proxy))
                    RawSocket.ShutdownRead(listener.Descriptor);
                Say(call, proxy, "Paused");
                break;
        }
    }

    internal static void Shutdown(CliCall call)
    {
        if (call.FindFrontend(2) is not { } proxy)
            return;
        if (proxy.Activity == ProxyActivity.Stopped)
        {
            call.Say(CliSeverity.Notice, "Frontend was already shut down.\n");
            return;
        }
        call.Context.Listeners.Close(proxy);
        SoftStop.StopProxy(call.Context.Engine, proxy);
    }

    private static IEnumerable<ListenerState> Of(CliCall call, ProxyState proxy) =>
        call.Context.Listeners.Listeners.Where(listener => ReferenceEquals(listener.Proxy, proxy) && listener.Descriptor >= 0);

    private static void Say(CliCall call, ProxyState proxy, string verb)
    {
        var text = $"{verb} {(proxy.Backend is null ? "frontend" : "proxy")} {proxy.Name}.";
        var events = call.Context.Engine.Events;
        events.Terminal?.Invoke(new EngineMessage(IsAlert: false, text));
        events.Log(proxy, LogLevel.Warning, text);
    }

    internal static void EnableDynamicCookie(CliCall call) => Change(call, backend => backend.HasDynamicCookies = true);

    internal static void DisableDynamicCookie(CliCall call) => Change(call, backend => backend.HasDynamicCookies = false);

    internal static void SetDynamicCookieKey(CliCall call)
    {
        var key = call.Word(4);
        Change(call, backend => backend.DynamicCookieKey = key, needsKey: true);
    }

    private static void Change(CliCall call, Action<BackendState> change, bool needsKey = false)
    {
        if (call.Word(3).Length == 0)
        {
            call.Fail("A backend name is expected.\n");
        }
        else if (call.Context.FindBackend(call.Word(3)) is not { } backend)
        {
            call.Fail("No such backend.\n");
        }
        else if (needsKey && call.Word(4).Length == 0)
        {
            call.Fail("String value expected.\n");
        }
        else
        {
            lock (backend.Gate)
            {
                change(backend);
                DynamicCookie.Refresh(backend);
            }
        }
    }
}
