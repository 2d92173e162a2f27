using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Process;

/// <summary>Leaves the terminal: a session of its own, standard streams that lead nowhere.</summary>
public static class Background
{
    /// <summary>Detaches this process. Its parent has already been told that it is ready.</summary>
    public static void Detach()
    {
        CloseStandardStreams();
        _ = Identity.StartSession(); // refused to a group leader, which has no terminal to lose then
    }

    /// <summary>Points standard input, output and error to /dev/null.</summary>
    public static void CloseStandardStreams()
    {
        var nowhere = Descriptors.OpenReadWrite("/dev/null", out var error);
        if (!error.IsNone)
            return;
        for (var stream = 0; stream <= 2; stream++)
            _ = Descriptors.Replace(nowhere, stream);
        Descriptors.Close(nowhere);
    }
}
