using System.Net.Sockets;
using System.Text;
using Dropin.Tests.Support;
using FluentAssertions;
using Xunit;
using static Dropin.Tests.Support.Golden;

namespace Dropin.EndToEnd.Processes;

public sealed class MasterWorkerTests
{
    public static TheoryData<string> Both => ProcessCase.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_master_tells_the_story_of_its_reloads(string who)
    {
        using var test = new ProcessCase(who);
        using var notify = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notify.Bind(new UnixDomainSocketEndPoint(test.FileNamed("notify")));
        using var master = await test.StartAsync(
            ["-Ws", "-S", test.FileNamed("cli"), "-p", "a.pid", "-f", "a.cfg"], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = test.FileNamed("notify") });
        var story = new StringBuilder();
        var told = new StringBuilder(); // read after each chapter: the original waits for a reader whose queue is full
        await ChapterAsync("started", "Loading success.", 1);
        (await test.ReadPidAsync("a.pid")).Should().Be(master.Id);

        master.Signal(12);
        await ChapterAsync("reloaded", "Former worker", 1);

        var good = await File.ReadAllTextAsync(test.FileNamed("a.cfg"));
        await File.WriteAllTextAsync(test.FileNamed("a.cfg"), "frontend web\n    bnd 127.0.0.1:1\n");
        master.Signal(1);
        await ChapterAsync("reloaded with a wrong file", "Loading failure!", 1);
        (await test.AskAsync()).Should().Be(ProcessCase.Answer, "the old worker goes on");

        await File.WriteAllTextAsync(test.FileNamed("a.cfg"), good);
        master.Signal(12);
        await ChapterAsync("reloaded with a good file", "Former worker", 2);

        master.Signal(10);
        var end = await master.EndAsync(ProcessCase.Limit);
        story.Append($"## asked to finish: exit {end.Code}\n").Append(Lines(end.Errors[_seen..]));
        told.Append(Received(notify));
        story.Append("## told to systemd\n").Append(told);
        await Verify(test.Normal(story.ToString()));

        async Task ChapterAsync(string title, string until, int times)
        {
            (await ProcessCase.WaitForAsync(() => master.Errors.Split(until).Length > times)).Should().BeTrue(master.Errors);
            await ProcessCase.WaitForAsync(() => master.Errors.EndsWith('\n'));
            // Both the answer of the CLI and one worker show that the chapter is over.
            var shown = await ShowProcAsync(test, master);
            told.Append(Received(notify));
            var text = master.Errors;
            story.Append($"## {title}\n").Append(Lines(text[_seen..])).Append(shown);
            _seen = text.Length;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_worker_that_dies_of_a_signal_takes_the_service_with_it(string who)
    {
        using var test = new ProcessCase(who);
        using var master = await test.StartAsync(["-W", "-S", test.FileNamed("cli"), "-f", "a.cfg"]);
        await ProcessCase.WaitForAsync(() => master.Errors.Contains("Loading success.", StringComparison.Ordinal));
        await ShowProcAsync(test, master);
        ProcessCase.Send(ProcessCase.ChildrenOf(master.Id).Single(), 9);
        var end = await master.EndAsync(ProcessCase.Limit);
        end.Code.Should().Be(137);
        await Verify(test.Normal(end.Errors));
    }

    [SkippableTheory]
    [InlineData("original", 15)]
    [InlineData("ours", 15)]
    [InlineData("original", 2)]
    [InlineData("ours", 2)]
    public async Task A_master_that_is_ended_ends_its_worker(string who, int signal)
    {
        using var test = new ProcessCase(who);
        using var master = await test.StartAsync(["-W", "-S", test.FileNamed("cli"), "-f", "a.cfg"]);
        await ProcessCase.WaitForAsync(() => master.Errors.Contains("Loading success.", StringComparison.Ordinal));
        await ShowProcAsync(test, master);
        master.Signal(signal);
        var end = await master.EndAsync(ProcessCase.Limit);
        end.Code.Should().Be(signal == 15 ? 0 : 130);
        await Verify(test.Normal(end.Errors), signal == 15 ? "TERM" : "INT");
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task A_first_start_with_a_wrong_file_fails(string who)
    {
        using var test = new ProcessCase(who);
        await File.WriteAllTextAsync(test.FileNamed("a.cfg"), "frontend web\n    bnd 127.0.0.1:1\n");
        var end = await test.RunAsync("-W", "-f", "a.cfg");
        end.Code.Should().Be(1);
        await Verify(test.Normal(end.Errors));
    }

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public async Task Reloads_lose_no_request(string who)
    {
        using var test = new ProcessCase(who);
        using var master = await test.StartAsync(["-W", "-S", test.FileNamed("cli"), "-f", "a.cfg"]);
        await ProcessCase.WaitForAsync(() => master.Errors.Contains("Loading success.", StringComparison.Ordinal));
        await ShowProcAsync(test, master);
        using var clients = new SteadyClients(test);
        for (var round = 1; round <= 4; round++)
        {
            master.Signal(12);
            (await ProcessCase.WaitForAsync(() => master.Errors.Split("Former worker").Length > round)).Should().BeTrue(master.Errors);
            await ShowProcAsync(test, master); // the original's master is deaf until it waits again
        }
        var outcome = await clients.EndAsync();
        outcome.Failures.Should().BeEmpty();
        outcome.Answered.Should().BeGreaterThan(0);
        master.Signal(15);
        await master.EndAsync(ProcessCase.Limit);
    }

    private int _seen;

    /// <summary>The table, once nobody is on its way out, without its times.</summary>
    private static async Task<string> ShowProcAsync(ProcessCase test, HaproxyProcess master)
    {
        (await ProcessCase.WaitForAsync(() => ProcessCase.ChildrenOf(master.Id).Length == 1)).Should().BeTrue();
        var shown = "";
        for (var tries = 0; tries < 200; tries++)
        {
            shown = await test.AskCliAsync("cli", "show proc");
            if (shown.Contains("# programs", StringComparison.Ordinal) && !shown.Contains("# old", StringComparison.Ordinal))
                return System.Text.RegularExpressions.Regex.Replace(
                    System.Text.RegularExpressions.Regex.Replace(shown, @"\dd\d\dh\d\dm\d\ds", "UPTIME"), @"(?m)^\d+ +| +$", "");
            await Task.Delay(10);
        }
        return $"(the master's CLI does not answer: {shown})\n";
    }

    /// <summary>Lines in an order of their own: those of several processes come as they like.</summary>
    private static string Lines(string text)
        => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(line => line + "\n"));

    private static string Received(Socket notify)
    {
        var text = new StringBuilder();
        var buffer = new byte[1024];
        while (notify.Available > 0)
            text.Append(Encoding.UTF8.GetString(buffer, 0, notify.Receive(buffer)).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }
}
