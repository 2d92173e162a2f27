using Microsoft.Win32.SafeHandles;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>A network namespace whose file is kept open, so that sockets can be made in it when its path is out of reach (chroot).</summary>
public sealed class HeldNamespace
{
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _own;

    private HeldNamespace(SafeFileHandle file, SafeFileHandle own) => (_file, _own) = (file, own);

    /// <summary>Makes a non-blocking stream socket in the namespace of that name (ip-netns(8)). A negative answer is minus the number of errno(3).</summary>
    public static int CreateStream(string name, SocketFamily family)
    {
        using var own = OpenOwn();
        using var file = Open(name);
        return own is null || file is null ? -Errno.Enoent : new HeldNamespace(file, own).CreateStream(family);
    }

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

    private static SafeFileHandle? OpenOwn() => OpenFile("/proc/thread-self/ns/net");

    private static SafeFileHandle? Open(string name) => OpenFile("/run/netns/" + name);

    private static SafeFileHandle? OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path);
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

    /// <summary>The namespaces that servers are reached by: each is opened once, however many servers name it, and the way back once for all.</summary>
    public sealed class Collection
    {
        private readonly Dictionary<string, HeldNamespace> _byName = [];
        private SafeFileHandle? _own;

        /// <summary>The namespace of that name; null where it cannot be opened.</summary>
        public HeldNamespace? Hold(string name)
        {
            // Servers are added at run time too, on whichever thread executes the command.
            lock (_byName)
            {
                if (_byName.TryGetValue(name, out var held))
                {
                    return held;
                }

                _own ??= OpenOwn();
                return _own is null || Open(name) is not { } file ? null : _byName[name] = new HeldNamespace(file, _own);
            }
        }
    }
}
