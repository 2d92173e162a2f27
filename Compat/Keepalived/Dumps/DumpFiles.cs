using System.Text;
using Dropin.Compat.Keepalived.Start;
using Dropin.Compat.Process;
using Dropin.Runtime.Ir.Vrrp;

namespace Dropin.Compat.Keepalived.Dumps;

/// <summary>Where dumps go. A file that is there is replaced, never followed: /tmp is everybody's.</summary>
internal static class DumpFiles
{
    private const int ReadWriteForAll = 0b110_110_110; // the umask takes its part

    /// <summary>Writes the global definitions as the original's parent does.</summary>
    internal static void WriteGlobal(KeepalivedConfig config)
    {
        var to = new DumpWriter();
        GlobalDump.Write(to, config);
        Write(DataPath("keepalived_parent", config.Global), to.ToString());
    }

    /// <summary>Writes configuration and state.</summary>
    internal static void WriteData(VrrpService vrrp) => Write(DataPath("keepalived", vrrp.Config.Global), DataDump.Of(vrrp.Node));

    /// <summary>Writes the counters.</summary>
    internal static void WriteStatistics(VrrpService vrrp) => Write("/tmp/keepalived.stats", StatisticsDump.Of(vrrp.Node.Core));

    /// <summary>Writes everything as JSON.</summary>
    internal static void WriteJson(VrrpService vrrp) => Write("/tmp/keepalived.json", JsonDump.Of(vrrp.Node));

    // Only this dump is told apart by the instance.
    private static string DataPath(string name, GlobalConfig global) =>
        global is { DumpsNameInstance: true, InstanceName: { } instance } ? $"/tmp/{name}.{instance}.data" : $"/tmp/{name}.data";

    private static void Write(string path, string text) => _ = ReplacedFile.Write(path, ReadWriteForAll, Encoding.UTF8.GetBytes(text));
}
