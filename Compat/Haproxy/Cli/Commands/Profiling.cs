namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Profiling of tasks and memory, of which this engine has none to switch on (management manual 9.3).</summary>
internal static class Profiling
{
    internal static void Show(CliCall call)
    {
        var what = call.Word(2);
        if (what is not ("" or "all" or "status" or "tasks" or "memory" or "byaddr") && !what.All(char.IsAsciiDigit))
        {
            call.Fail("Expects either 'all', 'status', 'tasks', 'memory', 'byaddr' or a max number of output lines.\n");
            return;
        }
        if (what is not ("tasks" or "memory"))
        {
            call.Output.Append("Per-task CPU profiling              : off           # set profiling tasks {on|auto|off}\n"
                + "Memory usage profiling              : off           # set profiling memory {on|off}\n");
        }
        if (what is not ("status" or "memory"))
            call.Output.Append("Tasks activity:\n  function                      calls   cpu_tot   cpu_avg   lat_tot   lat_avg\n");
    }

    internal static void Set(CliCall call)
    {
        switch (call.Word(2))
        {
            case "memory":
                call.Fail("Memory profiling not compiled in.\n");
                break;
            case "tasks" when call.Word(3) is "off":
                break;
            case "tasks" when call.Word(3) is "on" or "auto":
                call.Fail("Task profiling not compiled in.\n");
                break;
            case "tasks":
                call.Fail("Expects 'on', 'auto', or 'off'.\n");
                break;
            default:
                call.Fail("Expects either 'tasks' or 'memory'.\n");
                break;
        }
    }
}
