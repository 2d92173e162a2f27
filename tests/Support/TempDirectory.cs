namespace Dropin.Tests.Support;

/// <summary>A folder of its own below <c>/tmp</c> (short, since the path of a Unix socket has 108 bytes), removed at the end.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory()
    {
        Path = Directory.CreateTempSubdirectory("dt-").FullName;
        // Processes under test may change their user and still have to reach sockets in here.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public string FileNamed(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that still writes there must not turn a test red; /tmp is cleaned by the system.
        }
    }
}
