using System.Runtime.InteropServices;
using System.Text;

namespace Dropin.Runtime.Sys.Sockets;

/// <summary>Asks the driver of a link for its carrier (netdevice(7)), for drivers that do not tell by themselves.</summary>
public static unsafe partial class CarrierProbe
{
    private const int NameSize = 16;
    private const ushort Running = 0x40;
    private const uint GetLink = 0x0a;           // ETHTOOL_GLINK
    private const ushort StatusRegister = 1;     // MII_BMSR
    private const ushort LinkStatus = 4;         // BMSR_LSTATUS

    /// <summary>By the registers of the MII; null where the driver does not know them.</summary>
    public static bool? ByMii(string name)
    {
        var request = default(Request);
        if (!Ask(0x8947, name, &request)) // SIOCGMIIPHY
        {
            return null;
        }

        *(ushort*)(request.Value + 2) = StatusRegister;
        return Ask(0x8948, name, &request) ? (*(ushort*)(request.Value + 6) & LinkStatus) != 0 : null; // SIOCGMIIREG
    }

    /// <summary>As ethtool(8) does; null where the driver does not know it.</summary>
    public static bool? ByEthtool(string name)
    {
        var value = stackalloc uint[2] { GetLink, 0 };
        var request = default(Request);
        *(uint**)request.Value = value;
        return Ask(0x8946, name, &request) ? value[1] != 0 : null; // SIOCETHTOOL
    }

    /// <summary>By the flags of the link; null where it does not exist.</summary>
    public static bool? ByFlags(string name)
    {
        var request = default(Request);
        return Ask(0x8913, name, &request) ? (*(ushort*)request.Value & Running) != 0 : null; // SIOCGIFFLAGS
    }

    private static bool Ask(nuint what, string name, Request* request)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length >= NameSize)
        {
            return false;
        }

        bytes.CopyTo(new Span<byte>(request->Name, NameSize));
        var descriptor = SocketNative.Socket(2, 2 | SocketNative.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return false;
        }

        var done = Control(descriptor, what, request) == 0;
        _ = SocketNative.Close(descriptor);
        return done;
    }

    [LibraryImport(LibC.Name, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint what, Request* request);

    /// <summary>struct ifreq of 64-bit Linux.</summary>
    private struct Request
    {
        internal fixed byte Name[NameSize];
        internal fixed byte Value[24];
    }
}
