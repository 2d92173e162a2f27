using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Sys.Process;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Where and how the process runs: network namespace, core files, priority, memory, processors.</summary>
internal static class Surroundings
{
    /// <summary>Lets the process leave a core (<c>-m</c>, <c>-M</c>).</summary>
    internal static void AllowCore(KeepalivedArguments arguments, LogChannel log)
    {
        if (!arguments.DumpsCore)
            return;
        _ = Limits.Set(Limits.Resource.CoreFile, Limits.Unlimited, Limits.Unlimited);
        if (arguments.CorePattern != null)
            WriteCorePattern(arguments.CorePattern, log);
    }

    /// <summary>Goes to a network namespace; false, with a line in the log, where that cannot be entered.</summary>
    internal static bool EnterNamespace(string space, LogChannel log)
    {
        var error = NetworkNamespace.Enter($"/run/netns/{space}");
        if (!error.IsNone)
            log.Say($"Unable to set network namespace {space} - {error.Text}");
        return error.IsNone;
    }

    /// <summary>Sets priority, real time, locked memory and processors of the VRRP part.</summary>
    internal static void Tune(ProcessTuning tuning, LogChannel log)
    {
        if (tuning.Priority is { } nice && Scheduling.SetNice(nice) is { IsNone: false } refused)
            log.Say($"Unable to set process priority to {nice} - {refused.Text}");
        if (tuning.RealTimePriority > 0)
        {
            var (lowest, highest) = Scheduling.RealTimeRange;
            var error = Scheduling.SetRealTime(Math.Clamp(tuning.RealTimePriority, lowest, highest), tuning.RealTimeLimit);
            if (!error.IsNone)
                log.Say($"Unable to set realtime priority {tuning.RealTimePriority} - {error.Text}");
        }
        if (tuning.NoSwap && Scheduling.LockMemory() is { IsNone: false } unlocked)
            log.Say($"Unable to lock process in memory - {unlocked.Text}");
        if (tuning.Processors.Count > 0)
            Bind(tuning.Processors, log);
    }

    private static void Bind(Runtime.Ir.ValueList<int> processors, LogChannel log)
    {
        const int bits = 64;
        var mask = new ulong[16];
        foreach (var processor in processors)
        {
            if (processor >= 0 && processor < mask.Length * bits)
                mask[processor / bits] |= 1UL << (processor % bits);
        }
        if (CpuAffinity.BindThread(mask) is { IsNone: false } error)
            log.Say($"Unable to set cpu affinity - {error.Text}");
    }

    private static void WriteCorePattern(string pattern, LogChannel log)
    {
        try
        {
            File.WriteAllText("/proc/sys/kernel/core_pattern", pattern);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.Say($"Unable to set core pattern {pattern} - {refused.Message}");
        }
    }
}
