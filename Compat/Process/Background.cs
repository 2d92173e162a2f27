using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Process;

/// <summary>
/// Leaves the terminal: a session of its own, standard streams that lead nowhere. It is prepared while the file system can still be seen, and done
/// when whoever waits has been told.
/// </summary>
public sealed class Background
{
    private readonly int _nowhere = Descriptors.OpenReadWrite("/dev/null", out _);

    /// <summary>Detaches this process.</summary>
    public void Detach()
    {
        for (var stream = 0; stream <= 2 && _nowhere >= 0; stream++)
            _ = Descriptors.Replace(_nowhere, stream);
        Descriptors.Close(_nowhere);
        _ = Identity.StartSession(); // refused to a group leader, which has no terminal to lose then
    }
}
