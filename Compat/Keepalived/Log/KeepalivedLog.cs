using System.Globalization;
using Dropin.Compat.Process;
using Dropin.Runtime.Sys.Clock;

namespace Dropin.Compat.Keepalived.Log;

/// <summary>Where the daemon's lines go: the system's log, and the console with <c>-l</c>.</summary>
/// <remarks>Belongs to the thread of the service.</remarks>
public sealed class KeepalivedLog : IDisposable
{
    private readonly SystemLog? _system;
    private readonly bool _console;
    private readonly int _facility;
    private string? _instance;

    /// <summary>Told when a line has to wait because the system's log is full: <see cref="Flush"/> is to be called in a moment.</summary>
    internal Action? Behind { get; set; }

    /// <summary>Opens nothing yet: the first line does.</summary>
    /// <param name="facility">The facility's number.</param>
    /// <param name="system">Whether the system's log is written.</param>
    /// <param name="console">Whether standard error is written.</param>
    /// <param name="details">Whether details are wanted.</param>
    public KeepalivedLog(int facility, bool system, bool console, bool details)
    {
        (_facility, _console) = (facility, console);
        _system = system ? new SystemLog() : null;
        Daemon = new LogChannel((severity, line) => Write("Keepalived", severity, line), () => details);
        Vrrp = new LogChannel((severity, line) => Write("Keepalived_vrrp", severity, line), () => details);
    }

    /// <summary>The daemon as a whole.</summary>
    public LogChannel Daemon { get; }

    /// <summary>Its VRRP part.</summary>
    public LogChannel Vrrp { get; }

    /// <summary>Several daemons on one host are told apart by a suffix: of the instance, of the network namespace.</summary>
    public void NameInstance(string? suffix) => _instance = suffix;

    /// <summary>Sends what waits for room in the system's log; true where something still does.</summary>
    internal bool Flush()
    {
        _system?.Flush();
        return _system is { IsBehind: true };
    }

    /// <summary>The same before the process ends or becomes another one, with a little patience.</summary>
    internal void FlushAtEnd()
    {
        const int patienceMilliseconds = 100;
        for (var tries = 0; tries <= SystemLog.MostWaiting && Flush() && _system!.WaitForRoom(patienceMilliseconds); tries++)
        {
            // there is room again
        }
    }

    private void Write(string name, int severity, string text)
    {
        var now = MonotonicClock.ToLocalTime(MonotonicClock.WallMicroseconds);
        _system?.Send(_facility, severity, _instance == null ? name : name + "_" + _instance, Environment.ProcessId, text, now);
        if (_system is { IsBehind: true })
            Behind?.Invoke();
        if (_console)
            StandardStreams.WriteError(string.Create(CultureInfo.InvariantCulture, $"{now:ddd MMM} {now.Day,2} {now:HH:mm:ss yyyy}: {text}\n"));
    }

    /// <inheritdoc/>
    public void Dispose() => _system?.Dispose();
}
