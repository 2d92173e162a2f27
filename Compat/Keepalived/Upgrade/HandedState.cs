using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.Start;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Protocols.Handover;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>What one execution of the daemon leaves to the next, beside the state of VRRP: where it stands in its life as a process.</summary>
/// <param name="CommandLine">The words it was started with.</param>
/// <param name="ExecutablePath">The name of the file it was started from.</param>
/// <param name="Configuration">The configuration that runs.</param>
/// <param name="Pids">The pid files it wrote and will remove.</param>
/// <param name="LogSuffix">What its name in the log ends with; null for nothing.</param>
/// <param name="IsVrrpRunning">Whether VRRP runs.</param>
/// <param name="Vrrp">The state of VRRP; empty where it does not run.</param>
internal sealed record HandedState(
    IReadOnlyList<string> CommandLine, string ExecutablePath, ReadConfiguration Configuration, PidPaths Pids, string? LogSuffix, bool IsVrrpRunning, StateRecord Vrrp)
{
    /// <summary>Writes one, in its envelope.</summary>
    internal static byte[] Write(
        IReadOnlyList<string> commandLine, string executablePath, ReadConfiguration configuration, PidPaths pids, string? logSuffix, Action<StateWriter>? vrrp)
    {
        var to = new StateWriter();
        foreach (var word in commandLine)
            to.Put(Field.Word, word);
        to.Put(Field.ExecutablePath, executablePath);
        to.Put(Field.Configuration, configuration.Save);
        to.Put(Field.DaemonPid, pids.Daemon);
        to.Put(Field.VrrpPid, pids.Vrrp);
        to.Put(Field.LogSuffix, logSuffix);
        if (vrrp != null)
            to.Put(Field.Vrrp, vrrp);
        return StateEnvelope.Seal(to.Written);
    }

    /// <summary>Reads one; null, with the reason, where it cannot be read.</summary>
    internal static HandedState? Read(ReadOnlyMemory<byte> bytes, out string reason)
    {
        if (StateEnvelope.Open(bytes, out reason) is not { } from)
            return null;
        var state = new HandedState(
            [.. from.Texts(Field.Word)], from.Name(Field.ExecutablePath), ReadConfiguration.Restore(from.Record(Field.Configuration)),
            new PidPaths(from.Name(Field.DaemonPid), from.Name(Field.VrrpPid)), from.Text(Field.LogSuffix), from.Has(Field.Vrrp), from.Record(Field.Vrrp));
        if (!from.IsDamaged && state.CommandLine.Count > 0)
            return state;
        reason = "it makes no sense";
        return null;
    }

    /// <summary>Why a daemon of this executable could not go on from here; null where it can. Nothing in the system is touched.</summary>
    /// <param name="arguments">The command line, as this executable reads it.</param>
    /// <param name="configurations">Who reads configurations.</param>
    /// <param name="config">The configuration that runs.</param>
    internal string? WhyNot(KeepalivedArguments arguments, Configurations configurations, out KeepalivedConfig? config)
    {
        config = arguments.Errand == Errand.Serve ? configurations.Recall(Configuration) : null;
        if (arguments.Errand != Errand.Serve)
            return "its command line means something else now";
        if (config is null)
            return "it cannot run the configuration that runs now";
        return IsVrrpRunning && !VrrpService.CanResume(config, Vrrp) ? "its state makes no sense" : null;
    }

    // Numbers that were written once keep their meaning for ever.
    private static class Field
    {
        internal const int Word = 1, ExecutablePath = 2, Configuration = 3, DaemonPid = 4, VrrpPid = 5, LogSuffix = 6, Vrrp = 7;
    }
}
