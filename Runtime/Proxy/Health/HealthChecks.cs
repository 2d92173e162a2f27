using Dropin.Runtime.Ir.Health;
using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Starts all checks and agents of a process, spread over its loops and over time.</summary>
public static class HealthChecks
{
    /// <summary>Starts; before the loops run, or on a loop's thread.</summary>
    /// <param name="proxies">All sections in the order of the file.</param>
    /// <param name="loops">All loops.</param>
    /// <param name="judge">Draws the consequences.</param>
    /// <param name="expressions">Evaluates what scripts are written with.</param>
    /// <param name="global">Settings of the process.</param>
    /// <param name="node">The node's name (<c>node</c>, or the machine's).</param>
    public static void Begin(
        IReadOnlyList<ProxyState> proxies, IReadOnlyList<Loop> loops, HealthJudge judge, ICheckExpressions expressions, GlobalConfig global, string node)
    {
        var setting = new CheckSetting(judge, expressions, global.SpreadChecks, node);
        var tasks = new List<(CheckTask Task, Loop Loop)>();
        foreach (var proxy in proxies)
        {
            if (proxy.Backend is not { } backend || proxy.Config.Disabled)
            {
                continue;
            }

            var runner = RunnerOf(backend, expressions);
            foreach (var server in backend.Servers)
            {
                Make(server, setting, loops, runner, tasks);
            }
        }

        Spread(tasks, global);
    }

    /// <summary>Starts those of a server that was added at run time. They are made once they are enabled.</summary>
    /// <param name="server">The server.</param>
    /// <param name="loops">All loops.</param>
    /// <param name="judge">Draws the consequences.</param>
    /// <param name="expressions">Evaluates what scripts are written with.</param>
    /// <param name="global">Settings of the process.</param>
    /// <param name="node">The node's name.</param>
    public static void Begin(ServerState server, IReadOnlyList<Loop> loops, HealthJudge judge, ICheckExpressions expressions, GlobalConfig global, string node)
    {
        if (server.Health.Check is null && server.Health.Agent is null)
        {
            return;
        }

        var tasks = new List<(CheckTask Task, Loop Loop)>();
        Make(server, new CheckSetting(judge, expressions, global.SpreadChecks, node), loops, RunnerOf(server.Backend, expressions), tasks);
        foreach (var (task, loop) in tasks)
        {
            loop.Post(() => task.Begin(task.Interval));
        }
    }

    private static void Make(
        ServerState server, CheckSetting setting, IReadOnlyList<Loop> loops, Func<CheckRun, ValueTask<CheckOutcome>> runner, List<(CheckTask Task, Loop Loop)> tasks)
    {
        if (server.Health.Check is { } check)
        {
            var loop = loops[tasks.Count % loops.Count];
            var config = server.Config.Check!;
            var task = new CheckTask(server, check, new CheckSchedule(config.Interval, config.FastInterval, config.DownInterval), setting, loop, runner);
            server.Health.Hasten = task.Hasten;
            tasks.Add((task, loop));
        }

        if (server.Health.Agent is { } agent)
        {
            var loop = loops[tasks.Count % loops.Count];
            tasks.Add((new CheckTask(
                server, agent, new CheckSchedule(server.Config.Agent!.Interval, null, null), setting, loop, run => AskAsync(run, setting.Judge)), loop));
        }
    }

    private static void Spread(List<(CheckTask Task, Loop Loop)> tasks, GlobalConfig global)
    {
        var intervals = new int[tasks.Count];
        for (var i = 0; i < intervals.Length; i++)
        {
            intervals[i] = tasks[i].Task.Interval;
        }

        var least = CheckSchedule.LeastInterval(intervals);
        for (var i = 0; i < intervals.Length; i++)
        {
            tasks[i].Task.Begin(CheckSchedule.First(intervals[i], least, global.MaxSpreadChecks, i, intervals.Length));
        }
    }

    private static async ValueTask<CheckOutcome> AskAsync(CheckRun run, HealthJudge judge)
    {
        var answer = await AgentCheck.RunAsync(run, run.Server.Health.AgentSend);
        CheckTask.Obey(run.Server, answer, judge.Transitions, run.Loop.WallMicroseconds);
        return answer.Outcome;
    }

    private static Func<CheckRun, ValueTask<CheckOutcome>> RunnerOf(BackendState backend, ICheckExpressions expressions)
    {
        switch (backend.Config.Check)
        {
            case ScriptCheckConfig script:
                var ready = new ScriptCheck(script, expressions);
                return ready.RunAsync;
            case ExternalCheckConfig external:
                return run => ExternalCheck.RunAsync(run, external);
            default:
                return TcpConnectCheck.RunAsync;
        }
    }
}
