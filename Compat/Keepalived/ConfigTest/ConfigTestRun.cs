using System.Text;
using Dropin.Parsers.Keepalived;

namespace Dropin.Compat.Keepalived.ConfigTest;

/// <summary>A test of the configuration (<c>-t</c>, <c>--config-test</c>, <c>reload_check_config</c>).</summary>
internal static class ConfigTestRun
{
    /// <summary>Reads a file and says what there is to say about it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Machine and command line.</param>
    /// <param name="write">Gets the bytes of each line, its end included: standard error, or the file of <c>--config-test=FILE</c>.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string path, KeepalivedLoadOptions options, Action<byte[]> write)
    {
        var load = KeepalivedConfigLoader.Load(path, options);
        foreach (var finding in load.Findings)
        {
            if (FindingText.IsShown(finding))
            {
                // Files are read byte by byte as Latin-1, so that bytes which are no UTF-8 come out as they went in.
                write(Encoding.Latin1.GetBytes(FindingText.Of(finding) + "\n"));
            }
        }

        return load.ExitCode;
    }
}
