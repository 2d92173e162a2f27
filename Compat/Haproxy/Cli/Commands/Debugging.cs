namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary>The original's commands to debug itself (<c>debug dev …</c>): they poke in its own memory and threads, so none is carried out here.</summary>
internal static class Debugging
{
    private const string Known = "bug|check|close|delay|exit|fd|hex|log|loop|panic|sched|stream|sym|tkill|warn|write";

    internal static IEnumerable<CliCommand> Commands =>
        Known.Split('|').Select(word => new CliCommand("debug dev " + word, "", "", Runtime.Ir.Proxy.CliLevel.Admin, Run));

    private static void Run(CliCall call) => call.Fail(call.Session.IsExpert
        ? "Commands that debug the process itself are not executed by this version.\n" : "This command is restricted to expert mode only.\n");
}
