using Dropin.Runtime.Protocols.AgentX;
using Dropin.Runtime.Snmp;

namespace Dropin.Runtime.Tests.Snmp;

/// <summary>The oracle of the fuzzer for a master agent: whatever it sends to an open session, each question has one answer that can be read, and nothing grows without a bound.</summary>
internal static class AgentxFuzzTarget
{
    internal static IEnumerable<byte[]> Seeds
    {
        get
        {
            yield return Message(AgentxType.Get, Master.Names(SmallMib.Root.With(1, 1, 0), SmallMib.Root.With(2, 3, 1, 2, 1)));
            yield return [.. Message(AgentxType.GetNext, Master.Names(SmallMib.Root)), .. Message(AgentxType.Close, writer => writer.Bytes(5, 0, 0, 0))];
            yield return Message(AgentxType.GetBulk, writer =>
            {
                writer.Short(1);
                writer.Short(9);
                Master.Names(SmallMib.Root, SmallMib.Root.With(2))(writer);
            });
            var bind = new VarBind(SmallMib.Root.With(2, 3, 1, 7, 3), SnmpValue.Integer(9));
            yield return [.. Message(AgentxType.TestSet, Master.Binds(bind)), .. Message(AgentxType.CommitSet, _ => { }), .. Message(AgentxType.CleanupSet, _ => { })];
        }
    }

    internal static void Check(ReadOnlySpan<byte> input)
    {
        var master = new Master().Opened();
        while (AgentxReader.TryReadHeader(input, out var header) && header.PayloadBytes <= input.Length - AgentxFormat.HeaderBytes)
        {
            var isOpen = master.Session.Receive(master.Now, header, input.Slice(AgentxFormat.HeaderBytes, header.PayloadBytes));
            if (master.Session.Outgoing.Length > AgentxSession.MostWaitingBytes + (2 * AgentxFormat.MostBytes)) throw new InvalidOperationException("the answer has no bound");
            var answers = master.Take();
            var isQuestion = header.Type is not (AgentxType.Response or AgentxType.Close or AgentxType.CleanupSet);
            if (isOpen && answers.Count != (isQuestion ? 1 : 0)) throw new InvalidOperationException($"{answers.Count} answers to {header.Type}");
            if (answers.Exists(answer => answer.Header.Packet != header.Packet || answer.Header.Transaction != header.Transaction)) throw new InvalidOperationException("an answer to another question");
            if (!isOpen) return;
            input = input[(AgentxFormat.HeaderBytes + header.PayloadBytes)..];
        }
        foreach (var value in master.Mib.Values.Values)
            if (value is < 1 or > 255) throw new InvalidOperationException("a value was set that cannot be");
    }

    private static byte[] Message(AgentxType type, Action<AgentxWriter> payload)
    {
        var writer = new AgentxWriter();
        writer.Begin(type, 0, 7, 9); // the master of the test gives no number to its session
        payload(writer);
        writer.End();
        return writer.Written.ToArray();
    }
}
