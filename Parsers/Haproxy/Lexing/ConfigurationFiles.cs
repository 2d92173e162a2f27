namespace Dropin.Parsers.Haproxy.Lexing;

/// <summary>Which files a list of <c>-f</c> arguments means: a directory stands for its <c>*.cfg</c> files, in byte order, without hidden ones.</summary>
public static class ConfigurationFiles
{
    /// <summary>The files in the order in which they are read; or the path that cannot be opened, with the reason.</summary>
    public static IReadOnlyList<string> List(IEnumerable<string> paths, out string? missing, out string? reason)
    {
        (missing, reason) = (null, null);
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var inside = Directory.GetFiles(path, "*.cfg");
                Array.Sort(inside, StringComparer.Ordinal);
                foreach (var file in inside)
                {
                    if (!Path.GetFileName(file).StartsWith('.'))
                    {
                        files.Add(path.EndsWith('/') ? path + Path.GetFileName(file) : path + "/" + Path.GetFileName(file));
                    }
                }
            }
            else if (File.Exists(path) || path == "/dev/stdin" || path.StartsWith("/dev/", StringComparison.Ordinal)
                || path.StartsWith("/proc/", StringComparison.Ordinal))
            {
                files.Add(path);
            }
            else
            {
                (missing, reason) = (path, IsTooLong(path) ? "File name too long" : "No such file or directory");
                return files;
            }
        }

        return files;
    }

    /// <summary>What stands in a file, which may be a device or a pipe: nothing is read far behind the first NUL character, where the reader stops.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FileTooLargeException">There is more than any configuration has; a pipe may never end.</exception>
    internal static byte[] Content(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new MemoryStream();
        var part = new byte[64 * 1024];
        var isCut = false;
        while (!isCut && file.Read(part) is > 0 and var length)
        {
            content.Write(part, 0, length);
            if (content.Length > MostBytes)
            {
                throw new FileTooLargeException();
            }

            if (part.AsSpan(0, length).Contains((byte)0))
            {
                // Whether anything follows decides what is said of it.
                isCut = true;
                content.Write(part, 0, Math.Max(0, file.Read(part)));
            }
        }

        return content.ToArray();
    }

    // Of a configuration with 20,000 servers there are 3 MB.
    private const int MostBytes = 512 * 1024 * 1024;

    // NAME_MAX and PATH_MAX of Linux, in bytes.
    private static bool IsTooLong(string path) =>
        System.Text.Encoding.UTF8.GetByteCount(path) >= 4096 || path.Split('/').Any(part => System.Text.Encoding.UTF8.GetByteCount(part) > 255);
}

/// <summary>A file has more bytes than any configuration.</summary>
internal sealed class FileTooLargeException() : IOException("file too large");
