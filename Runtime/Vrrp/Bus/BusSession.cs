using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Bus;
using Dropin.Runtime.Sys.Epoll;

namespace Dropin.Runtime.Vrrp.Bus;

/// <summary>
/// The connection to the bus as one more descriptor of the loop: connecting, reading a few messages in a turn, writing what the bus takes. A bus that is
/// not there, hangs or dies costs the election nothing; it is looked for again, seldom.
/// </summary>
internal sealed class BusSession : Pollable, IDisposable
{
    private const int Budget = 16; // messages in one turn of the loop; between them adverts come and go
    private const int MostWaiting = 256; // messages that wait for a bus that does not read
    private const long FirstPause = 1_000, LongestPause = 60_000; // milliseconds
    private readonly Loop _loop;
    private readonly Pump _pump;
    private BusConnection? _connection;
    private EpollFlags _watched;
    private long _pause = FirstPause;
    private bool _isFull;
    private bool _isOver;
    private bool _isReady;

    /// <summary>Nothing happens before <see cref="Begin"/>.</summary>
    internal BusSession(Loop loop)
    {
        _loop = loop;
        _pump = new Pump(this);
    }

    /// <summary>Whether messages can be sent.</summary>
    internal bool IsReady => _isReady && _connection is not null;

    /// <summary>The bus has let us in.</summary>
    internal Action? Joined { get; init; }

    /// <summary>There is no bus, or not any more.</summary>
    internal Action<SysError>? Lost { get; init; }

    /// <summary>A message came. The handle is that of a call, to be answered before this returns.</summary>
    internal Action<nint, BusMessage>? Came { get; init; }

    /// <summary>A bus that had read nothing for so long that <see cref="Signal"/> failed has taken everything.</summary>
    internal Action? Drained { get; init; }

    /// <summary>Looks for the bus.</summary>
    internal void Begin() => Connect();

    /// <summary>Tells all who listen; false where that is not possible now.</summary>
    internal bool Signal(string path, string interfaceName, string member, params ReadOnlySpan<BusValue> values)
    {
        var isSent = HasRoom && Sent(_connection!.Signal(path, interfaceName, member, values));
        _isFull |= !isSent;
        return isSent;
    }

    /// <summary>Answers a call.</summary>
    internal void Answer(nint call, BusAnswer answer)
    {
        if (HasRoom)
        {
            _ = Sent(answer.Error == null ? _connection!.Answer(call, answer.Values) : _connection!.Refuse(call, answer.Error, answer.ErrorText));
        }
    }

    /// <summary>Calls a method of the bus.</summary>
    /// <param name="member">Which.</param>
    /// <param name="error">Why it was not possible.</param>
    /// <param name="values">Its arguments.</param>
    /// <returns>What the answer names.</returns>
    internal ulong CallBus(string member, out SysError error, params ReadOnlySpan<BusValue> values)
    {
        ulong number = 0;
        error = IsReady ? _connection!.CallBus(member, values, out number) : new SysError(Errno.Enotconn);
        Watch();
        return number;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _loop.Cancel(_pump);
        Close();
    }

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events) => Step();

    private bool HasRoom => IsReady && _connection!.Waiting < MostWaiting;

    private bool Sent(SysError error)
    {
        Watch();
        return error.IsNone;
    }

    private void Connect()
    {
        _connection = BusConnection.Open(out var error);
        if (_connection == null)
        {
            Retry(error);
            return;
        }

        Descriptor = _connection.Descriptor;
        Watch();
        _loop.Wake(_pump);
    }

    private void Step()
    {
        for (var left = Budget; left > 0; left--)
        {
            if (_connection is not { } connection)
            {
                return;
            }

            var goesOn = connection.Process(out var handle, out var message, out var error);
            if (!_isReady && error.IsNone && connection.IsReady)
            {
                (_isReady, _pause) = (true, FirstPause);
                Joined?.Invoke();
            }

            if (_isFull && error.IsNone && connection.Waiting == 0)
            {
                _isFull = false;
                Drained?.Invoke();
            }

            if (message != null && _connection == connection)
            {
                Came?.Invoke(handle, message);
            }

            if (handle != 0)
            {
                BusConnection.Forget(handle);
            }

            if (_connection != connection)
            {
                return; // whoever was told has ended it
            }

            if (!error.IsNone)
            {
                Close();
                Retry(error);
                return;
            }

            if (!goesOn)
            {
                Watch();
                return;
            }
        }

        Watch();
        _loop.Wake(_pump);
    }

    private void Retry(SysError error)
    {
        _loop.SetDeadline(_pump, _loop.NowMilliseconds + _pause);
        _pause = Math.Min(_pause * 2, LongestPause);
        Lost?.Invoke(error);
    }

    private void Close()
    {
        if (_connection == null)
        {
            return;
        }

        _loop.Unwatch(this);
        _connection.Dispose();
        (_connection, Descriptor, _isReady, _isFull, _watched) = (null, -1, false, false, EpollFlags.None);
    }

    // Levels, not edges: the library keeps nothing back that it has read, and stops reading when it likes.
    private void Watch()
    {
        if (_connection == null)
        {
            return;
        }

        var wanted = _connection.Wanted;
        if (wanted != _watched || !IsWatched)
        {
            _loop.Unwatch(this);
            _watched = wanted;
            _ = _loop.Watch(this, wanted);
        }

        var deadline = _connection.DeadlineMicroseconds;
        _loop.SetDeadline(_pump, deadline < 0 ? LoopTask.Never : Math.Max(deadline / 1000, _loop.NowMilliseconds) + 1);
    }

    private sealed class Pump(BusSession session) : LoopTask
    {
        protected internal override void Run(Loop loop)
        {
            if (session._isOver)
            {
                return;
            }

            if (session._connection == null)
            {
                session.Connect();
            }
            else
            {
                session.Step();
            }
        }
    }
}
