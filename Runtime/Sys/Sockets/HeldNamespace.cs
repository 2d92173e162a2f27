using Microsoft.Win32.SafeHandles;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>A network namespace whose file is kept open, so that sockets can be made in it when its path is out of reach (chroot).</summary>
public sealed class HeldNamespace
{
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _own;

    private HeldNamespace(SafeFileHandle file, SafeFileHandle own) => (_file, _own) = (file, own);

    /// <summary>Opens a namespace by its name (ip-netns(8)); null where it cannot be opened.</summary>
    public static HeldNamespace? Open(string name)
    {
        try
        {
            var own = File.OpenHandle("/proc/thread-self/ns/net");
            return new HeldNamespace(File.OpenHandle("/run/netns/" + name), own);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes a non-blocking stream socket in the namespace of that name. A negative answer is minus the number of errno(3).</summary>
    public static int CreateStream(string name, SocketFamily family) => Open(name)?.CreateStream(family) ?? -Errno.Enoent;

    /// <summary>Makes a non-blocking stream socket in it. A negative answer is minus the number of errno(3).</summary>
    /// <remarks>The thread is in the namespace for as long as that takes: a socket belongs for good to the one in which it was made.</remarks>
    public int CreateStream(SocketFamily family)
    {
        var entered = NetworkNamespace.Enter(_file);
        if (!entered.IsNone)
        {
            return -entered.Code;
        }

        var descriptor = RawSocket.CreateStream(family);
        NetworkNamespace.Enter(_own);
        return descriptor;
    }
}
