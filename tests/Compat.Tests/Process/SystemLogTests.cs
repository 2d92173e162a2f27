using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dropin.Compat.Process;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.Compat.Tests.Process;

/// <summary>A log that does not keep up loses no line of a burst, and holds nobody up.</summary>
public sealed class SystemLogTests : IDisposable
{
    private const int Local0 = 16, Information = 6;
    private readonly TempDirectory _folder = new();
    private readonly Socket _receiver = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly SystemLog _log;
    private readonly byte[] _room = new byte[4096];

    public SystemLogTests()
    {
        var path = _folder.FileNamed("log");
        _receiver.Bind(new UnixDomainSocketEndPoint(path));
        _log = new SystemLog(path);
    }

    [Fact]
    public void A_line_is_one_datagram_as_syslog_writes_it()
    {
        _log.Send(Local0, Information, "Keepalived", 42, "hello", new DateTime(2026, 3, 4, 5, 6, 7));
        Received().Should().Be("<134>Mar  4 05:06:07 Keepalived[42]: hello");
        _log.IsBehind.Should().BeFalse();
    }

    [Fact]
    public void Lines_wait_in_their_order_while_the_log_is_full()
    {
        const int many = 3000; // more than net.unix.max_dgram_qlen anywhere, fewer than may wait
        for (var i = 0; i < many; i++) Say(i.ToString(CultureInfo.InvariantCulture));
        _log.IsBehind.Should().BeTrue("the socket takes a few hundred lines at most");
        _log.WaitForRoom(0).Should().BeFalse();
        for (var i = 0; i < many; i++)
        {
            Received().Should().EndWith($": {i}");
            _log.Flush();
        }
        _log.IsBehind.Should().BeFalse();
    }

    [Fact]
    public void What_is_too_much_is_counted()
    {
        var taken = 0;
        while (!_log.IsBehind) Say($"{taken++}");
        for (var i = 1; i < SystemLog.MostWaiting + 7; i++) Say("x");
        var last = "";
        for (var i = 0; i < taken - 1 + SystemLog.MostWaiting; i++)
        {
            last = Received();
            _log.Flush();
        }
        last.Should().EndWith(": x");
        _log.Flush();
        Received().Should().EndWith("Keepalived[42]: 7 lines are lost: the system's log was full");
        _log.IsBehind.Should().BeFalse();
    }

    [Fact]
    public void A_log_that_went_away_takes_its_lines_with_it()
    {
        while (!_log.IsBehind) Say("x");
        _receiver.Dispose();
        _log.Flush();
        _log.IsBehind.Should().BeFalse("nobody will ever read them");
    }

    public void Dispose()
    {
        _log.Dispose();
        _receiver.Dispose();
        _folder.Dispose();
    }

    private void Say(string text) => _log.Send(Local0, Information, "Keepalived", 42, text, DateTime.UnixEpoch);

    private string Received()
    {
        _receiver.Poll(0, SelectMode.SelectRead).Should().BeTrue("a line is there");
        return Encoding.UTF8.GetString(_room, 0, _receiver.Receive(_room));
    }
}
