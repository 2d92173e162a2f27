using System.Net;
using System.Net.Sockets;
using System.Text;
using Dropin.Runtime.Ir;
using Dropin.Runtime.Ir.Logs;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.Logs;
using Dropin.Runtime.Sys;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Runtime.Tests.Proxy.Logs;

/// <summary>Expected lines are those of HAProxy 2.6.12 with the same configuration, its process number and moment replaced.</summary>
public sealed class LogSinkTests : IDisposable
{
    // 2026-11-04 06:12:48.028409 UTC: one digit in the day, a leading zero in the microseconds.
    private const long Moment = 1_793_772_768_028_409;
    private const string Hundred = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public LogSinkTests()
    {
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _udp.ReceiveTimeout = 5000;
    }

    private LogTargetConfig Udp => new() { Endpoint = new IpEndpoint(IPAddress.Loopback, ((IPEndPoint)_udp.LocalEndPoint!).Port), Facility = 17 };

    public void Dispose() => _udp.Dispose();

    [Theory]
    [InlineData(LogLineFormat.Unspecified, "<142>Nov  4 06:12:48 haproxy[123]: hello\n")]
    [InlineData(LogLineFormat.Local, "<142>Nov  4 06:12:48 haproxy[123]: hello\n")]
    [InlineData(LogLineFormat.Rfc3164, "<142>Nov  4 06:12:48 localhost haproxy[123]: hello\n")]
    [InlineData(LogLineFormat.Rfc5424, "<142>1 2026-11-04T06:12:48.028409+00:00 - haproxy 123 - - hello\n")]
    [InlineData(LogLineFormat.Priority, "<142>hello\n")]
    [InlineData(LogLineFormat.Short, "<6>hello\n")]
    [InlineData(LogLineFormat.Timed, "<6>2026-11-04T06:12:48.028409+00:00 hello\n")]
    [InlineData(LogLineFormat.Iso, "2026-11-04T06:12:48.028409+00:00 hello\n")]
    [InlineData(LogLineFormat.Raw, "hello\n")]
    public void Each_form_has_its_head(LogLineFormat format, string expected) =>
        Line(Udp with { Format = format }).Should().Be(expected);

    [Theory]
    [InlineData(LogLineFormat.Unspecified, "<142>Nov  4 06:12:48 hst haproxy[123]: hello\n")]
    [InlineData(LogLineFormat.Local, "<142>Nov  4 06:12:48 haproxy[123]: hello\n")]
    [InlineData(LogLineFormat.Rfc5424, "<142>1 2026-11-04T06:12:48.028409+00:00 hst haproxy 123 - - hello\n")]
    public void A_host_name_is_sent_where_the_form_has_one(LogLineFormat format, string expected) =>
        Line(Udp with { Format = format }, new GlobalConfig { LogSendHostname = "hst" }).Should().Be(expected);

    [Fact]
    public void The_machines_name_is_sent_where_none_is_given() =>
        Line(Udp, new GlobalConfig { LogSendHostname = "" }).Should().Be("<142>Nov  4 06:12:48 machine haproxy[123]: hello\n");

    [Fact]
    public void Structured_data_stand_in_rfc5424_lines() =>
        Line(Udp with { Format = LogLineFormat.Rfc5424 }, tag: "tagged", structured: "[x@1 a=/0]")
            .Should().Be("<142>1 2026-11-04T06:12:48.028409+00:00 - tagged 123 - [x@1 a=/0] hello\n");

