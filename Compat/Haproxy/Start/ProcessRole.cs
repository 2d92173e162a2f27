using System.Globalization;

namespace Dropin.Compat.Haproxy.Start;

/// <summary>What a process is in the family that one command line makes.</summary>
public enum RoleKind
{
    /// <summary>The process that the operator started: it reads the files and decides what to become.</summary>
    First,

    /// <summary>The process that stays when the first one has gone: a daemon, or the master of a daemon.</summary>
    Background,

    /// <summary>Serves, and is watched by a master.</summary>
    Worker,
}

/// <summary>
/// The role of this process and what its parent gave it. A managed process cannot fork, so a child is the same program started again; this is
/// what it could not know from the command line. It travels in one environment variable, which is taken out at once.
/// </summary>
public sealed record ProcessRole
{
    private const string Variable = "DROPIN_ROLE";

    /// <summary>The role.</summary>
    public RoleKind Kind { get; init; } = RoleKind.First;

    /// <summary>The pipe on which the parent waits for <see cref="Readiness"/>; -1 without parent.</summary>
    public int ReadyDescriptor { get; init; } = -1;

    /// <summary>A worker's end of the socket pair over which the master's CLI reaches it; -1 without.</summary>
    public int CliDescriptor { get; init; } = -1;

    /// <summary>The socket pair of the worker whose listeners are taken over; -1 for none.</summary>
    public int HandoverDescriptor { get; init; } = -1;

    /// <summary>The process number that messages show while this one is being made; 0 = its own.</summary>
    public int SpeakerPid { get; init; }

    /// <summary>Whether what is found in the files has already been said by the parent.</summary>
    public bool FilesWereReported { get; init; }

    /// <summary>Whether a worker leaves the terminal when it serves: its master runs in the background.</summary>
    public bool LeavesTerminal { get; init; }

    /// <summary>The path of the executable as the first process saw it; null there.</summary>
    public string? ExecutablePath { get; init; }

    /// <summary>The role of this process; its variable is gone afterwards.</summary>
    public static ProcessRole Take()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return text == null ? new ProcessRole() : Parse(text);
    }

    /// <summary>The role as the variable's NAME=value.</summary>
    public string ToEnvironment() => string.Create(CultureInfo.InvariantCulture,
        $"{Variable}={Kind} {ReadyDescriptor} {CliDescriptor} {HandoverDescriptor} {SpeakerPid} {(FilesWereReported ? 1 : 0) + (LeavesTerminal ? 2 : 0)} {ExecutablePath}");

    private static ProcessRole Parse(string text)
    {
        var parts = text.Split(' ', 7);
        if (parts.Length < 7 || !Enum.TryParse<RoleKind>(parts[0], out var kind))
            return new ProcessRole();
        return new ProcessRole
        {
            Kind = kind,
            ReadyDescriptor = Number(parts[1]),
            CliDescriptor = Number(parts[2]),
            HandoverDescriptor = Number(parts[3]),
            SpeakerPid = Number(parts[4]),
            FilesWereReported = (Number(parts[5]) & 1) != 0,
            LeavesTerminal = (Number(parts[5]) & 2) != 0,
            ExecutablePath = parts[6],
        };
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
