using System.Globalization;
using System.Text;
using Dropin.Runtime.Sys;

namespace Dropin.Compat.Process;

/// <summary>The file that tells scripts whom to signal: one process number a line.</summary>
public static class PidFile
{
    private const int WorldReadable = 0b110_100_100; // rw-r--r--

    /// <summary>Writes the numbers in place of a former file, which is removed first so that a link in a shared directory is not followed.</summary>
    public static SysError Write(string path, params ReadOnlySpan<int> pids)
    {
        var text = new StringBuilder();
        foreach (var pid in pids)
            text.Append(CultureInfo.InvariantCulture, $"{pid}\n");
        return ReplacedFile.Write(path, WorldReadable, Encoding.ASCII.GetBytes(text.ToString()));
    }
}
