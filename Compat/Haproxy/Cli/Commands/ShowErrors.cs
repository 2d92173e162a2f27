namespace Dropin.Compat.Haproxy.Cli.Commands;

/// <summary><c>show errors</c>: the last request and response of each proxy that could not be understood (management manual 9.3).</summary>
internal static class ShowErrors
{
    internal static void Run(CliCall call)
    {
        call.Output.Append("Total events captured on [").Append(Dates.Of(call.Now)).Append("] : 0\n");
    }
}
