using System.Text;
using Dropin.Runtime.Sys;
using Dropin.Runtime.Transport;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>Asks an agent: connects, says what is configured, reads a line.</summary>
internal static class AgentCheck
{
    /// <summary>Asks.</summary>
    /// <param name="run">The run.</param>
    /// <param name="send">What is sent first; null nothing.</param>
    internal static async ValueTask<AgentAnswer> RunAsync(CheckRun run, string? send)
    {
        using var connection = new CheckConnection(run.Loop, run.Server);
        var result = await connection.OpenAsync(run.Address, run.Source, linger: false, waits: send is null, run.ConnectDeadline());
        if (!result.IsDone)
        {
            return AgentAnswer.Of(TcpConnectCheck.Failure(connection, result, ""));
        }

        run.Connected();
        if (send is not null)
        {
            connection.Keep(Encoding.UTF8.GetBytes(send));
            result = await connection.FlushAsync(run.AnswerDeadline);
            if (!result.IsDone)
            {
                return AgentAnswer.Of(Broken(result));
            }
        }

        while (true)
        {
            result = await connection.ReadAsync(run.AnswerDeadline);
            if (!result.IsDone)
            {
                return AgentAnswer.Of(Broken(result));
            }

            var text = Encoding.Latin1.GetString(connection.Received.Span);
            var end = text.AsSpan().IndexOfAny('\n', '\r');
            if (end >= 0)
            {
                return AgentAnswer.Read(text[..end]);
            }

            if (connection.IsFinal)
            {
                return AgentAnswer.Of(text.Length == 0
                    ? new CheckOutcome(CheckStatus.Layer7Response, 0, "TCPCHK got an empty response at step 2")
                    : new CheckOutcome(CheckStatus.Layer7Timeout, 0, "Ignoring incomplete line from agent"));
            }
        }
    }

    private static CheckOutcome Broken(in WaitResult result) => result.Status == WaitStatus.TimedOut
        ? new CheckOutcome(CheckStatus.Layer7Timeout)
        : new CheckOutcome(CheckStatus.SocketError, 0, result.Error == 0 ? "" : Errno.Describe(result.Error));
}
