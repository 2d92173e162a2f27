using Dropin.Runtime.Sys;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Connecting is enough.</summary>
internal static class TcpConnectCheck
{
    internal static async ValueTask<CheckOutcome> RunAsync(CheckRun run)
    {
        using var connection = new CheckConnection(run.Loop, run.Server);
        var result = await connection.OpenAsync(run.Address, run.Source, linger: false, waits: false, run.ConnectDeadline());
        if (result.IsDone && run.Server.Config.Check is { SendProxy: true })
        {
            run.Connected();
            connection.Keep(connection.ProxyHeader());
            result = await connection.FlushAsync(run.AnswerDeadline);
        }

        return result.IsDone ? new CheckOutcome(CheckStatus.Layer4Ok) : Failure(connection, result, "");
    }

    /// <summary>What a connection that does not come to stand is called.</summary>
    internal static CheckOutcome Failure(CheckConnection connection, in WaitResult result, string where) => result.Status switch
    {
        WaitStatus.TimedOut => new CheckOutcome(CheckStatus.Layer4Timeout, 0, where),
        WaitStatus.Failed when connection.CannotBind => new CheckOutcome(
            CheckStatus.Layer4Connection, 0, $"Can't bind to source address ({Errno.Describe(result.Error)}){where}") { CannotBind = true },
        WaitStatus.Failed when result.Error == Errno.Emfile => new CheckOutcome(
            CheckStatus.Layer4Connection, 0, $"Too many sockets on the process ({Errno.Describe(result.Error)}){where}") { LacksDescriptor = true },
        WaitStatus.Failed when result.Error != 0 => new CheckOutcome(CheckStatus.Layer4Connection, 0, Errno.Describe(result.Error) + where),
        _ => new CheckOutcome(CheckStatus.Layer4Connection, 0, where),
    };
}
