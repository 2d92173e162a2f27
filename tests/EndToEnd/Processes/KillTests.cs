using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;

namespace Dropin.EndToEnd.Processes;

/// <summary>Processes that are killed, asked to end under load, or replaced by one that cannot start.</summary>
public sealed class KillTests
{
    private const int Term = 15, Kill = 9, Usr1 = 10, Usr2 = 12;

    public static TheoryData<string> Both => ProcessCase.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_worker_ends_when_its_master_is_killed(string who)
    {
        using var test = new ProcessCase(who);
        using var master = await MasterAsync(test, "-W");
        var worker = ProcessCase.ChildrenOf(master.Id).Single();
        master.Signal(Kill);
        (await master.EndAsync(ProcessCase.Limit)).Code.Should().Be(137);
        (await ProcessCase.WaitForAsync(() => !ProcessCase.IsAlive(worker))).Should().BeTrue("nobody would end it");
        test.Normal(master.Errors).Should().NotContain("stopped", "it leaves at once");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task An_old_worker_that_is_killed_during_a_reload_takes_nobody_with_it(string who)
    {
        using var test = new ProcessCase(who);
        using var master = await MasterAsync(test, "-W");
        var old = ProcessCase.ChildrenOf(master.Id).Single();
        using var holding = Half(test);
        using var clients = new SteadyClients(test);
        master.Signal(Usr2);
        (await ProcessCase.WaitForAsync(() => ProcessCase.ChildrenOf(master.Id).Length == 2 && master.Errors.Split("Loading success.").Length > 2)).Should().BeTrue(master.Errors);
        (await ProcessCase.WaitForAsync(() => test.AskCliAsync("cli", "show proc").Result.Contains("# old", StringComparison.Ordinal))).Should().BeTrue();
        ProcessCase.Send(old, Kill);
        (await ProcessCase.WaitForAsync(() => ProcessCase.ChildrenOf(master.Id).Length == 1)).Should().BeTrue();
        (await test.AskAsync()).Should().Be(ProcessCase.Answer);
        (await clients.EndAsync()).Answered.Should().BeGreaterThan(0);
        master.HasExited.Should().BeFalse();
        master.Signal(Term);
        (await master.EndAsync(ProcessCase.Limit)).Code.Should().Be(0);
        test.Normal(master.Errors).Should().Contain("Former worker (PID) exited with code PID (Killed)");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Asked_to_end_at_once_it_does_under_load(string who)
    {
        using var test = new ProcessCase(who);
        using var process = await test.StartAsync(["-db", "-f", "a.cfg"]);
        using var holding = Half(test);
        using var clients = new SteadyClients(test);
        var clock = Stopwatch.StartNew();
        process.Signal(Term);
        (await process.EndAsync(ProcessCase.Limit)).Code.Should().Be(143);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        await clients.EndAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_soft_stop_ends_hard_when_its_time_is_over(string who)
    {
        using var test = new ProcessCase(who);
        test.Configure("hard-stop-after 1s", "frontend held\n    mode tcp\n    bind 127.0.0.1:" + (_held = Ports.Reserve()) + "\n    default_backend nobody\nbackend nobody\n    mode tcp\n    server s1 " + Silent(out var server) + "\n");
        using (server)
        {
            using var process = await test.StartAsync(["-db", "-f", "a.cfg"]);
            using var holding = new TcpClient();
            await holding.ConnectAsync(IPAddress.Loopback, _held);
            await holding.GetStream().WriteAsync("hello"u8.ToArray());
            await ProcessCase.WaitForAsync(() => server.Poll(0, SelectMode.SelectRead));
            var clock = Stopwatch.StartNew();
            process.Signal(Usr1);
            (await process.EndAsync(ProcessCase.Limit)).Code.Should().Be(0);
            clock.Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(900)).And.BeLessThan(TimeSpan.FromSeconds(6));
            process.Errors.Should().Contain("soft-stop running for too long, performing a hard-stop.");
        }
        Ports.Release(_held);
    }

    [SkippableTheory]
    [InlineData("original", "-sf")]
    [InlineData("ours", "-sf")]
    [InlineData("original", "-st")]
    [InlineData("ours", "-st")]
    public async Task A_process_number_that_is_nobody_stops_nothing(string who, string option)
    {
        using var test = new ProcessCase(who);
        using var process = await test.StartAsync(["-db", "-f", "a.cfg", option, "4194300"]);
        (await test.AskAsync()).Should().Be(ProcessCase.Answer);
        process.Signal(Term);
        (await process.EndAsync(ProcessCase.Limit)).Code.Should().Be(143);
        process.Errors.Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("original", "-W")]
    [InlineData("ours", "-W")]
    [InlineData("original", "-Ws")]
    [InlineData("ours", "-Ws")]
    public async Task A_reload_with_a_wrong_file_leaves_the_worker_under_load(string who, string mode)
    {
        using var test = new ProcessCase(who);
        using var master = await MasterAsync(test, mode);
        var worker = ProcessCase.ChildrenOf(master.Id).Single();
        using var clients = new SteadyClients(test);
        var good = await File.ReadAllTextAsync(test.FileNamed("a.cfg"));
        await File.WriteAllTextAsync(test.FileNamed("a.cfg"), good + "    bogus word\n");
        master.Signal(Usr2);
        (await ProcessCase.WaitForAsync(() => master.Errors.Contains("Loading failure!", StringComparison.Ordinal))).Should().BeTrue(master.Errors);
        (await ProcessCase.WaitForAsync(() => test.AskCliAsync("cli", "show proc").Result.Contains("# programs", StringComparison.Ordinal))).Should().BeTrue();
        ProcessCase.ChildrenOf(master.Id).Should().Equal(worker);
        var outcome = await clients.EndAsync();
        outcome.Failures.Should().BeEmpty();
        outcome.Answered.Should().BeGreaterThan(0);
        master.Signal(Term);
        (await master.EndAsync(ProcessCase.Limit)).Code.Should().Be(0);
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_daemon_goes_on_when_its_successor_cannot_start(string who)
    {
        using var test = new ProcessCase(who);
        test.Configure("stats socket " + test.FileNamed("admin") + " level admin expose-fd listeners");
        (await test.RunAsync("-D", "-p", "a.pid", "-f", "a.cfg")).Code.Should().Be(0);
        var old = await test.ReadPidAsync("a.pid");
        using var clients = new SteadyClients(test);
        var good = await File.ReadAllTextAsync(test.FileNamed("a.cfg"));

        // A wrong file.
        await File.WriteAllTextAsync(test.FileNamed("b.cfg"), good + "    bogus word\n");
        (await test.RunAsync("-D", "-p", "a.pid", "-f", "b.cfg", "-sf", $"{old}")).Code.Should().Be(1);
        var outcome = await clients.EndAsync();
        outcome.Failures.Should().BeEmpty();
        outcome.Answered.Should().BeGreaterThan(0);

        // A port that somebody else has: the old process is asked to let go of its own for a moment, and to take them again.
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        await File.WriteAllTextAsync(test.FileNamed("c.cfg"), good + $"frontend taken\n    bind 127.0.0.1:{((IPEndPoint)other.LocalEndPoint!).Port}\n");
        (await test.RunAsync("-D", "-p", "a.pid", "-f", "c.cfg", "-x", "admin", "-sf", $"{old}")).Code.Should().Be(1);

        ProcessCase.IsAlive(old).Should().BeTrue();
        (await test.ReadPidAsync("a.pid")).Should().Be(old);
        (await ProcessCase.WaitForAsync(() => test.AskAsync().Result == ProcessCase.Answer)).Should().BeTrue("it listens again");
        ProcessCase.Send(old, Term);
        (await ProcessCase.WaitForAsync(() => !ProcessCase.IsAlive(old))).Should().BeTrue();
    }

    private int _held;

    private static async Task<HaproxyProcess> MasterAsync(ProcessCase test, string mode)
    {
        var master = await test.StartAsync([mode, "-S", test.FileNamed("cli"), "-f", "a.cfg"]);
        await ProcessCase.WaitForAsync(() => master.Errors.Contains("Loading success.", StringComparison.Ordinal));
        // The original's master is deaf until it waits; then its CLI answers.
        (await ProcessCase.WaitForAsync(() => test.AskCliAsync("cli", "show proc").Result.Contains("# programs", StringComparison.Ordinal))).Should().BeTrue();
        return master;
    }

    private static Socket Half(ProcessCase test)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, test.Port);
        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n"u8);
        return socket;
    }

    private static string Silent(out Socket server)
    {
        server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        return $"127.0.0.1:{((IPEndPoint)server.LocalEndPoint!).Port}";
    }
}
