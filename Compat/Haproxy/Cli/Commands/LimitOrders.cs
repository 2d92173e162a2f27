using Dropin.Runtime.Admin;
using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Limits of frontends and of the process, and its counters (management manual 9.3).</summary>
internal static class LimitOrders
{
    internal static void Frontend(CliCall call)
    {
        if (call.FindFrontend(3) is not { } proxy)
            return;
        if (call.Word(4).Length == 0)
        {
            call.Fail("Integer value expected.\n");
            return;
        }
        var most = ShowStat.Integer(call.Word(4));
        if (most < 0)
            call.Fail("Value out of range.\n");
        else
            proxy.Frontend!.MaxConnections = most;
    }

    internal static void Global(CliCall call)
    {
        if (call.Word(3).Length == 0)
        {
            call.Fail("Expects an integer value.\n");
            return;
        }
        var process = call.Context.Engine.Process;
        var most = ShowStat.Integer(call.Word(3));
        if (most > process.HardMaxConnections)
            call.Fail("Value out of range.\n");
        else
            process.MaxConnections = most <= 0 ? process.HardMaxConnections : most;
    }

    internal static void Rate(CliCall call)
    {
        if (call.Word(2) is not ("connections" or "sessions" or "ssl-sessions" or "http-compression") || call.Word(3) != "global")
        {
            call.Fail("'set rate-limit' only supports :\n"
                + "   - 'connections global' to set the per-process maximum connection rate\n"
                + "   - 'sessions global' to set the per-process maximum session rate\n"
                + "   - 'ssl-sessions global' to set the per-process maximum SSL session rate\n"
                + "   - 'http-compression global' to set the per-process maximum compression speed in kB/s\n");
            return;
        }
        if (call.Word(4).Length == 0)
        {
            call.Fail("Expects an integer value.\n");
            return;
        }
        var most = ShowStat.Integer(call.Word(4));
        if (most < 0)
        {
            call.Fail("Value out of range.\n");
            return;
        }
        var process = call.Context.Engine.Process;
        switch (call.Word(2))
        {
            case "connections":
                process.ConnectionRateLimit = most;
                break;
            case "sessions":
                process.SessionRateLimit = most;
                break;
            case "ssl-sessions":
                process.TlsRateLimit = most;
                break;
            default:
                process.CompressionRateLimit = most * 1024;
                break;
        }
    }

    internal static void ClearCounters(CliCall call)
    {
        var all = call.Word(2) == "all";
        if (call.Allows(all ? CliLevel.Admin : CliLevel.Operator))
            Counters.Clear(call.Context, all);
    }
}
