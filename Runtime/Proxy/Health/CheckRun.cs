using Dropin.Runtime.Ir.Proxy;
using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Reactor;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>One run of a check or an agent: whose, when, until when.</summary>
internal sealed class CheckRun
{
    internal CheckRun(ServerState server, Loop loop, ICheckExpressions expressions, int interval, SocketAddress128 address)
    {
        Server = server;
        Loop = loop;
        Expressions = expressions;
        Interval = interval;
        Address = address;
        Start = loop.NowMilliseconds;
        AnswerDeadline = Start + interval;
        Subject = new CheckSubject(server);
    }

    internal ServerState Server { get; }

    internal Loop Loop { get; }

    internal ICheckExpressions Expressions { get; }

    internal CheckSubject Subject { get; }

    /// <summary>The interval that counts for the time-outs, milliseconds.</summary>
    internal int Interval { get; }

    /// <summary>When it began, milliseconds of the loop.</summary>
    internal long Start { get; }

    /// <summary>Where it goes unless a step says otherwise.</summary>
    internal SocketAddress128 Address { get; }

    /// <summary>The host name that is sent in the server's state.</summary>
    internal string Node { get; init; } = "";

    /// <summary>Until when the answer has to be there; set when a connection stands.</summary>
    internal long AnswerDeadline { get; private set; }

    /// <summary>Length of the greeting's packet of MySQL, 0 while there was none.</summary>
    internal int MySqlGreetingLength { get; set; }

    /// <summary>The version the greeting of MySQL tells.</summary>
    internal string MySqlVersion { get; set; } = "";

    private TimeoutConfig Timeouts => Server.Backend.Proxy.Config.Timeouts;

    /// <summary>The local address of connections.</summary>
    internal SocketAddress128 Source =>
        (Server.Config.Source ?? Server.Backend.Config.Source) is { UseClient: 0 } source
            ? SocketAddress128.From(source.Address.Address, source.Address.Port)
            : default;

    /// <summary>Until when a connection that is begun now has to stand.</summary>
    internal long ConnectDeadline() => CheckSchedule.ConnectDeadline(Loop.NowMilliseconds, Interval, Timeouts.Connect, Timeouts.Check);

    /// <summary>A connection stands.</summary>
    internal void Connected() => AnswerDeadline = CheckSchedule.AnswerDeadline(Start, Loop.NowMilliseconds, Interval, Timeouts.Check);
}
