namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Commands about things that this engine does not execute yet: empty lists are shown, changes are refused.</summary>
internal static class Absent
{
    internal static void Nothing(CliCall call)
    {
    }

    internal static void ShowTable(CliCall call)
    {
        if (call.Word(2).Length > 0)
            call.Fail("No such table\n");
    }

    internal static void SetTable(CliCall call) => call.Fail(call.Word(2).Length == 0
        ? "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> or <table> key <key>\n" : "No such table\n");

    internal static void ClearTable(CliCall call) => SetTable(call);

    /// <summary>The section that the original makes of the machine's name servers. Names are resolved at start only, so nothing was ever sent to them.</summary>
    internal static void ShowResolvers(CliCall call)
    {
        const string counters = "sent|snd_error|valid|update|cname|cname_error|any_err|nx|timeout|refused|other|invalid|too_big|truncated|outdated";
        if (call.Word(2) is not ("" or "default"))
        {
            call.Fail("Can't find that resolvers section\n");
            return;
        }
        call.Output.Append("Resolvers section default\n");
        foreach (var server in call.Session.Server.Machine.NameServers)
        {
            call.Output.Append(" nameserver ").Append(server).Append(":\n");
            foreach (var counter in counters.Split('|'))
                call.Output.Append("  ").Append((counter + ":").PadRight(12)).Append(" 0\n");
        }
    }

    internal static void ShowTraces(CliCall call)
    {
        if (call.Word(2).Length > 0)
            call.Fail("No such trace source");
        else
            call.Output.Append("Supported trace sources and states (.=stopped, w=waiting, R=running) :\n");
    }

    internal static void Trace(CliCall call)
    {
        if (call.Word(1) is not ("" or "0"))
            call.Fail("No such trace source");
        else if (call.Word(1) == "")
            call.Output.Append("Supported trace sources and states (.=stopped, w=waiting, R=running) :\n [.] 0          : not a source, will immediately stop all traces\n");
    }
}
