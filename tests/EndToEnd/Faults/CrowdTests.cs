using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.EndToEnd.Processes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Dropin.EndToEnd.Faults;

/// <summary>Many idle connections at once, on the client's side and on the server's; all are served afterwards.</summary>
/// <remarks>400 in the quick variant; with <c>DROPIN_LONG=1</c> 9,900 clients, and 4,500 kept server connections (20,000 descriptors are what one process gets here).</remarks>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private static int Clients => FaultCase.IsLong ? 9900 : 400;

    private static int Servers => FaultCase.IsLong ? 4500 : 200;

    [SkippableFact]
    public async Task A_crowd_of_idle_clients_costs_no_more_than_with_the_original_and_is_served_afterwards()
    {
        var original = await IdleClientsAsync("original");
        var ours = await IdleClientsAsync("ours");
        output.WriteLine($"{Clients} idle clients after one request each: the original {original} bytes a connection, ours {ours}");
        // A small crowd says nothing about a connection's price: the collector's and the allocator's steps are larger.
        if (FaultCase.IsLong) ours.Should().BeLessThan(original + 1024);
    }

    private static async Task<long> IdleClientsAsync(string who)
    {
        using var test = new FaultCase(who);
        await test.StartAsync("maxconn 9950", "timeout http-keep-alive 100s\n    timeout http-request 100s");
        FaultCase.AskOnce(test).Should().Be("200");
        var before = test.Memory();
        var crowd = Enumerable.Range(0, Clients).Select(_ => test.Connect()).ToList();
        crowd.Should().OnlyContain(s => FaultCase.Ask(s, "/self") == "200");
        await Task.Delay(2000);
        var each = (test.Memory() - before) * 1024 / Clients;
        (await test.InfoAsync("CurrConns")).Should().BeInRange(Clients, Clients + 2);
        var cpu = test.Cpu();
        await Task.Delay(500);
        (test.Cpu() - cpu).Should().BeLessThan(TimeSpan.FromMilliseconds(200), "who is idle costs nothing");
        crowd.Should().OnlyContain(s => FaultCase.Ask(s, "/self") == "200");
        FaultCase.AskOnce(test).Should().Be("200");
        return each;
    }

    [SkippableTheory]
    [InlineData("original")]
    [InlineData("ours")]
    public async Task Many_kept_server_connections_serve_again(string who)
    {
        using var origin = new HoldingOrigin();
        using var test = new FaultCase(who);
        await test.StartAsync("maxconn 9950\n    tune.pool-low-fd-ratio 90\n    tune.pool-high-fd-ratio 95",
            $"default_backend b\nbackend b\n    http-reuse always\n    server s1 127.0.0.1:{origin.Port} pool-purge-delay 100s");
        var crowd = Enumerable.Range(0, Servers).Select(_ => test.Connect()).ToList();
        foreach (var socket in crowd) socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8);
        (await ProcessCase.WaitForAsync(() => origin.Waiting == Servers)).Should().BeTrue("all are at the server at once");
        origin.Release();
        foreach (var socket in crowd) FaultCase.Read(socket).Should().Be("200");
        var made = origin.Connections;
        made.Should().Be(Servers);
        // One after the other they find a connection that is kept.
        crowd.Should().OnlyContain(s => FaultCase.Ask(s, "/again") == "200");
        origin.Connections.Should().Be(made, "kept connections are used");
    }

    /// <summary>A server that holds its answers back until all are to go, and answers at once afterwards. One thread: sockets are polled.</summary>
    private sealed class HoldingOrigin : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _held = [];
        private readonly Lock _gate = new();
        private bool _released;

        public HoldingOrigin()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(1024);
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public int Connections { get; private set; }

        public int Waiting
        {
            get { lock (_gate) return _held.Count; }
        }

        public void Release()
        {
            lock (_gate)
            {
                _released = true;
                foreach (var socket in _held) Answer(socket);
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            lock (_gate) foreach (var socket in _held) socket.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptAsync();
                    lock (_gate) Connections++;
                    _ = ServeAsync(socket);
                }
            }
            catch (SocketException) { } // the test is over
            catch (ObjectDisposedException) { }
        }

        private async Task ServeAsync(Socket socket)
        {
            var buffer = new byte[2048];
            try
            {
                while (await socket.ReceiveAsync(buffer) > 0)
                {
                    lock (_gate)
                    {
                        if (_released) Answer(socket);
                        else _held.Add(socket);
                    }
                }
            }
            catch (SocketException) { } // the peer is gone
            catch (ObjectDisposedException) { }
        }

        private static void Answer(Socket socket) => socket.Send(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }
}
