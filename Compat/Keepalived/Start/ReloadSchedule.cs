using System.Globalization;
using Dropin.Compat.Keepalived.Log;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Clock;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Files;

namespace Dropin.Compat.Keepalived.Start;

/// <summary>Reloads at the time that stands in a file (<c>reload_time_file</c>). The file is the state: a successor of this program reads it anew.</summary>
/// <param name="loop">The loop it lives in.</param>
/// <param name="log">Where it tells of the time.</param>
/// <param name="reload">The reload, as if the signal had come.</param>
internal sealed class ReloadSchedule(Loop loop, LogChannel log, Action reload) : LoopTask, IDisposable
{
    private const int MostMilliseconds = 30_000; // between two looks at the clock, which an operator may set
    private readonly List<FileChange> _changes = [];
    private Watcher? _watcher;
    private string? _path;
    private bool _repeats;
    private DateTimeOffset? _due;

    private static DateTimeOffset Now => DateTimeOffset.UnixEpoch.AddMicroseconds(MonotonicClock.WallMicroseconds);

    /// <summary>Whether it has taken one.</summary>
    internal bool IsConfigured { get; private set; }

    /// <summary>Takes a configuration: at the start and after each reload. The file is read, and watched from now on where its directory exists.</summary>
    internal void Configure(GlobalConfig global)
    {
        Dispose();
        IsConfigured = true;
        (_path, _repeats) = (global.ReloadTimeFile, global.ReloadRepeat);
        if (_path is null)
            return;
        var watch = new FileWatch();
        if (watch.Descriptor >= 0 && watch.Add(Path.GetDirectoryName(_path) is { Length: > 0 } directory ? directory : "/") >= 0)
        {
            _watcher = new Watcher(watch, this);
            loop.Watch(_watcher, EpollFlags.In);
        }
        else
        {
            watch.Dispose();
        }
        Look();
    }

    /// <inheritdoc/>
    protected override void Run(Loop loop)
    {
        if (_due is not { } due)
            return;
        if (Now < due)
        {
            Wait(due);
            return;
        }
        _due = null;
        if (!_repeats)
            Delete();
        reload();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        loop.Cancel(this);
        _due = null;
        _watcher?.Close(loop);
        _watcher = null;
    }

    private void Look()
    {
        var before = _due;
        _due = Read();
        if (_due is { } due)
            Wait(due);
        else
            loop.Cancel(this);
        if (_due == before)
            return;
        if (_due is not { } next)
            log.Say($"Cancelling reload scheduled for {Shown(before)}");
        else if (before is null)
            log.Say($"Scheduling reload for {Shown(next)}");
        else
            log.Say($"Reload time updated from {Shown(before)} to {Shown(next)}");
    }

    private DateTimeOffset? Read()
    {
        if (Text() is not { Length: > 0 } text) // it is made before it is written
            return null;
        var now = Now;
        var time = ReloadTime.Read(text, now, TimeZoneInfo.Local);
        if (time > now)
            return time;
        log.Say(time is null ? $"Invalid reload time '{text.Split('\n')[0]}' specified - ignoring" : $"Reload time {Shown(time)} is in the past - ignoring");
        return null;
    }

    private static string Shown(DateTimeOffset? time) => string.Create(CultureInfo.InvariantCulture, $"{time?.ToLocalTime():yyyy-MM-dd HH:mm:ss}");

    private void Wait(DateTimeOffset due) =>
        loop.SetDeadline(this, loop.NowMilliseconds + (long)Math.Clamp(Math.Ceiling((due - Now).TotalMilliseconds), 1, MostMilliseconds));

    private string? Text()
    {
        const int most = 64; // more than any time is long
        try
        {
            using var reader = new StreamReader(_path!);
            var text = new char[most];
            return new string(text, 0, reader.ReadBlock(text, 0, most));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Delete()
    {
        try
        {
            File.Delete(_path!);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.Error($"Cannot remove {_path}: {refused.Message}");
        }
    }

    private sealed class Watcher : Pollable
    {
        private readonly FileWatch _watch;
        private readonly ReloadSchedule _schedule;

        internal Watcher(FileWatch watch, ReloadSchedule schedule) => (_watch, _schedule, Descriptor) = (watch, schedule, watch.Descriptor);

        internal void Close(Loop loop)
        {
            loop.Forget(this);
            _watch.Dispose();
            Descriptor = -1;
        }

        protected override void OnEvents(Loop loop, EpollFlags events)
        {
            var changes = _schedule._changes;
            changes.Clear();
            _watch.Take(changes);
            if (changes.Exists(change => change.Watch < 0 || change.DirectoryGone || change.Name == Path.GetFileName(_schedule._path)))
                _schedule.Look();
        }
    }
}
