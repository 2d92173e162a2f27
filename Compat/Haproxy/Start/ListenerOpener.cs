using System.Net.Sockets;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Ir.Source;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>A listener to open.</summary>
/// <param name="Bind">The line.</param>
/// <param name="Owner">Whose it is, as the messages say it.</param>
/// <param name="Backlog">The queue's length.</param>
internal sealed record WantedListener(BindConfig Bind, string Owner, int Backlog);

/// <summary>
/// Opens all listeners before the first connection is served: those which an old process has handed over are taken, the others bound. While an
/// address is in use, old processes are asked to pause (SIGTTOU) for up to a second; when it stays in use they are told to go on (SIGTTIN).
/// </summary>
internal sealed class ListenerOpener(Messages messages, InheritedListeners inherited, IReadOnlyList<int> oldPids, bool reusePort)
{
    // Tries and pause between them, as the original has them.
    private const int Tries = 100, PauseMilliseconds = 10;

    /// <summary>The opened sockets by the line that asked for them (the very object); null when one failed, which has been said.</summary>
    internal IReadOnlyDictionary<BindConfig, int>? Open(IReadOnlyList<WantedListener> wanted)
    {
        var opened = new Dictionary<BindConfig, int>(ReferenceEqualityComparer.Instance);
        var failed = new List<(WantedListener Listener, ListenResult Result)>();
        // The order of the original's protocols: it shows in the order of the messages.
        foreach (var listener in wanted.OrderBy(listener => Rank(listener.Bind.Endpoint)))
        {
            var result = inherited.TryTake(listener.Bind, out var descriptor)
                ? new ListenResult(descriptor)
                : ListeningSocket.Open(listener.Bind, listener.Backlog, reusePort);
            if (result.FailedAt == ListenStep.None)
                opened[listener.Bind] = result.Descriptor;
            else
                failed.Add((listener, result));
        }
        Retry(opened, failed);
        foreach (var (listener, result) in failed)
            Report(listener, result);
        inherited.CloseRest();
        if (failed.Count == 0)
            return opened;
        foreach (var descriptor in opened.Values)
            Descriptors.Close(descriptor);
        messages.AlertInMain("Some protocols failed to start their listeners! Exiting.");
        ExplainFirst(failed);
        return null;
    }

    private void Retry(Dictionary<BindConfig, int> opened, List<(WantedListener Listener, ListenResult Result)> failed)
    {
        var paused = false;
        for (var attempt = 0; attempt < Tries && oldPids.Count > 0 && failed.Exists(entry => entry.Result.Error == Errno.Eaddrinuse); attempt++)
        {
            if (!SendToOld(Signal.Ttou))
                break;
            paused = true;
            Polling.Wait([], PauseMilliseconds);
            for (var i = failed.Count - 1; i >= 0; i--)
            {
                if (failed[i].Result.Error != Errno.Eaddrinuse)
                    continue;
                var listener = failed[i].Listener;
                var result = ListeningSocket.Open(listener.Bind, listener.Backlog, reusePort);
                if (result.FailedAt == ListenStep.None)
                {
                    opened[listener.Bind] = result.Descriptor;
                    failed.RemoveAt(i);
                }
                else
                {
                    failed[i] = (listener, result);
                }
            }
        }
        if (paused && failed.Count > 0)
            SendToOld(Signal.Ttin);
    }

    private bool SendToOld(int signal)
    {
        var reached = false;
        foreach (var pid in oldPids)
            reached |= Children.Send(pid, signal).IsNone;
        return reached;
    }

    private void Report(WantedListener listener, ListenResult result)
        => messages.Alert(BindReport.Failure(listener.Bind, Place(listener.Bind.At), listener.Owner, result));

    /// <summary>Behind the original's lines: once is enough, however many addresses are meant.</summary>
    private void ExplainFirst(List<(WantedListener Listener, ListenResult Result)> failed)
    {
        foreach (var (listener, result) in failed)
        {
            if (BindReport.Reason(listener.Bind, result) is not { } reason)
                continue;
            messages.Notice(reason);
            return;
        }
    }

    private static string Place(SourceSpan at) => $"{at.File}:{at.Line}";

    private static int Rank(Endpoint endpoint) => endpoint switch
    {
        IpEndpoint { Address.AddressFamily: AddressFamily.InterNetworkV6 } => 0,
        IpEndpoint => 1,
        UnixEndpoint or AbstractEndpoint => 2,
        _ => 3,
    };
}
