using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Processes;

public sealed class DaemonTests
{
    public static TheoryData<string> Both => ProcessCase.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_daemon_serves_when_the_process_before_it_has_answered(string who)
    {
        using var test = new ProcessCase(who);
        (await test.RunAsync("-D", "-p", "a.pid", "-f", "a.cfg")).Should().Be(new ProcessEnd(0, "", ""));
        var pid = await test.ReadPidAsync("a.pid");
        (await test.AskAsync()).Should().Be(ProcessCase.Answer);
        (await File.ReadAllTextAsync($"/proc/{pid}/comm")).Should().Be("haproxy\n");
        (await File.ReadAllTextAsync($"/proc/{pid}/stat")).Split(") ")[1].Split(' ')[3].Should().Be(pid.ToString(), "it leads a session of its own");

        ProcessCase.Send(pid, 15);
        (await ProcessCase.WaitForAsync(() => !ProcessCase.IsAlive(pid))).Should().BeTrue();
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task The_word_daemon_in_the_file_does_the_same_and_db_wins_over_it(string who)
    {
        using var test = new ProcessCase(who);
        test.Configure("daemon\n    pidfile " + test.FileNamed("b.pid"));
        (await test.RunAsync("-f", "a.cfg")).Code.Should().Be(0);
        var pid = await test.ReadPidAsync("b.pid");
        (await test.AskAsync()).Should().Be(ProcessCase.Answer);
        ProcessCase.Send(pid, 10);
        (await ProcessCase.WaitForAsync(() => !ProcessCase.IsAlive(pid))).Should().BeTrue();

        using var foreground = await test.StartAsync(["-db", "-f", "a.cfg"]);
        foreground.HasExited.Should().BeFalse();
        foreground.Signal(15);
        (await foreground.EndAsync(ProcessCase.Limit)).Code.Should().Be(128 + 15);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_daemon_that_cannot_bind_says_so_and_the_first_process_fails(string who)
    {
        Skip.If((await File.ReadAllTextAsync("/proc/sys/net/ipv4/ip_nonlocal_bind")).Trim() != "0", "net.ipv4.ip_nonlocal_bind is not 0 here");
        using var test = new ProcessCase(who);
        test.Configure("", "frontend f\n    bind 198.51.100.7:80\nlisten l\n    bind 198.51.100.8:81\n");
        await File.WriteAllTextAsync(test.FileNamed("a.pid"), "4711");
        var end = await test.RunAsync("-D", "-p", "a.pid", "-f", "a.cfg");
        end.Code.Should().Be(1);
        (await File.ReadAllTextAsync(test.FileNamed("a.pid"))).Should().Be("4711", "the process of before still serves");
        var lines = test.Normal(end.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Take(5).Should().Equal(
            "[NOTICE]   (PID) : haproxy version is VERSION",
            "[NOTICE]   (PID) : path to executable is haproxy",
            "[ALERT]    (PID) : Binding [a.cfg:13] for frontend f: cannot bind socket (Cannot assign requested address) for [198.51.100.7:80]",
            "[ALERT]    (PID) : Binding [a.cfg:15] for proxy l: cannot bind socket (Cannot assign requested address) for [198.51.100.8:81]",
            "[ALERT]    (PID) : [haproxy.main()] Some protocols failed to start their listeners! Exiting.");
        if (who == "original")
            lines.Should().HaveCount(5);
        else
            lines.Should().HaveCount(6).And.Subject.Last().Should().StartWith("[NOTICE]").And.Contain("net.ipv4.ip_nonlocal_bind is 0");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_port_that_somebody_has_is_an_alert(string who)
    {
        using var test = new ProcessCase(who);
        using var other = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        other.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, test.Port));
        other.Listen();
        var end = await test.RunAsync("-db", "-f", "a.cfg");
        end.Code.Should().Be(1);
        test.Normal(end.Errors).Should().Contain(
            "[ALERT]    (PID) : Binding [a.cfg:11] for proxy web: cannot bind socket (Address already in use) for [127.0.0.1:PORT]\n");
    }

    [SkippableTheory]
    [InlineData("original", "-n 30000000", "Cannot raise FD limit to 60000014, limit is ")]
    [InlineData("ours", "-n 30000000", "Cannot raise FD limit to 60000014, limit is ")]
    [InlineData("original", "-p /nonexistent/pid -D", "Cannot create pidfile /nonexistent/pid")]
    [InlineData("ours", "-p /nonexistent/pid -D", "Cannot create pidfile /nonexistent/pid")]
    [InlineData("original", "-x /nonexistent/socket", "Failed to get the sockets from the old process!")]
    [InlineData("ours", "-x /nonexistent/socket", "Failed to get the sockets from the old process!")]
    public async Task What_the_system_refuses_stops_the_start(string who, string words, string expected)
    {
        using var test = new ProcessCase(who);
        var end = await test.RunAsync([.. words.Split(' '), "-f", "a.cfg"]);
        end.Code.Should().Be(1);
        end.Errors.Should().Contain("[ALERT]").And.Contain(expected);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_successor_with_sf_takes_over_without_a_failed_request(string who)
    {
        using var test = new ProcessCase(who);
        (await test.RunAsync("-D", "-p", "a.pid", "-f", "a.cfg")).Code.Should().Be(0);
        var first = await test.ReadPidAsync("a.pid");
        using var clients = new SteadyClients(test);
        for (var round = 0; round < 3; round++)
        {
            var old = await test.ReadPidAsync("a.pid");
            (await test.RunAsync("-D", "-p", "a.pid", "-f", "a.cfg", "-sf", old.ToString())).Code.Should().Be(0);
            (await ProcessCase.WaitForAsync(() => !ProcessCase.IsAlive(old))).Should().BeTrue();
        }
        var outcome = await clients.EndAsync();
        outcome.Answered.Should().BeGreaterThan(0);
        // Without -x the kernel may reset a connection that it had given to the old process in the very last moment (management manual, 4).
        outcome.Failures.Should().HaveCountLessThanOrEqualTo(3);
        var last = await test.ReadPidAsync("a.pid");
        last.Should().NotBe(first);
        ProcessCase.Send(last, 15);
        await ProcessCase.WaitForAsync(() => !ProcessCase.IsAlive(last));
    }
}
