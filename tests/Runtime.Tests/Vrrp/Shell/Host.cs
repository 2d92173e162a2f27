using System.Collections.Concurrent;
using Dropin.Runtime.Ir.Vrrp;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;
using Dropin.Runtime.Vrrp;
using Dropin.Runtime.Vrrp.Events;
using Dropin.Runtime.Vrrp.Shell;
using Network = Dropin.Runtime.Tests.Sys.OwnNetwork;

namespace Dropin.Runtime.Tests.Vrrp.Shell;

/// <summary>A host: a thread in a network namespace of its own, with a loop. It has eth0 when <see cref="Connect"/> has been called.</summary>
internal sealed class Host : IDisposable
{
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _ready = new();
    private Loop _loop = null!;
    private int _id;

    internal Host()
    {
        _thread = new Thread(Run);
        _thread.Start();
        _ready.Wait();
    }

    internal VrrpNode? Node { get; private set; }

    internal ConcurrentQueue<VrrpEvent> Log { get; } = [];

    /// <summary>Connects two hosts by a cable.</summary>
    internal static void Connect(Host one, Host other)
    {
        one.Do(() => Network.Ip($"link add eth0 address 02:00:0a:00:00:01 type veth peer name eth0 address 02:00:0a:00:00:02 netns {other._id}"));
        one.Do(() => SetUp(1));
        other.Do(() => SetUp(2));
        // Adverts of IPv6 need a link-local address that is not being asked for any more.
        one.Do(() => Network.Ip("addr add fe80::1/64 dev eth0 nodad"));
        other.Do(() => Network.Ip("addr add fe80::2/64 dev eth0 nodad"));
    }

    /// <summary>Does something in the namespace, on the loop's thread.</summary>
    internal void Do(Action work)
    {
        Exception? failure = null;
        using var done = new ManualResetEventSlim();
        _loop.Post(() =>
        {
            try { work(); }
            catch (Exception e) { failure = e; }
            finally { done.Set(); }
        });
        if (!done.Wait(10000)) throw new TimeoutException("the host's loop does not turn");
        if (failure is not null) throw new InvalidOperationException(failure.Message, failure);
    }

    internal void Start(KeepalivedConfig config) => Do(() =>
    {
        Node = new VrrpNode(_loop, config);
        Node.Logged += Log.Enqueue;
        var error = Node.Open();
        if (!error.IsNone) throw new InvalidOperationException(error.Text);
        Node.Start();
    });

    internal void Stop() => Do(() =>
    {
        Node!.Stop(() => { });
        Node = null;
    });

    internal VrrpState State(int at = 0)
    {
        var state = VrrpState.Initialize;
        Do(() => state = Node!.Core.Instances[at].State);
        return state;
    }

    internal string Ip(string line)
    {
        var shown = "";
        Do(() => shown = Network.Ip(line));
        return shown;
    }

    internal bool Has(string address) => Ip("-o addr").Contains(address, StringComparison.Ordinal);

    /// <summary>Waits until something holds.</summary>
    internal static bool Until(Func<bool> holds, int milliseconds = 6000)
    {
        var end = Environment.TickCount64 + milliseconds;
        while (!holds())
        {
            if (Environment.TickCount64 > end) return false;
            Thread.Sleep(20);
        }
        return true;
    }

    public void Dispose()
    {
        if (Node is not null) Stop();
        _loop.Stop();
        _thread.Join();
    }

    private static void SetUp(int number)
    {
        Network.Ip("link set lo up");
        Network.Ip("link set eth0 up");
        Network.Ip($"addr add 10.9.0.{number}/24 dev eth0");
        Network.Ip($"addr add fd09::{number}/64 dev eth0 nodad");
    }

    private void Run()
    {
        NetworkNamespace.EnterNew();
        _id = int.Parse(Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!));
        _loop = new Loop(0, 16384, 64);
        _ready.Set();
        _loop.Run();
        _loop.Dispose();
    }
}
