using System.Text;
using Dropin.Runtime.Protocols.AgentX;

namespace Dropin.Runtime.Snmp;

/// <summary>One subtree that the sub-agent answers for.</summary>
/// <param name="Name">Where it begins.</param>
/// <param name="Description">What sysORTable says of it (RFC 3418).</param>
public sealed record MibSubtree(ObjectId Name, string Description);

/// <summary>How far a session is.</summary>
public enum AgentxPhase
{
    /// <summary>There is no connection.</summary>
    Closed,

    /// <summary>The master has not answered the open.</summary>
    Opening,

    /// <summary>It answers for its subtrees.</summary>
    Open,
}

/// <summary>
/// The sub-agent's side of a session of AgentX (RFC 2741 7.1), without a socket and a clock: bytes and time come in, bytes go out by <see cref="Outgoing"/>.
/// The owner sends these, and closes the connection where a method says so.
/// </summary>
public sealed partial class AgentxSession(MibView view, IReadOnlyList<MibSubtree> subtrees, string description)
{
    /// <summary>After this silence of ours the master is asked whether it lives (net-snmp's agentxPingInterval).</summary>
    public const long PingMilliseconds = 15_000;

    /// <summary>So long the master may think about an answer.</summary>
    public const long AnswerMilliseconds = 5_000;

    /// <summary>More bytes than this do not wait for a master that does not read.</summary>
    public const int MostWaitingBytes = 256 * 1024;

    /// <summary>So many traps wait for the session to open.</summary>
    public const int MostEarly = 4096;

    private const byte UsualPriority = 127; // RFC 2741 6.2.3
    private const ushort Reason = 5; // reasonShutdown, RFC 2741 6.2.2
    private static readonly ObjectId s_trapName = new(1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0);
    private readonly AgentxWriter _outgoing = new();
    private readonly List<(ObjectId Trap, VarBind[] Binds)> _early = [];
    private uint _session;
    private uint _packet;
    private uint _pingPacket;
    private uint _openPacket;
    private long _answerBy = long.MaxValue;
    private long _pingAt = long.MaxValue;

    /// <summary>How far it is.</summary>
    public AgentxPhase Phase { get; private set; }

    /// <summary>What is to be sent; see <see cref="Sent"/>.</summary>
    public ReadOnlySpan<byte> Outgoing => _outgoing.Written;

    /// <summary>When <see cref="Tick"/> wants to be called, milliseconds; never where nothing waits.</summary>
    public long NextDeadline => Math.Min(_answerBy, _pingAt);

    /// <summary>Traps that were dropped: there was no session, or too much was waiting.</summary>
    public int Dropped { get; private set; }

    /// <summary>The master refused a subtree; the number is that of RFC 2741 6.2.16.</summary>
    public event Action<MibSubtree, int>? Refused;

    /// <summary>That many bytes of <see cref="Outgoing"/> were sent.</summary>
    public void Sent(int count) => _outgoing.Taken(count);

    /// <summary>A connection stands: the session begins.</summary>
    public void Begin(long now)
    {
        Reset();
        Phase = AgentxPhase.Opening;
        _openPacket = Start(AgentxType.Open);
        _outgoing.Bytes(0, 0, 0, 0);
        _outgoing.Name(default);
        _outgoing.Octets(Encoding.UTF8.GetBytes(description));
        _outgoing.End();
        _answerBy = now + AnswerMilliseconds;
    }

    /// <summary>The connection is gone.</summary>
    public void Reset()
    {
        _outgoing.Clear();
        _sets.Clear();
        _registering.Clear();
        _early.Clear();
        Phase = AgentxPhase.Closed;
        (_session, _answerBy, _pingAt, _pingPacket) = (0, long.MaxValue, long.MaxValue, 0);
    }

    /// <summary>The end that we want: the master is told.</summary>
    public void End()
    {
        if (Phase != AgentxPhase.Open)
        {
            return;
        }

        _ = Start(AgentxType.Close);
        _outgoing.Bytes((byte)Reason, 0, 0, 0);
        _outgoing.End();
    }

    /// <summary>
    /// Tells the master of something (a trap of version 2). Without a connection it is lost, as with the original; while the session is being opened it waits.
    /// </summary>
    /// <returns>Whether it will be sent.</returns>
    public bool Notify(ObjectId trap, VarBind[] binds)
    {
        if (Phase == AgentxPhase.Closed || _outgoing.Written.Length > MostWaitingBytes || _early.Count >= MostEarly)
        {
            Dropped++;
            return false;
        }

        if (Phase == AgentxPhase.Opening)
        {
            _early.Add((trap, binds));
            return true;
        }

        _ = Start(AgentxType.Notify);
        _outgoing.Bind(new VarBind(s_trapName, SnmpValue.ObjectIdentifier(trap)));
        foreach (var bind in binds)
        {
            _outgoing.Bind(bind);
        }

        _outgoing.End();
        return true;
    }

    /// <summary>Time has come.</summary>
    /// <returns>False where the master does not answer: the connection is to be closed.</returns>
    public bool Tick(long now)
    {
        if (now >= _answerBy)
        {
            return false;
        }

        if (now >= _pingAt)
        {
            _pingPacket = Start(AgentxType.Ping);
            _outgoing.End();
            _pingAt = long.MaxValue;
            _answerBy = now + AnswerMilliseconds;
        }

        return true;
    }

    private uint Start(AgentxType type)
    {
        _outgoing.Begin(type, _session, 0, ++_packet);
        return _packet;
    }

    private void Register(MibSubtree subtree)
    {
        _registering[Start(AgentxType.Register)] = subtree;
        _outgoing.Bytes(0, UsualPriority, 0, 0);
        _outgoing.Name(subtree.Name);
        _outgoing.End();
        _ = Start(AgentxType.AddAgentCaps);
        _outgoing.Name(subtree.Name);
        _outgoing.Octets(Encoding.UTF8.GetBytes(subtree.Description));
        _outgoing.End();
    }
}
