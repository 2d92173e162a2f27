using Dropin.Runtime.Admin;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>The lines of <c>show activity</c>, a number a thread. What this engine has no like of stands at zero, so that tools find their lines.</summary>
internal static class ActivityCounts
{
    internal static IEnumerable<(string Name, long[] Values)> Of(AdminContext context)
    {
        var threads = context.Engine.Threads;
        long[] zero = new long[threads.Length];
        var activity = Array.ConvertAll(threads, thread => thread.Loop.Activity);
        yield return ("ctxsw", Array.ConvertAll(activity, one => one.Tasks));
        yield return ("tasksw", Array.ConvertAll(activity, one => one.Tasks));
        yield return ("empty_rq", zero);
        yield return ("long_rq", zero);
        yield return ("loops", Array.ConvertAll(activity, one => one.Loops));
        yield return ("wake_tasks", zero);
        yield return ("wake_signal", zero);
        yield return ("poll_io", Array.ConvertAll(activity, one => one.Events));
        foreach (var name in (string[])["poll_exp", "poll_drop_fd", "poll_skip_fd", "conn_dead"])
            yield return (name, zero);
        yield return ("stream_calls", Array.ConvertAll(activity, one => one.Tasks));
        foreach (var name in (string[])["pool_fail", "buf_wait", "cpust_ms_tot", "cpust_ms_1s", "cpust_ms_15s", "avg_loop_us"])
            yield return (name, zero);
        yield return ("accepted", Array.ConvertAll(activity, one => one.Accepted));
        foreach (var name in (string[])["accq_pushed", "accq_full", "accq_ring"])
            yield return (name, zero);
        yield return ("fd_takeover", Array.ConvertAll(activity, one => one.TakenOver));
    }
}
