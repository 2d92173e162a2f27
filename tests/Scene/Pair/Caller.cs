using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dropin.Tests.Support.Networks;

namespace Dropin.Scene.Pair;

/// <summary>A client that asks the virtual address every 20 ms, and both hosts that answer; what stays unanswered is counted.</summary>
internal sealed class Caller : IDisposable
{
    public const int IntervalMilliseconds = 20;
    private const int Port = 9000, MostAsked = 65536;

    private readonly List<Socket> _sockets = [];
    private readonly long[] _answered = new long[MostAsked];
    private volatile bool _ended;
    private volatile int _asked;

    public Caller(PairNetwork network)
    {
        foreach (var host in (Node[])[network.First, network.Second])
        {
            var echo = Kept(host.Datagrams("0.0.0.0", Port));
            InBackground(() => Echo(echo));
        }
        var client = Kept(network.Client.Datagrams("192.168.219.10", Port));
        InBackground(() => Ask(client));
        InBackground(() => Listen(client));
    }

    /// <summary>How many were asked so far: a mark for <see cref="LostSince"/>.</summary>
    public int Mark => _asked;

    /// <summary>How many questions since a mark had no answer; those of the last moments do not count yet.</summary>
    public int LostSince(int mark)
    {
        const int underWay = 5;
        var lost = 0;
        for (var i = mark; i < _asked - underWay; i++)
            if (Volatile.Read(ref _answered[i]) == 0) lost++;
        return lost;
    }

    public void Dispose()
    {
        _ended = true;
        foreach (var socket in _sockets) socket.Dispose();
    }

    private void Ask(Socket client)
    {
        var to = new IPEndPoint(IPAddress.Parse(PairNetwork.Virtual), Port);
        var clock = Stopwatch.StartNew();
        while (!_ended && _asked < MostAsked)
        {
            try
            {
                client.SendTo(BitConverter.GetBytes(_asked), to);
            }
            catch (SocketException)
            {
                // Nobody has the address at the moment: unanswered.
            }
            _asked++;
            var next = (long)_asked * IntervalMilliseconds - clock.ElapsedMilliseconds;
            if (next > 0) Thread.Sleep((int)next);
        }
    }

    private void Listen(Socket client)
    {
        var bytes = new byte[4];
        while (!_ended)
        {
            var count = Try(() => client.Receive(bytes));
            if (count == 4 && BitConverter.ToInt32(bytes) is >= 0 and < MostAsked and var number) Volatile.Write(ref _answered[number], 1);
        }
    }

    private void Echo(Socket host)
    {
        var bytes = new byte[4];
        while (!_ended)
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            var count = Try(() => host.ReceiveFrom(bytes, ref from));
            if (count == 4) Try(() => host.SendTo(bytes, from));
        }
    }

    private int Try(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }

    private Socket Kept(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    private static void InBackground(Action work) => new Thread(() => work()) { IsBackground = true }.Start();
}
