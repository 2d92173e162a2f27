using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Haproxy.Start;

/// <summary><c>-dL</c>: the executable and the libraries that are loaded, a path a line, for packing them with a core file.</summary>
internal static class LoadedObjects
{
    /// <summary>The list.</summary>
    internal static string List()
    {
        List<string> paths = [Path.GetFullPath(Environment.ProcessPath ?? SystemName.ExecutedPath)];
        foreach (var line in ProcessMap.Lines())
        {
            var at = line.IndexOf('/', StringComparison.Ordinal);
            if (at < 0)
                continue;
            var path = line[at..];
            if (path.Contains(".so", StringComparison.Ordinal) && !paths.Contains(path))
                paths.Add(path);
        }
        return string.Concat(paths.Select(path => path + "\n"));
    }
}
