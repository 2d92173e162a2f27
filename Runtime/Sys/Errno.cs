namespace Dropin.Runtime.Sys;

/// <summary>Numbers of errno(3) on Linux that rooms above may meet as a reason.</summary>
public static class Errno
{
    /// <summary>Operation not permitted.</summary>
    public const int Eperm = 1;

    /// <summary>No such file or directory.</summary>
    public const int Enoent = 2;

    /// <summary>Interrupted.</summary>
    public const int Eintr = 4;

    /// <summary>Not now.</summary>
    public const int Eagain = 11;

    /// <summary>Permission denied.</summary>
    public const int Eacces = 13;

    /// <summary>It exists already.</summary>
    public const int Eexist = 17;

    /// <summary>No descriptors left in the system.</summary>
    public const int Enfile = 23;

    /// <summary>No descriptors left in the process.</summary>
    public const int Emfile = 24;

    /// <summary>Broken pipe.</summary>
    public const int Epipe = 32;

    /// <summary>Address already in use.</summary>
    public const int Eaddrinuse = 98;

    /// <summary>The address is not local.</summary>
    public const int Eaddrnotavail = 99;

    /// <summary>Network unreachable.</summary>
    public const int Enetunreach = 101;

    /// <summary>Connection aborted before it was accepted.</summary>
    public const int Econnaborted = 103;

    /// <summary>An argument makes no sense.</summary>
    public const int Einval = 22;

    /// <summary>Connection reset by peer.</summary>
    public const int Econnreset = 104;

    /// <summary>No buffer space.</summary>
    public const int Enobufs = 105;

    /// <summary>Not connected.</summary>
    public const int Enotconn = 107;

    /// <summary>Timed out.</summary>
    public const int Etimedout = 110;

    /// <summary>Connection refused.</summary>
    public const int Econnrefused = 111;

    /// <summary>No route to host.</summary>
    public const int Ehostunreach = 113;

    /// <summary>Connecting is under way.</summary>
    public const int Einprogress = 115;

    /// <summary>The sentence of strerror(3) in the C locale.</summary>
    public static string Describe(int number) => System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(number);
}
