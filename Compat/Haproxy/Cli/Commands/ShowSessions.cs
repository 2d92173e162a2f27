namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show sess</c> and <c>shutdown session</c> (management manual 9.3).</summary>
internal static class ShowSessions
{
    internal static ValueTask Run(CliCall call) => ValueTask.CompletedTask;

    internal static ValueTask Shutdown(CliCall call)
    {
        call.Fail("Session pointer expected (use 'show sess').\n");
        return ValueTask.CompletedTask;
    }
}
