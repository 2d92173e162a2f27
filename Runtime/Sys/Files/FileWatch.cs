using System.Runtime.InteropServices;
using System.Text;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Runtime.Sys.Files;

/// <summary>One change that a watch has seen.</summary>
/// <param name="Watch">Which directory, as <see cref="FileWatch.Add"/> numbered it; -1 when changes were lost and all is to be read again.</param>
/// <param name="Name">The file's name in it; "" for the directory itself.</param>
/// <param name="DirectoryGone">The directory is watched no more.</param>
public readonly record struct FileChange(int Watch, string Name, bool DirectoryGone);

/// <summary>Directories whose files are watched (inotify(7)): written and closed, made, moved, deleted.</summary>
public sealed partial class FileWatch : IDisposable
{
    private const int CloseOnExecNonBlocking = 0x80000 | 0x800;
    private const uint Modify = 2, CloseWrite = 8, MovedFrom = 0x40, MovedTo = 0x80, Create = 0x100, Delete = 0x200, DeleteSelf = 0x400, MoveSelf = 0x800;
    private const uint Ignored = 0x8000, Overflow = 0x4000, OnlyDirectory = 0x01000000;
    private const int HeaderSize = 16;
    private readonly byte[] _buffer = new byte[4096];

    /// <summary>Begins; <see cref="Descriptor"/> is -1 where the system refuses it.</summary>
    public FileWatch() => Descriptor = InotifyInit(CloseOnExecNonBlocking);

    /// <summary>Readable while changes wait.</summary>
    public int Descriptor { get; private set; }

    /// <summary>Watches a directory; its number, or -1.</summary>
    public int Add(string directory) =>
        AddWatch(Descriptor, directory, Modify | CloseWrite | MovedFrom | MovedTo | Create | Delete | DeleteSelf | MoveSelf | OnlyDirectory);

    /// <summary>Takes the changes that wait.</summary>
    public void Take(List<FileChange> changes)
    {
        int length;
        while ((length = Descriptors.Read(Descriptor, _buffer, out _)) > 0)
        {
            for (var at = 0; at + HeaderSize <= length;)
            {
                var watch = BitConverter.ToInt32(_buffer, at);
                var mask = BitConverter.ToUInt32(_buffer, at + 4);
                var size = BitConverter.ToInt32(_buffer, at + 12);
                var name = _buffer.AsSpan(at + HeaderSize, size);
                var end = name.IndexOf((byte)0);
                changes.Add(new FileChange((mask & Overflow) != 0 ? -1 : watch, Encoding.UTF8.GetString(end < 0 ? name : name[..end]), (mask & (Ignored | DeleteSelf | MoveSelf)) != 0));
                at += HeaderSize + size;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Descriptors.Close(Descriptor);
        Descriptor = -1;
    }

    [LibraryImport(LibC.Name, EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int InotifyInit(int flags);

    [LibraryImport(LibC.Name, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int descriptor, string path, uint mask);
}
