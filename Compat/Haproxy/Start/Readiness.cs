using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>
/// The one thing a parent waits for: its child serves. One byte on a pipe; a pipe that ends without it means that the child has failed and
/// has already said why.
/// </summary>
public static class Readiness
{
    /// <summary>Says it, and closes the pipe. Nothing without a parent.</summary>
    public static void Report(ProcessRole role)
    {
        if (role.ReadyDescriptor < 0)
            return;
        _ = Descriptors.WriteAll(role.ReadyDescriptor, [1]);
        Descriptors.Close(role.ReadyDescriptor);
    }

    /// <summary>Waits for it; false when the child has failed. Closes the pipe.</summary>
    public static bool Await(int readEnd)
    {
        var ready = Descriptors.Read(readEnd, stackalloc byte[1], out _) == 1;
        Descriptors.Close(readEnd);
        return ready;
    }
}
