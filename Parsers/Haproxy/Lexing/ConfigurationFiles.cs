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
                (missing, reason) = (path, "No such file or directory");
                return files;
            }
        }

        return files;
    }
}
