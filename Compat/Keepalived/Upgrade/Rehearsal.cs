using System.Globalization;
using Dropin.Compat.Keepalived.Arguments;
using Dropin.Compat.Keepalived.Log;
using Dropin.Compat.Keepalived.Start;
using Dropin.Compat.Process;
using Dropin.Runtime.Protocols.Handover;
using Dropin.Runtime.Sys.Process;

namespace Dropin.Compat.Keepalived.Upgrade;

/// <summary>
/// The next executable is asked, as a child that touches nothing, whether it could go on where the running one is. It gets <c>--version</c> as its only
/// word, so that any other program under that name does no harm; the state is its standard input, and ours answers on standard output.
/// </summary>
internal static class Rehearsal
{
    /// <summary>How an answer begins that says yes. The newest form of a state that it knows follows: one that is newer than ours has read ours all the same.</summary>
    internal const string Yes = "dropin-keepalived takes over ";

    /// <summary>How an answer begins that says no; the reason follows.</summary>
    internal const string No = "dropin-keepalived does not take over: ";

    /// <summary>Answers; the exit status.</summary>
    internal static int Answer()
    {
        var reason = WhyNot();
        StandardStreams.WriteOutput(reason == null ? string.Create(CultureInfo.InvariantCulture, $"{Yes}{StateEnvelope.Version}\n") : No + reason + "\n");
        return reason == null ? 0 : 1;
    }

    /// <summary>What an answer means: null for yes, else the reason.</summary>
    internal static string? Meaning(string answer, int status)
    {
        if (status == 0 && answer.StartsWith(Yes, StringComparison.Ordinal))
            return null;
        return answer.StartsWith(No, StringComparison.Ordinal) ? answer[No.Length..].TrimEnd()
            : string.Create(CultureInfo.InvariantCulture, $"it does not know how, exit status {status}");
    }

    private static string? WhyNot()
    {
        if (SealedFile.Read(0) is not { } bytes)
            return "the state cannot be read";
        if (HandedState.Read(bytes, out var reason) is not { } state)
            return "of the state it says: " + reason;
        var arguments = ArgumentReader.Read([.. state.CommandLine.Skip(1)]);
        using var silence = new KeepalivedLog(arguments.LogFacility, system: false, console: false, details: false);
        return state.WhyNot(arguments, new Configurations(arguments, silence), out _);
    }
}
