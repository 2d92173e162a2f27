using Dropin.Runtime.Sys.Files;

namespace Dropin.Compat.Process;

/// <summary>The file of the program that runs, and what stands under its name now: an upgrade puts another file there.</summary>
/// <param name="path">The name under which it was started; without a slash it leads nowhere.</param>
public sealed class ExecutableFile(string path)
{
    /// <summary>This very file, whatever has happened to its name since.</summary>
    public const string This = "/proc/self/exe";

    // Taken at the start: the file that runs can be written to by some file systems, and would look like itself later.
    private readonly FileIdentity? _running = FileIdentity.OfExecutable(This);

    /// <summary>The name under which it was started.</summary>
    public string Path => path;

    /// <summary>The file that runs; by its name where nobody mounted /proc, as in a bare chroot.</summary>
    public string Running => File.Exists(This) ? This : path;

    /// <summary>The file that an execution takes: the one under the name, so that an upgrade takes effect; this one when the name leads nowhere any more.</summary>
    public string Next => path.Contains('/', StringComparison.Ordinal) && File.Exists(path) ? path : This;

    /// <summary>The name, where it still leads to the file that runs; otherwise this file.</summary>
    public string StartPath => _running != null && FileIdentity.OfExecutable(path) == _running ? path : This;

    /// <summary>
    /// The file that stands under the name now, when it is another one than the one that runs and can be executed; null otherwise, also in the middle of an
    /// upgrade or behind a removal, when nothing stands there.
    /// </summary>
    public FileIdentity? Successor =>
        path.Contains('/', StringComparison.Ordinal) && FileIdentity.OfExecutable(path) is { } found && found != _running ? found : null;
}
