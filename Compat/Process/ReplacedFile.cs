using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Process;

/// <summary>Files in directories that others write to as well: a former one is removed first, so that a link is not followed.</summary>
public static class ReplacedFile
{
    /// <summary>Writes the bytes in place of a former file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="mode">Its permission bits before the umask.</param>
    /// <param name="bytes">What it holds then.</param>
    public static SysError Write(string path, int mode, ReadOnlySpan<byte> bytes)
    {
        Remove(path);
        var descriptor = Descriptors.CreateFile(path, mode, out var error);
        if (descriptor < 0)
            return error; // it also says why a former one could not be removed
        error = Descriptors.WriteAll(descriptor, bytes);
        Descriptors.Close(descriptor);
        return error;
    }

    /// <summary>Takes a file away where that is possible.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It stays; who writes in its place hears of it.
        }
    }
}
