using System.Runtime.InteropServices;

namespace Dropin.Runtime.Sys.Files;

/// <summary>Which file it is, and whether it is still the same: another one under the same name differs in one of these.</summary>
/// <param name="Device">The device that holds it.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When its contents last changed, nanoseconds since 1970.</param>
public readonly partial record struct FileIdentity(ulong Device, ulong Number, ulong Bytes, long ModifiedAt)
{
    private const int WorkingFolder = -100;
    private const uint BasicFields = 0x7ff;
    private const int RegularFile = 0x8000, KindBits = 0xf000, ExecutableByAnybody = 0b001_001_001;
    private const long NanosecondsOfSecond = 1_000_000_000;

    /// <summary>The executable file that a path leads to; null where that is none.</summary>
    public static FileIdentity? OfExecutable(string path)
    {
        // struct statx of linux/stat.h: mode 28, ino 32, size 40, mtime 112 (seconds, nanoseconds), device 136 (major, minor).
        Span<byte> record = stackalloc byte[256];
        if (ReadStatus(WorkingFolder, path, 0, BasicFields, record) != 0)
        {
            return null;
        }

        var mode = BitConverter.ToUInt16(record[28..]);
        return (mode & KindBits) == RegularFile && (mode & ExecutableByAnybody) != 0
            ? new FileIdentity(
                BitConverter.ToUInt64(record[136..]), BitConverter.ToUInt64(record[32..]), BitConverter.ToUInt64(record[40..]),
                (BitConverter.ToInt64(record[112..]) * NanosecondsOfSecond) + BitConverter.ToUInt32(record[120..]))
            : null;
    }

    /// <summary>Whether a path leads to a regular file that nobody may execute; null where it leads nowhere. Nothing is opened: a pipe would be waited for.</summary>
    public static bool? IsPlain(string path)
    {
        Span<byte> record = stackalloc byte[256];
        if (ReadStatus(WorkingFolder, path, 0, BasicFields, record) != 0)
        {
            return null;
        }

        var mode = BitConverter.ToUInt16(record[28..]);
        return (mode & KindBits) == RegularFile && (mode & ExecutableByAnybody) == 0;
    }

    [LibraryImport(LibC.Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int folder, string path, int flags, uint mask, Span<byte> record);
}
