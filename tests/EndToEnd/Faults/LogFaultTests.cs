using System.Net.Sockets;
using System.Text;
using Dropin.EndToEnd.Processes;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Faults;

/// <summary>What becomes of log lines that nobody takes, and of the requests they tell about: no request waits, what is lost is counted.</summary>
public sealed class LogFaultTests
{
    private const int Requests = 200;

    public static TheoryData<string> Both => ProcessCase.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_reader_that_is_stuck_loses_lines_which_are_counted_and_reads_on_when_it_wakes(string who)
    {
        using var test = new FaultCase(who);
        using var reader = Bind(test.FileNamed("log"));
        await test.StartAsync($"log {test.FileNamed("log")} format raw local0");
        using var client = test.Connect();
        for (var i = 0; i < Requests; i++) FaultCase.Ask(client).Should().Be("200");
        var dropped = await test.InfoAsync("DroppedLogs");

        var lines = Received(reader);
        lines.Should().HaveCountGreaterThan(0);
        (lines.Count + dropped).Should().Be(Requests, "each request has a line, taken or counted");
        FaultCase.AskOnce(test).Should().Be("200");
        (await ProcessCase.WaitForAsync(() => reader.Available > 0)).Should().BeTrue("the reader is awake again");
        (await test.InfoAsync("DroppedLogs")).Should().Be(dropped);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_reader_that_comes_back_is_found_at_its_path(string who)
    {
        using var test = new FaultCase(who);
        using (Bind(test.FileNamed("log"))) await test.StartAsync($"log {test.FileNamed("log")} local0");
        for (var i = 0; i < Requests; i++) FaultCase.AskOnce(test).Should().Be("200");
        (await ProcessCase.WaitForAsync(() => test.Errors.Length > 0)).Should().BeTrue();
        test.Errors.Split("sendmsg()/writev() failed in logger #1: No such file or directory (errno=2)").Should().HaveCount(2, "it is said once");
        using var reader = Bind(test.FileNamed("log"));
        FaultCase.AskOnce(test).Should().Be("200");
        (await ProcessCase.WaitForAsync(() => reader.Available > 0)).Should().BeTrue();
        (await test.InfoAsync("DroppedLogs")).Should().Be(0);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_full_disk_below_the_output_stops_no_request(string who)
    {
        using var test = new FaultCase(who);
        await test.StartAsync("log stdout format raw local0", output: "> /dev/full");
        using var client = test.Connect();
        for (var i = 0; i < Requests; i++) FaultCase.Ask(client).Should().Be("200");
        (await ProcessCase.WaitForAsync(() => test.Errors.Length > 0)).Should().BeTrue();
        test.Errors.Split("sendmsg()/writev() failed in logger #1: No space left on device (errno=28)").Should().HaveCount(2, "it is said once");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_pipe_that_nobody_reads_stops_no_request(string who)
    {
        using var test = new FaultCase(who);
        await test.StartAsync("log stdout format raw local0", output: "| sleep 100");
        using var client = test.Connect();
        // A pipe holds 64 kB, some 600 lines.
        for (var i = 0; i < 1500; i++) FaultCase.Ask(client).Should().Be("200");
        (await test.InfoAsync("DroppedLogs")).Should().BeInRange(500, 1400);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Datagrams_to_a_closed_port_stop_no_request_and_are_no_dropped_lines(string who)
    {
        using var test = new FaultCase(who);
        var port = Ports.Reserve();
        await test.StartAsync($"log 127.0.0.1:{port} local0");
        using var client = test.Connect();
        for (var i = 0; i < Requests; i++) FaultCase.Ask(client).Should().Be("200");
        (await test.InfoAsync("DroppedLogs")).Should().Be(0);
        Ports.Release(port);
    }

    private static Socket Bind(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static List<string> Received(Socket reader)
    {
        var lines = new List<string>();
        var buffer = new byte[2048];
        while (reader.Available > 0) lines.Add(Encoding.Latin1.GetString(buffer, 0, reader.Receive(buffer)));
        return lines;
    }
}
