using System.IO;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Transport;

/// <summary>Unix listeners appear in one step: bound under a temporary name, given owner and mode, then renamed into place.</summary>
/// <remarks>A client never finds a socket that nobody listens on, and a failed start leaves the old process' socket where it is.</remarks>
internal static class UnixListener
{
    /// <summary>Binds under the temporary name.</summary>
    internal static int Bind(int descriptor, string path, BindConfig bind, out string temporary)
    {
        temporary = TemporaryName(path);
        try
        {
            File.Delete(temporary);
        }
        catch (IOException)
        {
            // Binding will say what is wrong.
        }
        catch (UnauthorizedAccessException)
        {
            return Errno.Eacces;
        }

        var error = RawSocket.Bind(descriptor, SocketAddress128.FromPath(temporary));
        if (error == 0 && bind.UnixMode is { } mode)
        {
            error = FileOwnership.SetMode(temporary, mode);
        }

        if (error == 0 && (bind.UnixUid ?? bind.UnixGid) is not null)
        {
            error = FileOwnership.SetOwner(temporary, bind.UnixUid, bind.UnixGid);
        }

        return error;
    }

    /// <summary>Renames into place.</summary>
    internal static int Publish(string path) => FileOwnership.Rename(TemporaryName(path), path);

    private static string TemporaryName(string path) => path + "." + Environment.ProcessId + ".tmp";
}
