using System.Globalization;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Writes the process's number, and looks for a daemon that runs already.</summary>
/// <param name="paths">Which files.</param>
/// <param name="log">Told of a file that a dead daemon left behind.</param>
internal sealed class PidFiles(PidPaths paths, LogChannel log)
{
    /// <summary>Whether a daemon runs already. A file that a dead one left is removed.</summary>
    internal bool AnotherRuns() => IsAlive(paths.Daemon) || IsAlive(paths.Vrrp);

    /// <summary>Writes the files; false with a line in the log where that fails.</summary>
    internal bool Write(bool vrrp)
    {
        if (Path.GetDirectoryName(paths.Daemon) is { Length: > 0 } directory)
            Directory.CreateDirectory(directory);
        return WriteOne(paths.Daemon) && (!vrrp || WriteOne(paths.Vrrp));
    }

    /// <summary>Takes the files away.</summary>
    internal void Remove()
    {
        ReplacedFile.Remove(paths.Vrrp);
        ReplacedFile.Remove(paths.Daemon);
    }

    private bool WriteOne(string path)
    {
        var error = PidFile.Write(path, Environment.ProcessId);
        if (!error.IsNone)
            log.Say($"Unable to write pid file {path} - {error.Text}");
        return error.IsNone;
    }

    private bool IsAlive(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        if (int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && pid > 0 && pid != Environment.ProcessId && !Children.Send(pid, 0).IsNoProcess)
            return true;
        if (path == paths.Daemon)
            log.Say($"Remove a zombie pid file {path}");
        ReplacedFile.Remove(path);
        return false;
    }
}