    [Theory]
    [InlineData(LogLineFormat.Local, "haproxy", "<142>Nov  4 06:12:48 haproxy[28505]: hello GET /0 HTTP/1.0 xxxxxxxxxxxxxxxxxxxxx\n")]
    [InlineData(LogLineFormat.Raw, "haproxy", "hello GET /0 HTTP/1.0 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n")]
    [InlineData(LogLineFormat.Short, "haproxy", "<6>hello GET /0 HTTP/1.0 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n")]
    [InlineData(LogLineFormat.Iso, "haproxy", "2026-11-04T06:12:48.028409+00:00 hello GET /0 HTTP/1.0 xxxxxxxxxxxxxxxxxxxxxxxxx\n")]
    [InlineData(LogLineFormat.Rfc5424, "haproxy", "<142>1 2026-11-04T06:12:48.028409+00:00 - haproxy 28505 - - hello GET /0 HTTP/1.\n")]
    [InlineData(LogLineFormat.Rfc5424, "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt", "<142>1 2026-11-04T06:12:48.028409+00:00 - \n")]
    [InlineData(LogLineFormat.Local, "ttttttttttttttttttttttttttttttttttttttttttttttttt", "<142>Nov  4 06:12:48 ttttttttttttttttttttttttttttttttttttttttttttttttt[28505]: h\n")]
    [InlineData(LogLineFormat.Local, "tttttttttttttttttttttttttttttttttttttttttttttttttt", "<142>Nov  4 06:12:48 tttttttttttttttttttttttttttttttttttttttttttttttttt[28505]\n")]
    [InlineData(LogLineFormat.Local, "tttttttttttttttttttttttttttttttttttttttttttttttttttt", "<142>Nov  4 06:12:48 tttttttttttttttttttttttttttttttttttttttttttttttttttt[28505\n")]
    [InlineData(LogLineFormat.Local, "tttttttttttttttttttttttttttttttttttttttttttttttttttttttttt", "<142>Nov  4 06:12:48 tttttttttttttttttttttttttttttttttttttttttttttttttttttttttt\n")]
    [InlineData(LogLineFormat.Local, "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt", "<142>Nov  4 06:12:48 \n")]
    public void A_line_is_cut_where_the_original_cuts_it(LogLineFormat format, string tag, string expected) =>
        Line(Udp with { Format = format, MaxLength = 80 }, tag: tag, message: "hello GET /0 HTTP/1.0 " + Hundred, processId: 28505).Should().Be(expected);

    [Theory]
    [InlineData(3, 0, LogLevel.Info, null)]
    [InlineData(6, 0, LogLevel.Info, "<6>hello\n")]
    [InlineData(6, 3, LogLevel.Emergency, "<3>hello\n")]
    [InlineData(6, 3, LogLevel.Warning, "<4>hello\n")]
    public void Levels_are_filtered_and_lowered(int most, int least, LogLevel level, string? expected)
    {
        var config = Udp with { Format = LogLineFormat.Short, MaxLevel = most, MinLevel = least };
        var sink = Sink(config, new GlobalConfig(), null, 123);
        sink.Send("hello"u8, level, Moment);
        (expected is null ? _udp.Available : 0).Should().Be(0);
        if (expected is not null)
        {
            Receive().Should().Be(expected);
        }
    }

    [Fact]
    public void A_sample_is_the_lines_of_its_ranges_of_each_run()
    {
        var sample = new LogSample([new LogSampleRange(1, 1), new LogSampleRange(3, 4)], 5);
        var sink = Sink(Udp with { Format = LogLineFormat.Raw, Sample = sample }, new GlobalConfig(), null, 123);
        for (var i = 0; i < 10; i++)
        {
            sink.Send([(byte)('0' + i)], LogLevel.Info, Moment);
        }

        var lines = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            lines.Add(Receive());
        }

