using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Process;

/// <summary>
/// "Connections" over a socket pair (<c>sockpair@</c>): who connects makes another pair and sends one end of it, with two zero bytes, through the
/// first; who listens takes it out. HAProxy's form, so that its masters and ours understand either's workers.
/// </summary>
public static class SocketPairs
{
    /// <summary>Connects through the pair; the connection, blocking, or -1 with the reason.</summary>
    public static int Connect(int pair, out SysError error)
    {
        error = DescriptorPassing.MakePair(out var here, out var there);
        if (!error.IsNone)
            return -1;
        error = DescriptorPassing.Send(pair, [0, 0], [there]);
        Descriptors.Close(there);
        if (error.IsNone)
            return here;
        Descriptors.Close(here);
        return -1;
    }

    /// <summary>Takes a connection out of the pair; -1 with a reason, or without one when the other side is gone.</summary>
    public static int Accept(int pair, out SysError error)
    {
        Span<int> received = stackalloc int[1];
        var length = DescriptorPassing.Receive(pair, stackalloc byte[2], received, out var count, out error);
        return length > 0 && count == 1 ? received[0] : -1;
    }
}
