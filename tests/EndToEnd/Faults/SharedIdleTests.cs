using System.Globalization;
using Dropin.EndToEnd.Allocations;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Dropin.EndToEnd.Faults;

/// <summary>Idle server connections that change threads while few clients come and go (<c>tune.idle-pool.shared</c>): no request is lost, hardly a connection is made.</summary>
public sealed class SharedIdleTests(ITestOutputHelper output)
{
    private const int Clients = 4;

    private static int Rounds => FaultCase.IsLong ? 5000 : 200;

    [SkippableTheory]
    [InlineData("original", "always")]
    [InlineData("ours", "always")]
    [InlineData("ours", "aggressive")]
    [InlineData("ours", "safe")]
    public async Task No_request_is_lost_while_connections_change_threads(string who, string reuse)
    {
        var (answers, connections) = await RunAsync(who, "", reuse);
        answers.Should().OnlyContain(answer => answer == "200").And.HaveCount(Clients * Rounds * 3);
        // "safe" makes one for the first request of every client, the others only a few at the beginning.
        if (reuse == "always") connections.Should().BeLessThan(Clients * 8);
    }

    [SkippableFact]
    public async Task Without_sharing_each_thread_has_its_own()
    {
        var (answers, _) = await RunAsync("ours", "tune.idle-pool.shared off", "always");
        answers.Should().OnlyContain(answer => answer == "200");
    }

    private async Task<(string[] Answers, int Connections)> RunAsync(string who, string tune, string reuse)
    {
        using var origin = new EchoOrigin();
        using var test = new FaultCase(who);
        await test.StartAsync($"nbthread 3\n    {tune}", $"default_backend b\nbackend b\n    retries 0\n    http-reuse {reuse}\n    server s1 127.0.0.1:{origin.Port}");
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Factory.StartNew(() => Visits(test), TaskCreationOptions.LongRunning)));
        var line = (await test.CliAsync("show stat b 4 -1")).Split('\n').First(l => l.StartsWith("b,s1,", StringComparison.Ordinal)).Split(',');
        var names = (await test.CliAsync("show stat b 4 -1")).Split('\n')[0].Split(',').ToList();
        var made = int.Parse(line[names.IndexOf("connect")], CultureInfo.InvariantCulture);
        output.WriteLine($"{who}, {reuse} {tune}: {made} connections for {answers.Sum(a => a.Count)} requests");
        return ([.. answers.SelectMany(a => a)], made);
    }

    private static List<string> Visits(FaultCase test)
    {
        var answers = new List<string>();
        for (var i = 0; i < Rounds; i++)
        {
            using var socket = test.Connect();
            for (var request = 0; request < 3; request++) answers.Add(FaultCase.Ask(socket, "/"));
        }
        return answers;
    }
}
