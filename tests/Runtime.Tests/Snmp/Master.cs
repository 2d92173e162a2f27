using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;
using Dropin.Runtime.Tests.Protocols.AgentX;

namespace Dropin.Runtime.Tests.Snmp;

/// <summary>A master agent that does what a test says, before one session.</summary>
internal sealed class Master
{
    internal const uint SessionNumber = 0;
    private readonly AgentxWriter _writer = new();
    private uint _packet = 1000;

    internal Master() => Session = new AgentxSession(Mib.View, [new MibSubtree(SmallMib.Root.With(1), "one"), new MibSubtree(SmallMib.Root.With(2), "two")], "test");

    internal SmallMib Mib { get; } = new();

    internal AgentxSession Session { get; }

    internal long Now { get; set; } = 1000;

    /// <summary>Opens the session and takes its subtrees.</summary>
    internal Master Opened(ushort error = 0)
    {
        Session.Begin(Now);
        foreach (var (header, _) in Take()) Answer(header.Packet, 0);
        foreach (var (header, _) in Take()) Answer(header.Packet, header.Type == AgentxType.Register ? error : (ushort)0);
        return this;
    }

    /// <summary>All that the session wants to send, as messages.</summary>
    internal List<(AgentxHeader Header, string Said)> Take()
    {
        var messages = new List<(AgentxHeader, string)>();
        while (!Session.Outgoing.IsEmpty)
        {
            if (!AgentxReader.TryReadHeader(Session.Outgoing, out var header)) throw new InvalidOperationException("no header");
            var length = AgentxFormat.HeaderBytes + header.PayloadBytes;
            messages.Add((header, AgentxConversation.Read(Session.Outgoing[..length]) ?? throw new InvalidOperationException("no message")));
            Session.Sent(length);
        }
        return messages;
    }

    internal bool Answer(uint packet, ushort error) => Send(AgentxType.Response, packet, writer =>
    {
        writer.Number(0);
        writer.Short(error);
        writer.Short(0);
    });

    /// <summary>Asks, and gives what the session answers.</summary>
    internal string Ask(AgentxType type, Action<AgentxWriter> payload, uint transaction = 7)
    {
        if (!Send(type, ++_packet, payload, transaction)) throw new InvalidOperationException("the session wants to close");
        var answers = Take();
        return answers.Count == 0 ? "" : answers.Single().Header.Packet == _packet ? answers[0].Said : throw new InvalidOperationException("another packet");
    }

    internal bool Send(AgentxType type, uint packet, Action<AgentxWriter> payload, uint transaction = 7, uint session = SessionNumber)
    {
        _writer.Clear();
        _writer.Begin(type, session, transaction, packet);
        payload(_writer);
        _writer.End();
        return Deliver(_writer.Written.ToArray());
    }

    internal bool Deliver(byte[] bytes) => AgentxReader.TryReadHeader(bytes, out var header) && Session.Receive(Now, header, bytes.AsSpan(AgentxFormat.HeaderBytes));

    internal static Action<AgentxWriter> Names(params ObjectId[] names) => writer =>
    {
        foreach (var name in names)
        {
            writer.Name(name);
            writer.Name(default);
        }
    };

    internal static Action<AgentxWriter> Binds(params VarBind[] binds) => writer =>
    {
        foreach (var bind in binds) writer.Bind(bind);
    };
}