        lines.Should().Equal("0\n", "2\n", "3\n", "5\n", "7\n", "8\n");
        _udp.Available.Should().Be(0);
    }

    [Fact]
    public void A_line_costs_no_garbage()
    {
        var delivery = Delivery(new GlobalConfig(), 123);
        var targets = delivery.Open([Udp, Udp with { Format = LogLineFormat.Rfc5424 }]);
        using var thread = new LogThread(delivery, TimeZoneInfo.Utc);
        var sink = new LogSink(thread, targets);
        sink.Send("warm"u8, LogLevel.Info, Moment);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 100; i++)
        {
            sink.Send("hello"u8, LogLevel.Info, Moment + i);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Gathered_lines_leave_together_and_in_order()
    {
        var delivery = Delivery(new GlobalConfig(), 123);
        using var thread = new LogThread(delivery, TimeZoneInfo.Utc) { Gathers = true };
        var sink = new LogSink(thread, delivery.Open([Udp with { Format = LogLineFormat.Raw, MaxLength = 65535 }]));
        var wide = new string('x', 20_000);
        for (var i = 0; i < 20; i++)
        {
            sink.Send(Encoding.ASCII.GetBytes(i == 18 ? wide : i.ToString(System.Globalization.CultureInfo.InvariantCulture)), LogLevel.Info, Moment);
        }

        thread.Flush();

        var bytes = new byte[65536];
        for (var i = 0; i < 20; i++)
        {
            Encoding.ASCII.GetString(bytes, 0, _udp.Receive(bytes)).Should().Be(i == 18 ? wide + "\n" : $"{i}\n");
        }

        _udp.Available.Should().Be(0);
    }

    [Fact]
    public void A_daemon_that_comes_back_gets_the_next_line()
    {
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "log");
        var delivery = Delivery(new GlobalConfig(), 123);
        var told = new List<(int, int)>();
        delivery.Unreachable = (number, error) => told.Add((number, error));
        using var thread = new LogThread(delivery, TimeZoneInfo.Utc);
        var sink = new LogSink(thread, delivery.Open([new LogTargetConfig { Endpoint = new UnixEndpoint(path), Facility = 17, Format = LogLineFormat.Raw }]));
        sink.Send("lost"u8, LogLevel.Info, Moment);
        sink.Send("lost"u8, LogLevel.Info, Moment);
        told.Should().Equal([(1, Errno.Enoent)], "it is told once");

        using (Listen(path))
        {
            sink.Send("one"u8, LogLevel.Info, Moment);
        }

        File.Delete(path);
        using var again = Listen(path);
        sink.Send("two"u8, LogLevel.Info, Moment);
        var bytes = new byte[100];
        Encoding.ASCII.GetString(bytes, 0, again.Receive(bytes)).Should().Be("two\n");
    }

    [Fact]
    public void Lines_the_kernel_has_no_room_for_are_counted()
    {
        using var folder = new TempDirectory();
        var path = Path.Combine(folder.Path, "log");
        using var daemon = Listen(path);
        var delivery = Delivery(new GlobalConfig(), 123);
        using var thread = new LogThread(delivery, TimeZoneInfo.Utc);
        var sink = new LogSink(thread, delivery.Open([new LogTargetConfig { Endpoint = new UnixEndpoint(path), Facility = 17 }]));
        for (var i = 0; i < 10_000 && delivery.Dropped == 0; i++)
        {
            sink.Send("hello"u8, LogLevel.Info, Moment);
        }

        delivery.Dropped.Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_ring_has_its_own_form()
    {
        var delivery = new LogDelivery(new GlobalConfig(), [new RingConfig("r1", "x y", LogLineFormat.Rfc5424, 1200, 32768)], "machine", 123);
        using var thread = new LogThread(delivery, TimeZoneInfo.Utc);
        var sink = new LogSink(thread, delivery.Open([new LogTargetConfig { Ring = "r1", Facility = 17, Format = LogLineFormat.Raw }]));
        sink.Send("one"u8, LogLevel.Info, Moment);
        sink.Send("two"u8, LogLevel.Info, Moment);
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        delivery.FindRing("r1")!.Read(LogRingPosition.Oldest, text, int.MaxValue).Line.Should().Be(2);
        Encoding.ASCII.GetString(text.WrittenSpan).Should().Be(
            "<142>1 2026-11-04T06:12:48.028409+00:00 - haproxy 123 - - one\n<142>1 2026-11-04T06:12:48.028409+00:00 - haproxy 123 - - two\n");
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static LogDelivery Delivery(GlobalConfig global, int processId) => new(global, [], "machine", processId);

    private static LogSink Sink(LogTargetConfig target, GlobalConfig global, string? tag, int processId)
    {
        var delivery = Delivery(global, processId);
        return new LogSink(new LogThread(delivery, TimeZoneInfo.Utc), delivery.Open([target]), tag is null ? null : Encoding.UTF8.GetBytes(tag));
    }

    private string Line(LogTargetConfig target, GlobalConfig? global = null, string? tag = null, string structured = "", string message = "hello", int processId = 123)
    {
        Sink(target, global ?? new GlobalConfig(), tag, processId)
            .Send(Encoding.ASCII.GetBytes(message), LogLevel.Info, Moment, Encoding.ASCII.GetBytes(structured));
        return Receive();
    }

    private string Receive()
    {
        var bytes = new byte[65536];
        return Encoding.UTF8.GetString(bytes, 0, _udp.Receive(bytes));
    }
}
