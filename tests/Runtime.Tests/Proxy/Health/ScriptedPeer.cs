using System.Net;
using System.Net.Sockets;

namespace Dropin.Runtime.Tests.Proxy.Health;

/// <summary>Plays the peer of a case, each connection anew, on a thread of its own.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IReadOnlyList<string> _steps;
    private readonly ManualResetEventSlim _end = new();
    private readonly List<string> _received = [];
    private readonly List<Thread> _threads = [];

    internal ScriptedPeer(IReadOnlyList<string> steps)
    {
        _steps = steps;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        if (steps is ["none"])
        {
            _listener.Dispose();
            return;
        }

        _listener.Listen(16);
        Start(Accept);
    }

    internal int Port { get; }

    /// <summary>What the first connection received, escaped, <c>recv</c> by <c>recv</c>.</summary>
    internal List<string> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    public void Dispose()
    {
        _end.Set();
        _listener.Dispose();
        foreach (var thread in _threads.ToArray())
        {
            thread.Join(2000);
        }
    }

    private void Start(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    private void Accept()
    {
        var first = true;
        while (true)
        {
            Socket peer;
            try
            {
                peer = _listener.Accept();
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            var records = first;
            first = false;
            Start(() => Play(peer, records));
        }
    }

    private void Play(Socket peer, bool records)
    {
        using var closing = peer;
        peer.NoDelay = true;
        peer.ReceiveTimeout = 2000;
        try
        {
            foreach (var step in _steps)
            {
                Do(peer, step, records);
            }
        }
        catch (SocketException)
        {
            // The check has gone: nothing to play any more.
        }
    }

    private void Do(Socket peer, string step, bool records)
    {
        switch (step)
        {
            case "recv":
                var bytes = new byte[65536];
                var count = peer.Receive(bytes);
                if (records && count > 0)
                {
                    lock (_received)
                    {
                        _received.Add(CheckCase.Escape(bytes.AsSpan(0, count)));
                    }
                }

                break;
            case "hang":
                _end.Wait(5000);
                break;
            case "pause":
                _end.Wait(10);
                break;
            case "reset":
                peer.LingerState = new LingerOption(true, 0);
                break;
            case "close":
                // What came and was not read makes a reset of the close.
                peer.Poll(20_000, SelectMode.SelectRead);
                break;
            case var many when many.StartsWith("send *", StringComparison.Ordinal):
                peer.Send(new string('x', int.Parse(many[6..])).Select(c => (byte)c).ToArray());
                break;
            default:
                peer.Send(CheckCase.Unescape(step["send ".Length..]));
                break;
        }
    }
}
