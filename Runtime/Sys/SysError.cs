using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys;

/// <summary>
/// Why a system call did not do what was asked. The number stays inside: the rest of the tree asks questions
/// (<see cref="IsAddressInUse"/>) or prints <see cref="Text"/>, the same words the C library prints.
/// </summary>
/// <param name="Code">The system's error number; 0 = no error.</param>
public readonly record struct SysError(int Code)
{
    /// <summary>No error.</summary>
    public static SysError None => default;

    /// <summary>Whether the call succeeded.</summary>
    public bool IsNone => Code == 0;

    /// <summary>The operation is not permitted (EPERM).</summary>
    public bool IsNotPermitted => Code == Errno.Eperm;

    /// <summary>No such file or directory (ENOENT).</summary>
    public bool IsNoEntry => Code == Errno.Enoent;

    /// <summary>No such process (ESRCH).</summary>
    public bool IsNoProcess => Code == 3;

    /// <summary>A signal came first (EINTR): try again.</summary>
    public bool IsInterrupted => Code == Errno.Eintr;

    /// <summary>The call would have to wait (EAGAIN).</summary>
    public bool IsAgain => Code == Errno.Eagain;

    /// <summary>Access is denied (EACCES).</summary>
    public bool IsAccessDenied => Code == Errno.Eacces;

    /// <summary>Another socket has the address (EADDRINUSE).</summary>
    public bool IsAddressInUse => Code == Errno.Eaddrinuse;

    /// <summary>It is there already (EEXIST).</summary>
    public bool IsAlreadyThere => Code == 17;

    /// <summary>No such device (ENODEV, ENXIO).</summary>
    public bool IsNoDevice => Code is 19 or 6;

    /// <summary>The system cannot do it (EOPNOTSUPP).</summary>
    public bool IsNotSupported => Code == 95;

    /// <summary>Messages were lost for lack of room (ENOBUFS).</summary>
    public bool IsNoBuffers => Code == Errno.Enobufs;

    /// <summary>The link is switched off (ENETDOWN).</summary>
    public bool IsNetworkDown => Code == 100;

    /// <summary>No interface has the address (EADDRNOTAVAIL).</summary>
    public bool IsAddressNotAvailable => Code == Errno.Eaddrnotavail;

    /// <summary>The text of strerror(3), as the originals print it in parentheses.</summary>
    public string Text => Errno.Describe(Code);

    /// <summary>The error of the last native call on this thread.</summary>
    internal static SysError Last => new(Marshal.GetLastPInvokeError());

    /// <summary>None when <paramref name="result"/> is not negative, else the last error of this thread.</summary>
    internal static SysError Of(long result) => result >= 0 ? None : Last;
}
