using Dropin.Runtime.Proxy.State;
using Dropin.Runtime.Sys.Sockets;

namespace Dropin.Runtime.Proxy.Health;

/// <summary>What is known of a server's health: from its checks, its agent, its traffic.</summary>
public sealed class ServerHealth
{
    private readonly Published<SocketAddress128> _checkAddress = new(), _agentAddress = new();
    private int _consecutiveErrors;

    /// <summary>Makes the health of a server as its configuration asks for.</summary>
    public ServerHealth(ServerState server)
    {
        Server = server;
        if (server.Config.Check is { } check)
        {
            Check = new CheckState(isAgent: false, check.Rise, check.Fall);
            if (server.IsInMaintenance)
            {
                Check.Pause();
            }
        }

        if (server.Config.Agent is { } agent)
        {
            Agent = new CheckState(isAgent: true, 1, 1);
            AgentSend = agent.Send;
            AgentPort = agent.Port;
        }
    }

    /// <summary>Whose health it is.</summary>
    public ServerState Server { get; }

    /// <summary>The checks; null where none are configured.</summary>
    public CheckState? Check { get; }

    /// <summary>The agent; null where none is configured.</summary>
    public CheckState? Agent { get; }

    /// <summary>Where checks go instead of where the file says (<c>set server check-addr</c>); empty for nowhere else.</summary>
    public ref readonly SocketAddress128 CheckAddress => ref _checkAddress.Value;

    internal void MoveChecks(in SocketAddress128 address) => _checkAddress.Set(address);

    /// <summary>The port checks go to instead (<c>set server check-port</c>); 0 none.</summary>
    public int CheckPort { get; set; }

    /// <summary>Where the agent is instead of where the file says (<c>set server agent-addr</c>).</summary>
    public ref readonly SocketAddress128 AgentAddress => ref _agentAddress.Value;

    internal void MoveAgent(in SocketAddress128 address) => _agentAddress.Set(address);

    /// <summary>The agent's port (<c>set server agent-port</c>).</summary>
    public int AgentPort { get; set; }

    /// <summary>What is sent to the agent (<c>set server agent-send</c>); null nothing.</summary>
    public string? AgentSend { get; set; }

    /// <summary>A state file said that the server works, where no check says anything: it then counts as wholly healthy.</summary>
    public bool IsRestored { get; internal set; }

    /// <summary>How often traffic showed too many errors (hanafail).</summary>
    public long FailedAnalyses { get; internal set; }

    /// <summary>Asks the check's thread for an earlier run; set by the task.</summary>
    internal Action? Hasten { get; set; }

    /// <summary>Counts a good sign of traffic.</summary>
    internal void ForgetErrors() => Volatile.Write(ref _consecutiveErrors, 0);

    /// <summary>Counts a bad sign of traffic.</summary>
    internal int CountError() => Interlocked.Increment(ref _consecutiveErrors);

    /// <summary>Whether checks keep it down.</summary>
    internal bool CheckSaysDown => Check is { Enabled: true } check && check.Counter.Health == 0;

    /// <summary>Whether the agent keeps it down.</summary>
    internal bool AgentSaysDown => Agent is { Enabled: true } agent && agent.Counter.Health == 0;

    /// <summary>The server enters maintenance.</summary>
    internal void EnterMaintenance() => Check?.Pause();

    /// <summary>The server left maintenance.</summary>
    internal void LeaveMaintenance()
    {
        Check?.Resume();
        if (Agent is { Enabled: true } agent)
        {
            agent.Order(CheckOrder.Trust);
        }
    }
}
