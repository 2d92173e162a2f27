using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Sys.Epoll;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Snmp;

/// <summary>The sub-agent in a loop: a socket to the master around an <see cref="AgentxSession"/>. Nothing here waits: a master that is not there, is slow or silent costs nobody else anything.</summary>
public sealed class SubAgent : Pollable, IDisposable
{
    /// <summary>From a lost connection to the next attempt (net-snmp's agentxPingInterval).</summary>
    public const long RetryMilliseconds = 15_000;

    private const int MessagesATurn = 32; // then others have their turn
    private readonly Loop _loop;
    private readonly AgentxSession _session;
    private readonly SocketAddress128? _address;
    private readonly Timer _timer;
    private readonly byte[] _incoming = new byte[AgentxFormat.MostBytes];
    private int _filled;
    private bool _isConnecting;
    private bool _isWanted;
    private long _retryAt = long.MaxValue;

    /// <summary>For a session; nothing happens before <see cref="Begin"/>.</summary>
    /// <param name="loop">The loop it lives in.</param>
    /// <param name="session">The session.</param>
    /// <param name="address">Where the master listens; null where that cannot be used.</param>
    public SubAgent(Loop loop, AgentxSession session, SocketAddress128? address)
    {
        (_loop, _session, _address) = (loop, session, address);
        _timer = new Timer(this);
    }

    /// <summary>The master took the session.</summary>
    public event Action? Connected;

    /// <summary>An attempt failed.</summary>
    public event Action<SysError>? Failed;

    /// <summary>A session that was open ended.</summary>
    public event Action? Disconnected;

    /// <summary>Connects now, and again whenever the connection is lost.</summary>
    public void Begin()
    {
        _isWanted = true;
        Connect();
        Plan();
    }

    /// <summary>Tells the master of something.</summary>
    public void Notify(ObjectId trap, VarBind[] binds)
    {
        if (_session.Notify(trap, binds))
        {
            Flush();
        }
    }

    /// <summary>Ends the session; what waits is sent as far as the socket takes it.</summary>
    public void Stop()
    {
        if (!_isWanted)
        {
            return;
        }

        _isWanted = false;
        _session.End();
        Flush();
        Close();
        _loop.Cancel(_timer);
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    /// <inheritdoc/>
    protected internal override void OnEvents(Loop loop, EpollFlags events)
    {
        if (_isConnecting && !FinishConnecting())
        {
            return;
        }

        Read();
    }

    private void Connect()
    {
        _retryAt = long.MaxValue;
        if (_address is not { } address)
        {
            _retryAt = _loop.NowMilliseconds + RetryMilliseconds;
            Failed?.Invoke(new SysError(Errno.Eaddrnotavail));
            return;
        }

        var descriptor = RawSocket.CreateStream(address.Family);
        var error = descriptor < 0 ? -descriptor : RawSocket.Connect(descriptor, address);
        if (error != 0 && error != Errno.Einprogress)
        {
            if (descriptor >= 0)
            {
                RawSocket.Close(descriptor);
            }

            _retryAt = _loop.NowMilliseconds + RetryMilliseconds;
            Failed?.Invoke(new SysError(error));
            return;
        }

        Descriptor = descriptor;
        _isConnecting = error != 0;
        if (!_loop.Watch(this))
        {
            Lose();
            return;
        }

        if (!_isConnecting)
        {
            BeginSession();
        }
    }

    private bool FinishConnecting()
    {
        var error = RawSocket.TakeError(Descriptor);
        _isConnecting = false;
        if (error != 0)
        {
            Lose();
            Failed?.Invoke(new SysError(error));
            return false;
        }

        BeginSession();
        return true;
    }

    private void BeginSession()
    {
        _filled = 0;
        _session.Begin(_loop.NowMilliseconds);
        Flush();
    }

    private void Read()
    {
        for (var budget = MessagesATurn; Descriptor >= 0; )
        {
            if (TakeMessage(out var isLost))
            {
                if (--budget == 0)
                {
                    _loop.Wake(_timer); // the kernel does not say it again
                    break;
                }

                continue;
            }

            if (isLost)
            {
                Lose();
                return;
            }

            var result = RawSocket.Receive(Descriptor, _incoming.AsSpan(_filled));
            if (result.Status == IoStatus.Again)
            {
                break;
            }

            if (result.Status != IoStatus.Done)
            {
                Lose();
                return;
            }

            _filled += result.Count;
        }

        Flush();
        Plan();
    }

    // The buffer has room for the longest message, so a message that is not whole leaves room to read on.
    private bool TakeMessage(out bool isLost)
    {
        isLost = false;
        if (_filled < AgentxFormat.HeaderBytes)
        {
            return false;
        }

        if (!AgentxReader.TryReadHeader(_incoming, out var header))
        {
            isLost = true;
            return false;
        }

        var length = AgentxFormat.HeaderBytes + header.PayloadBytes;
        if (_filled < length)
        {
            return false;
        }

        var before = _session.Phase;
        isLost = !_session.Receive(_loop.NowMilliseconds, header, _incoming.AsSpan(AgentxFormat.HeaderBytes, header.PayloadBytes));
        _incoming.AsSpan(length, _filled - length).CopyTo(_incoming);
        _filled -= length;
        if (before == AgentxPhase.Opening && _session.Phase == AgentxPhase.Open)
        {
            Connected?.Invoke();
        }

        return !isLost;
    }

    private void Flush()
    {
        while (Descriptor >= 0 && !_isConnecting && !_session.Outgoing.IsEmpty)
        {
            var result = RawSocket.Send(Descriptor, _session.Outgoing);
            if (result.Status == IoStatus.Again)
            {
                break;
            }

            if (result.Status != IoStatus.Done)
            {
                Lose();
                return;
            }

            _session.Sent(result.Count);
        }
    }

    private void Lose()
    {
        var was = _session.Phase;
        Close();
        if (!_isWanted)
        {
            return;
        }

        _retryAt = _loop.NowMilliseconds + RetryMilliseconds;
        Plan();
        if (was == AgentxPhase.Open)
        {
            Disconnected?.Invoke();
        }
    }

    private void Close()
    {
        _session.Reset();
        _isConnecting = false;
        if (Descriptor < 0)
        {
            return;
        }

        _loop.Forget(this);
        RawSocket.Close(Descriptor);
        Descriptor = -1;
    }

    private void Plan() => _loop.SetDeadline(_timer, Math.Min(_retryAt, _session.NextDeadline));

    private void Run()
    {
        if (!_isWanted)
        {
            return;
        }

        var now = _loop.NowMilliseconds;
        if (now >= _retryAt)
        {
            Connect();
        }
        else if (!_session.Tick(now))
        {
            Lose();
        }

        if (Descriptor >= 0 && !_isConnecting)
        {
            Read();
        }

        Plan();
    }

    private sealed class Timer(SubAgent agent) : LoopTask
    {
        protected internal override void Run(Loop loop) => agent.Run();
    }
}
