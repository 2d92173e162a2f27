using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dropin.Benchmarks;

/// <summary>Memory a connection that has made one request and waits for the next: growth of the proportional set size.</summary>
internal sealed record IdleRow(string Name, string Title, double Target) : Row(Name, Title, Target, TargetIsValue: true)
{
    private const int Warm = 200, Connections = 5000;

    public override Run? Prepare(string binary, Bench bench, out string reason)
    {
        // A fresh process each time: memory that a pool keeps from an earlier round would hide the growth.
        var proxy = Proxy.TryStart(binary, port => Configs.Http(port, bench.Origin.Port), out reason);
        if (proxy is null) return null;
        proxy.Dispose();
        return new IdleRun(binary, bench);
    }

    private sealed class IdleRun(string binary, Bench bench) : Run
    {
        public override Sample Measure()
        {
            using var proxy = Proxy.TryStart(binary, port => Configs.Http(port, bench.Origin.Port), out var reason)
                ?? throw new InvalidOperationException(reason);
            Open(proxy.Port, Warm).ForEach(s => s.Dispose());
            Thread.Sleep(200);
            var before = proxy.Memory();
            var held = Open(proxy.Port, Connections);
            Thread.Sleep(1000);
            var after = proxy.Memory();
            held.ForEach(s => s.Dispose());
            var each = (after.Pss - before.Pss) / 1024.0 / Connections;
            return new Sample(each, string.Create(CultureInfo.InvariantCulture,
                $"{each:0.00} kB a connection; PSS {before.Pss / 1e6:0.0} -> {after.Pss / 1e6:0.0} MB with {Connections}"));
        }

        private static List<Socket> Open(int port, int count)
        {
            var request = "GET / HTTP/1.1\r\nHost: bench\r\n\r\n"u8.ToArray();
            var answer = new byte[4096];
            // All ask at once, as a crowd does: what the proxy keeps of that moment is part of the price of an idle connection.
            var sockets = new List<Socket>(count);
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10000 };
                socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
                sockets.Add(socket);
            }
            foreach (var socket in sockets) socket.Send(request);
            foreach (var socket in sockets)
                if (socket.Receive(answer) < 12 || answer[9] != '2') throw new InvalidOperationException("an idle connection got no good answer");
            return sockets;
        }
    }
}
