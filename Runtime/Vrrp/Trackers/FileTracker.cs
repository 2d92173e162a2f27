using System.Globalization;
using System.IO;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Files;

namespace Dropin.Runtime.Vrrp.Trackers;

/// <summary>Reads tracked files whenever they change. The directories are watched, since a file may come, go and be replaced.</summary>
public sealed class FileTracker : Pollable, IDisposable
{
    private readonly FileWatch _watch = new();
    private readonly Dictionary<int, string> _directories = [];
    private readonly List<FileChange> _changes = [];
    private readonly Loop _loop;
    private readonly Action<TrackFileConfig, int> _read;
    private IReadOnlyList<TrackFileConfig> _files = [];

    /// <summary>Watches nothing yet.</summary>
    /// <param name="loop">The loop it lives in.</param>
    /// <param name="read">Told the number of a file that may have changed.</param>
    public FileTracker(Loop loop, Action<TrackFileConfig, int> read)
    {
        (_loop, _read) = (loop, read);
        Descriptor = _watch.Descriptor;
        if (Descriptor >= 0)
            loop.Watch(this, EpollFlags.In);
    }

    /// <summary>Watches these files from now on.</summary>
    public void Track(IReadOnlyList<TrackFileConfig> files)
    {
        _files = files;
        foreach (var file in files)
        {
            var directory = DirectoryOf(file);
            if (!_directories.ContainsValue(directory) && _watch.Add(directory) is >= 0 and var number)
                _directories[number] = directory;
        }
    }

    /// <summary>Writes what the configuration wants to find in a file (<c>init_file</c>).</summary>
    /// <param name="file">The file.</param>
    /// <param name="isReload">A reload writes a file that is missing, and overwrites none.</param>
    public static void Initialize(TrackFileConfig file, bool isReload = false)
    {
        if (file.InitialValue is not { } value || ((isReload || !file.Overwrite) && File.Exists(file.Path)))
            return;
        try
        {
            File.WriteAllText(file.Path, value.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It reads as missing then, which is what it is.
        }
    }

    /// <summary>The number in a file; 0 where it is missing, empty or none.</summary>
    public static int Read(TrackFileConfig file)
    {
        const int most = 64; // more than any number has digits
        try
        {
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> text = stackalloc byte[most];
            return Number(text[..stream.ReadAtLeast(text, most, throwOnEndOfStream: false)]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        _changes.Clear();
        _watch.Take(_changes);
        foreach (var file in _files)
        {
            if (_changes.Exists(change => change.Watch < 0 || IsOf(change, file)))
                _read(file, Read(file));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.Forget(this);
        _watch.Dispose();
        Descriptor = -1;
    }

    private bool IsOf(FileChange change, TrackFileConfig file) =>
        _directories.TryGetValue(change.Watch, out var directory) && directory == DirectoryOf(file)
        && (change.DirectoryGone || change.Name == Path.GetFileName(file.Path));

    private static string DirectoryOf(TrackFileConfig file) => Path.GetDirectoryName(file.Path) is { Length: > 0 } directory ? directory : "/";

    /// <summary>As strtol(3) reads it: blanks, a sign, digits; what follows does not count.</summary>
    private static int Number(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] is (byte)' ' or (>= 9 and <= 13))
            at++;
        var negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
            at++;
        long number = 0;
        for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9' && number <= int.MaxValue; at++)
            number = (number * 10) + text[at] - '0';
        return (int)Math.Clamp(negative ? -number : number, int.MinValue, int.MaxValue);
    }
}
