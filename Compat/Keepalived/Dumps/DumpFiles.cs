using System.Text;
using Dropin.Compat.Keepalived.Start;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Process;

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
        Write("/tmp/keepalived_parent.data", to.ToString());
    }

    /// <summary>Writes configuration and state.</summary>
    internal static void WriteData(VrrpService vrrp) => Write(vrrp.Config.Global.StateDumpPath ?? "/tmp/keepalived.data", DataDump.Of(vrrp.Node));

    /// <summary>Writes the counters.</summary>
    internal static void WriteStatistics(VrrpService vrrp) => Write(vrrp.Config.Global.StatsDumpPath ?? "/tmp/keepalived.stats", StatisticsDump.Of(vrrp.Node.Core));

    /// <summary>Writes everything as JSON.</summary>
    internal static void WriteJson(VrrpService vrrp) => Write(vrrp.Config.Global.JsonDumpPath ?? "/tmp/keepalived.json", JsonDump.Of(vrrp.Node));

    private static void Write(string path, string text)
    {
        File.Delete(path);
        var descriptor = Descriptors.CreateFile(path, ReadWriteForAll, out _);
        if (descriptor < 0)
            return;
        _ = Descriptors.WriteAll(descriptor, Encoding.UTF8.GetBytes(text));
        Descriptors.Close(descriptor);
    }
}
