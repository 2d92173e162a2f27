using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Tests.Support;
using Dropin.Tests.Support.Peers;
using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Allocations;

/// <summary>The gate on the law that a request in steady state allocates nothing on the managed heap (docs/LAWS.md, 10).</summary>
public sealed class SteadyStateTests
{
    private const int Clients = 4, Warm = 500, Requests = 2500;

    [SkippableTheory]
    [InlineData("plain", "", "", "")]
    [InlineData("the document's options", "    log global\n    option httplog\n    option forwardfor\n", "    cookie SVID insert indirect nocache maxlife 10m\n", "cookie web01")]
    [InlineData("rules", "    acl inside src 127.0.0.0/8\n    acl static path_beg /static /images\n    http-request deny if static\n    http-request set-header X-From %[src] if inside\n" +
        "    http-request del-header X-Secret\n    http-response set-header X-Proxy dropin\n", "", "")]
    public async Task A_kept_alive_request_allocates_nothing(string name, string frontend, string backend, string server)
    {
        Skip.If(Subject.WhyNot is not null, Subject.WhyNot);
        using var folder = new TempDirectory();
        using var origin = new EchoOrigin();
        using var syslog = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        syslog.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = Ports.Reserve();
        var cli = Path.Combine(folder.Path, "cli.sock");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "h.cfg"), $"""
            global
                nbthread 1
                log 127.0.0.1:{((IPEndPoint)syslog.LocalEndPoint!).Port} local0
                stats socket {cli} level admin
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend f
                bind 127.0.0.1:{port}
            {frontend}
                default_backend b
            backend b
            {backend}
                server web01 127.0.0.1:{origin.Port} {server}

            """);
        using var haproxy = HaproxyProcess.Start(Subject.Path!, folder.Path, ["-db", "-f", "h.cfg"]);
        try
        {
            (await haproxy.WaitReadyAsync([port], [cli], TimeSpan.FromSeconds(20))).Should().BeTrue(haproxy.Errors);
            Load(port, Warm).Should().BeEmpty(name);
            await Allocated(cli);
            var idle = -(await Allocated(cli) - await Allocated(cli));          // what asking costs
            idle.Should().BePositive("asking allocates, so a counter that stands still is broken");
            var before = await Allocated(cli);
            Load(port, Requests).Should().BeEmpty(name);
            var used = await Allocated(cli) - before - idle;
            // A table that grows once or a late initialisation is no allocation a request: less than one byte each is.
            (used / (Clients * Requests)).Should().Be(0, $"{name}: {used} bytes for {Clients * Requests} requests");
        }
        finally
        {
            Ports.Release(port);
        }
    }

    private static async Task<long> Allocated(string cli)
    {
        var text = await CliClient.AskAsync(new UnixDomainSocketEndPoint(cli), "debug dev heap", TimeSpan.FromSeconds(10), CancellationToken.None);
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith("allocated_bytes: ", StringComparison.Ordinal)) ?? throw new InvalidOperationException("no counter: " + text);
        return long.Parse(line["allocated_bytes: ".Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Each client keeps its connection for all its requests. What went wrong, or "".</summary>
    private static string Load(int port, int requests)
    {
        var problem = "";
        var clients = Enumerable.Range(0, Clients).Select(_ => new Thread(() =>
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10000, NoDelay = true };
                socket.Connect(IPAddress.Loopback, port);
                var request = Encoding.Latin1.GetBytes("GET /a/path?x=1 HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: test/1.0\r\nAccept: */*\r\n\r\n");
                var buffer = new byte[4096];
                for (var i = 0; i < requests; i++)
                {
                    socket.Send(request);
                    var held = 0;
                    do held += socket.Receive(buffer, held, buffer.Length - held, SocketFlags.None);
                    while (!buffer.AsSpan(0, held).EndsWith("\r\n\r\nhello"u8) && held < buffer.Length);
                    if (!buffer.AsSpan(0, held).StartsWith("HTTP/1.1 200"u8)) { problem = Encoding.Latin1.GetString(buffer, 0, held); return; }
                }
            }
            catch (SocketException e)
            {
                problem = e.Message;
            }
        })).ToList();
        clients.ForEach(c => c.Start());
        clients.ForEach(c => c.Join());
        return problem;
    }
}
