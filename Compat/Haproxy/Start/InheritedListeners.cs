using System.Text.RegularExpressions;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Transport;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>Listening sockets of the process before, each waiting for a <c>bind</c> line of the same address, interface and namespace.</summary>
internal sealed partial class InheritedListeners(IEnumerable<HandedListener> listeners)
{
    private readonly List<HandedListener> _left = [.. listeners];

    /// <summary>Takes the socket that is bound as the line asks; false when there is none.</summary>
    internal bool TryTake(BindConfig bind, out int descriptor)
    {
        var wanted = Key(ListeningSocket.AddressOf(bind.Endpoint));
        var found = wanted.Length == 0 ? null : _left.Find(listener => listener.Interface == (bind.Interface ?? "")
            && listener.Namespace == (bind.Namespace ?? "")
            && Key(RawSocket.LocalAddress(listener.Descriptor)) == wanted);
        descriptor = found?.Descriptor ?? -1;
        return found != null && _left.Remove(found);
    }

    /// <summary>Closes the sockets that no line asked for.</summary>
    internal void CloseRest()
    {
        foreach (var listener in _left)
            Descriptors.Close(listener.Descriptor);
        _left.Clear();
    }

    private static string Key(SocketAddress128 address)
    {
        if (address.Family != SocketFamily.Unix)
            return Convert.ToHexString(address.Bytes);
        // A Unix socket still bears the name under which it was bound before it was renamed into place.
        var name = System.Text.Encoding.UTF8.GetString(address.Bytes[2..]).TrimEnd('\0');
        return "unix:" + TemporarySuffix().Replace(name, "");
    }

    [GeneratedRegex(@"\.\d+\.tmp$")]
    private static partial Regex TemporarySuffix();
}
