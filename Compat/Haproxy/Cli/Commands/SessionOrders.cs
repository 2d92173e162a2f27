using Dropin.Runtime.Ir.Proxy;

namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>Commands about the connection itself (management manual 9.3).</summary>
internal static class SessionOrders
{
    internal static void Help(CliCall call) => call.Say(CliSeverity.Info, CliHelp.Of(call.Words.AsSpan(1)));

    internal static void Prompt(CliCall call) => call.Session.IsInteractive = !call.Session.IsInteractive;

    internal static void Quit(CliCall call) => call.Session.Quit();

    internal static void Operator(CliCall call)
    {
        if (call.Allows(CliLevel.Operator))
            call.Session.Level = CliLevel.Operator;
    }

    internal static void User(CliCall call) => call.Session.Level = CliLevel.User;

    internal static void ExpertMode(CliCall call) => call.Session.IsExpert = Switch(call, "expert-mode", call.Session.IsExpert);

    internal static void ExperimentalMode(CliCall call) => call.Session.IsExperimental = Switch(call, "experimental-mode", call.Session.IsExperimental);

    internal static void GetSockets(CliCall call) => call.Session.SendListeners();

    internal static void Timeout(CliCall call)
    {
        if (call.Word(2) != "cli")
            call.Fail("'set timeout' only supports 'cli'.\n");
        else if (call.Word(3).Length == 0)
            call.Fail("Expects an integer value.\n");
        else if (Times.Seconds(call.Word(3)) is not (> 0 and var milliseconds))
            call.Fail("Invalid timeout value.\n");
        else
            call.Session.TimeoutMilliseconds = milliseconds;
    }

    internal static void Severity(CliCall call)
    {
        if (call.Word(2) is "none" or "number" or "string")
            call.Session.SeverityOutput = call.Word(2);
        else
            call.Fail("one of 'none', 'number', 'string' is a required argument\n");
    }

    private static bool Switch(CliCall call, string name, bool now)
    {
        if (call.Word(1).Length == 0)
        {
            call.Say(CliSeverity.Info, $"{name} is {(now ? "ON" : "OFF")}\n");
            return now;
        }
        return call.Word(1) == "on";
    }
}
