using Dropin.Compat.Haproxy.Arguments;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>The processes before this one: their listening sockets (<c>-x</c>) and their end (<c>-sf</c>, <c>-st</c>).</summary>
internal sealed class OldProcess(ProcessRole role, HaproxyArguments arguments, Messages messages)
{
    private const string PairPrefix = "sockpair@";

    /// <summary>Fetches the sockets that were asked for; null when that fails, which has been said.</summary>
    internal InheritedListeners? FetchListeners()
    {
        if (role.HandoverDescriptor >= 0)
        {
            // A worker that is gone hands over nothing; its addresses can then be bound.
            return new InheritedListeners(Fetch(SocketPairs.Connect(role.HandoverDescriptor, out _)) ?? []);
        }
        if (arguments.OldSocket is not { } path || path.StartsWith(PairPrefix, StringComparison.Ordinal))
            return new InheritedListeners([]);
        var connection = Connect(path);
        if (connection < 0)
            messages.Warning($"Failed to connect to the old process socket '{path}'");
        if (Fetch(connection) is { } listeners)
            return new InheritedListeners(listeners);
        messages.Alert("Failed to get the sockets from the old process!");
        return null;
    }

    /// <summary>Tells the old processes to finish or to end. A worker leaves that to its master, which waits until it serves.</summary>
    internal void Stop()
    {
        if (role.Kind == RoleKind.Worker)
            return;
        foreach (var pid in arguments.OldPids)
            _ = Children.Send(pid, arguments.TerminateOld ? Signal.Term : Signal.Usr1);
    }

    private static IReadOnlyList<HandedListener>? Fetch(int connection)
    {
        if (connection < 0)
            return null;
        var listeners = ListenerHandover.Receive(connection);
        Descriptors.Close(connection);
        return listeners;
    }

    private static int Connect(string path)
    {
        var socket = RawSocket.CreateStream(SocketFamily.Unix);
        if (socket < 0)
            return -1;
        var address = path.StartsWith("abns@", StringComparison.Ordinal)
            ? SocketAddress128.FromAbstractName(path["abns@".Length..])
            : SocketAddress128.FromPath(path.StartsWith("unix@", StringComparison.Ordinal) ? path["unix@".Length..] : path);
        _ = Descriptors.SetNonBlocking(socket, false);
        if (address.Length > 0 && RawSocket.Connect(socket, address) == 0)
            return socket;
        RawSocket.Close(socket);
        return -1;
    }
}
